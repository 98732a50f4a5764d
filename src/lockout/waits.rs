//! How long sign-ins wait after failures. Pure arithmetic on the rows of `login_failures`.

use chrono::{DateTime, TimeDelta, Utc};

use crate::db::entity::login_failures::Model;

/// The failure of one network or device in a row from which on there is a wait.
const FIRST_WAIT_AT: i32 = 5;
/// So many failures from everywhere within [`WINDOW`] are an attack.
const ATTACK_WITHIN_WINDOW: usize = 10;
/// The time in which [`ATTACK_WITHIN_WINDOW`] failures are an attack.
const WINDOW: TimeDelta = TimeDelta::hours(1);
/// So many failures in a row from everywhere are an attack, however slow.
const ATTACK_IN_A_ROW: i32 = 100;
/// The first wait; it doubles with each further failure.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
/// The longest wait.
const MAX_WAIT: TimeDelta = TimeDelta::minutes(15);
/// After so many doublings the wait grows no further.
const DOUBLINGS: usize = 4;
/// Failures with a longer pause between them are not in a row, and rows this old are removed.
pub(super) const REMEMBERED: TimeDelta = TimeDelta::days(1);
/// The least time between two notices to an owner.
const BETWEEN_NOTICES: TimeDelta = TimeDelta::days(1);
/// How far the clocks of two instances may differ. A failure further ahead than this was written before the
/// clock was set back.
const SKEW: TimeDelta = TimeDelta::minutes(1);

/// Until when the row closes the account, if it does at `now`. A wait that began before the clock was set
/// back is over: it must not last as long as the clock was wrong.
pub(super) fn locked_until(row: &Model, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    row.locked_until
        .filter(|until| *until > now && row.last_failed_at <= now + SKEW)
}

/// The row of a network or device after one more failure at `now`.
pub(super) fn one_more(before: Model, now: DateTime<Utc>) -> Model {
    let failures = in_a_row(&before, now).saturating_add(1);
    Model {
        failures,
        locked_until: wait(failures - FIRST_WAIT_AT).map(|wait| now + wait),
        last_failed_at: now,
        ..before
    }
}

/// The row for failures from everywhere after one more at `now`, and whether an attack is going on.
pub(super) fn one_more_from_everywhere(before: Model, now: DateTime<Utc>) -> (Model, bool) {
    let failures = in_a_row(&before, now).saturating_add(1);
    let mut recent: Vec<i64> = before
        .recent_failures
        .iter()
        .flat_map(|text| text.split(' '))
        .filter_map(|time| time.parse().ok())
        .filter(|time| {
            let oldest = (now - WINDOW).timestamp_millis();
            let newest = (now + SKEW).timestamp_millis();
            (oldest + 1..=newest).contains(time)
        })
        .collect();
    recent.push(now.timestamp_millis());
    // More than these make no wait longer.
    let kept = ATTACK_WITHIN_WINDOW + DOUBLINGS;
    recent.drain(..recent.len().saturating_sub(kept));
    let within_window = i32::try_from(recent.len()).unwrap_or(i32::MAX);
    let threshold = i32::try_from(ATTACK_WITHIN_WINDOW).unwrap_or(i32::MAX);
    let excess = Ord::max(within_window - threshold, failures - ATTACK_IN_A_ROW);
    let wait = wait(excess);
    let until = wait.map(|wait| now + wait);
    let texts: Vec<String> = recent.iter().map(i64::to_string).collect();
    let row = Model {
        failures,
        // A known device may fail while strangers wait.
        locked_until: Ord::max(locked_until(&before, now), until),
        last_failed_at: now,
        recent_failures: Some(texts.join(" ")),
        ..before
    };
    (row, wait.is_some())
}

/// Returns whether the owner may be notified at `now`.
pub(super) fn may_notify(row: &Model, now: DateTime<Utc>) -> bool {
    row.notified_at
        .is_none_or(|at| at <= now - BETWEEN_NOTICES || at > now + SKEW)
}

fn in_a_row(row: &Model, now: DateTime<Utc>) -> i32 {
    if row.last_failed_at > now - REMEMBERED {
        row.failures
    } else {
        0
    }
}

