//! Removes the sign-ins whose second step never came. Called by a worker.

use chrono::{DateTime, Utc};

use super::super::account_state::lock_account;
use crate::app::App;
use crate::errors::InternalError;
use crate::factors::{SignInChallenge, list_abandoned, remove_challenge, sweep_challenges};
use crate::mail::RequestKind;
use crate::security_events::{self, Actor, EventKind, NewEvent};

/// Removes at most `most` of the challenges that have expired at `now`; returns how many. Of those from an unknown device the
/// owner is notified, once a day: somebody knows the password.
pub(crate) async fn remove_expired_challenges(
    app: &App,
    (now, most): (DateTime<Utc>, u64),
) -> Result<u64, InternalError> {
    let abandoned = list_abandoned(app.db.read(), now, most).await?;
    for challenge in &abandoned {
        tell(app, challenge, now).await?;
    }
    let tx = app.db.begin_write().await?;
    let removed = sweep_challenges(&*tx, now, most).await?;
    tx.commit().await?;
    Ok(removed.max(abandoned.len() as u64))
}

/// Locks in the order of a sign-in: the failures, the account, the challenge.
async fn tell(
    app: &App,
    challenge: &SignInChallenge,
    now: DateTime<Utc>,
) -> Result<(), InternalError> {
    let user_id = challenge.user_id;
    let tx = app.db.begin_write().await?;
    let subject = app.lockout.second_factor(user_id);
    let claimed = app
        .lockout
        .claim_notice(&tx, &subject, &app.identifiers, now);
    let claimed = claimed.await?;
    lock_account(&*tx, user_id).await?;
    // Another instance may have been faster, or the account was removed.
    if !remove_challenge(&*tx, challenge.id).await? {
        return Ok(());
    }
    let (at, client) = (challenge.created_at, &challenge.client);
    let event = NewEvent {
        user_id,
        actor: Actor::Anonymous,
        kind: EventKind::SecondFactorFailed,
        session_id: None,
        client,
    };
    security_events::record(&*tx, &app.identifiers, at, event).await?;
    if claimed {
        let mail = (Some(user_id), RequestKind::SecondStepFailed);
        app.mailer.request(&tx, at, mail, client).await?;
    }
    Ok(tx.commit().await?)
}
