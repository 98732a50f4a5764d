//! Removes the sign-ins whose second step never came. Called by a worker.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::db::WriteTransaction;
use crate::errors::InternalError;
use crate::factors::{SignInChallenge, take_expired_challenges};
use crate::mail::RequestKind;
use crate::security_events::{self, Actor, EventKind, NewEvent};

/// Removes at most `most` expired challenges in `tx`; returns how many. Of those from an unknown device the owner is
/// notified, once a day: somebody knows the password.
pub(crate) async fn sweep_challenges(
    app: &App,
    tx: &WriteTransaction,
    (now, most): (DateTime<Utc>, u64),
) -> Result<u64, InternalError> {
    let expired = take_expired_challenges(&**tx, now, most).await?;
    for challenge in expired.iter().filter(|challenge| !challenge.is_familiar) {
        tell(app, tx, challenge, now).await?;
    }
    Ok(expired.len() as u64)
}

async fn tell(
    app: &App,
    tx: &WriteTransaction,
    challenge: &SignInChallenge,
    now: DateTime<Utc>,
) -> Result<(), InternalError> {
    let (user_id, kind) = (challenge.user_id, EventKind::SecondFactorFailed);
    let event = NewEvent {
        user_id,
        actor: Actor::Anonymous,
        kind,
        session_id: None,
        client: &challenge.client,
    };
    security_events::record(&**tx, &app.identifiers, challenge.created_at, event).await?;
    let subject = app.lockout.second_factor(user_id);
    let claimed = app
        .lockout
        .claim_notice(tx, &subject, &app.identifiers, now);
    if claimed.await? {
        let mail = (Some(user_id), RequestKind::SecondStepFailed);
        let (at, client) = (challenge.created_at, &challenge.client);
        app.mailer.request(tx, at, mail, client).await?;
    }
    Ok(())
}