/// The wait after `excess` failures more than the one that starts the first wait.
fn wait(excess: i32) -> Option<TimeDelta> {
    let doublings = usize::try_from(excess).ok()?;
    let factor = 1_i32 << Ord::min(doublings, DOUBLINGS);
    Some(Ord::min(FIRST_WAIT * factor, MAX_WAIT))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use uuid::Uuid;

    use super::{Model, locked_until, may_notify, one_more, one_more_from_everywhere};

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn row() -> Model {
        Model {
            id: Uuid::nil(),
            subject: Vec::new(),
            network: Vec::new(),
            failures: 0,
            locked_until: None,
            last_failed_at: at(0),
            recent_failures: None,
            notified_at: None,
        }
    }

    fn minutes(row: &Model, now: DateTime<Utc>) -> Option<i64> {
        locked_until(row, now).map(|until| (until - now).num_minutes())
    }

    #[test]
    fn the_wait_starts_with_the_fifth_failure_and_doubles_to_a_quarter_of_an_hour() {
        let mut failed = row();
        let waits: Vec<_> = (0..11)
            .map(|_| {
                failed = one_more(failed.clone(), at(0));
                minutes(&failed, at(0))
            })
            .collect();
        let expected = [0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15].map(|it| (it > 0).then_some(it));
        assert_eq!(waits, expected);
        let many = Model {
            failures: i32::MAX,
            ..row()
        };
        assert_eq!(minutes(&one_more(many, at(0)), at(0)), Some(15));
    }

    #[test]
    fn ten_failures_within_an_hour_are_an_attack_and_nine_are_not() {
        let mut total = row();
        for n in 0..9 {
            let (after, attacked) = one_more_from_everywhere(total, at(n));
            assert!(!attacked && minutes(&after, at(n)).is_none(), "{n}");
            total = after;
        }
        let (tenth, attacked) = one_more_from_everywhere(total.clone(), at(3599));
        assert!(attacked);
        assert_eq!(minutes(&tenth, at(3599)), Some(1));
        let (_, attacked) = one_more_from_everywhere(total, at(3600));
        assert!(!attacked, "the first is an hour ago");
        let mut total = tenth;
        for wait in [2, 4, 8, 15, 15] {
            total = one_more_from_everywhere(total, at(3599)).0;
            assert_eq!(minutes(&total, at(3599)), Some(wait));
        }
        assert!(total.recent_failures.unwrap().len() < 250);
    }

    #[test]
    fn a_hundred_failures_in_a_row_are_an_attack_however_slow() {
        let mut total = row();
        for n in 1..100 {
            let (after, attacked) = one_more_from_everywhere(total, at(n * 3600));
            assert!(!attacked, "{n}");
            total = after;
        }
        let (after, attacked) = one_more_from_everywhere(total.clone(), at(100 * 3600));
        assert!(attacked);
        assert_eq!(minutes(&after, at(100 * 3600)), Some(1));
        let (_, attacked) = one_more_from_everywhere(total, at(99 * 3600 + 86_400));
        assert!(!attacked, "a quiet day lies between");
    }

    #[test]
    fn no_wait_outlasts_a_clock_that_is_set_back() {
        let late = at(7 * 86_400);
        let mut failed = row();
        let mut total = row();
        for _ in 0..10 {
            failed = one_more(failed, late);
            total = one_more_from_everywhere(total, late).0;
        }
        for row in [&failed, &total] {
            assert!(locked_until(row, late).is_some());
            let skewed = late - TimeDelta::seconds(50);
            assert!(locked_until(row, skewed).is_some(), "another instance");
            assert_eq!(locked_until(row, at(0)), None);
        }
        let (after, attacked) = one_more_from_everywhere(total, at(0));
        assert!(!attacked && locked_until(&after, at(0)).is_none());
    }

    #[test]
    fn an_owner_is_notified_once_a_day() {
        let notified = Model {
            notified_at: Some(at(0)),
            ..row()
        };
        assert!(may_notify(&row(), at(0)));
        assert!(!may_notify(&notified, at(86_399)));
        assert!(may_notify(&notified, at(86_400)));
        assert!(may_notify(&notified, at(-3600)), "the clock was set back");
    }
}
