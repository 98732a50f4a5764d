//! The meaning of using a refresh token that was rotated before.

use chrono::{DateTime, TimeDelta, Utc};

use super::queries::Refreshable;

/// The maximum number of remembered rotations within one reuse interval. No legitimate client refreshes more often.
const MAX_ROTATIONS: usize = 100;

/// The meaning of such a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replay {
    /// Another tab refreshed a moment ago: the newest token is returned.
    Recent,
    /// Nothing shows that the response with the next token arrived: that token is returned again.
    AnswerLost,
    /// Like [`Replay::AnswerLost`], but too long ago: the token has expired.
    TooLate,
    /// The next token arrived, so two clients hold tokens of this session.
    Theft,
}

/// Classifies the use of the token of `generation`, which is older than the newest.
pub(super) fn classify(
    (reuse_interval, lost_answer_interval): (TimeDelta, TimeDelta),
    generation: u32,
    known: &Refreshable,
    now: DateTime<Utc>,
) -> Replay {
    let steps = known.generation.saturating_sub(generation) as usize;
    let rotated_at = known
        .recent_rotations
        .len()
        .checked_sub(steps)
        .and_then(|n| known.recent_rotations.get(n));
    if rotated_at.is_some_and(|at| is_within(reuse_interval, *at, now)) {
        return Replay::Recent;
    }
    // A token that was used itself has arrived, so only the direct parent of the newest can have lost its response.
    if steps != 1 || known.seen_generation >= Some(known.generation) {
        return Replay::Theft;
    }
    let last_rotation = known.session.last_used_at.timestamp_millis();
    if is_within(lost_answer_interval, last_rotation, now) {
        Replay::AnswerLost
    } else {
        Replay::TooLate
    }
}

fn is_within(interval: TimeDelta, then: i64, now: DateTime<Utc>) -> bool {
    now.timestamp_millis() - then <= interval.num_milliseconds()
}

/// Returns the rotations that still matter: those within the reuse interval, and the current one.
pub(super) fn rotations(
    reuse_interval: TimeDelta,
    known: &Refreshable,
    now: DateTime<Utc>,
) -> String {
    let oldest = (now - reuse_interval).timestamp_millis();
    let recent = known
        .recent_rotations
        .iter()
        .copied()
        .filter(|at| *at >= oldest);
    let texts: Vec<String> = recent
        .chain([now.timestamp_millis()])
        .map(|at| at.to_string())
        .collect();
    texts[texts.len().saturating_sub(MAX_ROTATIONS)..].join(" ")
}
