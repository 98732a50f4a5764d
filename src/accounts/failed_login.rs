//! Records failed sign-ins.

use chrono::{DateTime, Utc};

use super::login::LoginError;
use super::queries::Account;
use crate::app::App;
use crate::client::Client;
use crate::db::refers_to_nothing;
use crate::errors::InternalError;
use crate::lockout::Attempt;
use crate::mail::RequestKind;
use crate::security_events::{self, Actor, EventKind, NewEvent};

/// Counts the failure towards the lockout, records it if there is an account, and returns the error for the client.
pub(super) async fn record_failure(
    app: &App,
    account: Option<&Account>,
    (attempt, client): (&Attempt, &Client),
    now: DateTime<Utc>,
) -> Result<LoginError, InternalError> {
    let tx = app.db.begin_write().await?;
    let failure = match attempt.fail(&tx, &app.identifiers, now).await? {
        Ok(failure) => failure,
        Err(locked) => return Ok(LoginError::AccountLocked(locked.until)),
    };
    if failure.alerts {
        // Also requested for identifiers without an account, so that the response takes the same time.
        let user_id = account.map(|account| account.user.id);
        let mail = (user_id, RequestKind::SignInsFailing);
        app.mailer.request(&tx, now, mail, client).await?;
    }
    let locked = failure.locks.then_some(EventKind::AccountLocked);
    let kinds = [
        Some((EventKind::LoginFailed, Actor::Anonymous)),
        locked.map(|kind| (kind, Actor::System)),
    ];
    for (kind, actor) in kinds.into_iter().flatten() {
        let Some(account) = account else { break };
        let event = NewEvent {
            user_id: account.user.id,
            actor,
            kind,
            session_id: None,
            client,
        };
        match security_events::record(&*tx, &app.identifiers, now, event).await {
            Ok(()) => {}
            // The account was removed in the meantime.
            Err(error) if refers_to_nothing(&error) => {
                return Ok(LoginError::InvalidCredentials);
            }
            Err(error) => return Err(error.into()),
        }
    }
    tx.commit().await?;
    if failure.locks && account.is_some() {
        app.metrics.accounts.lockouts.inc();
    }
    Ok(LoginError::InvalidCredentials)
}
