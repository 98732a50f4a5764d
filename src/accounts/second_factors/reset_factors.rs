//! Removes every second factor of an account whose user has lost them. For operators.

use super::super::account_state::lock_account;
use super::super::notices::recipient;
use super::super::queries;
use crate::app::App;
use crate::client::Client;
use crate::db::UserId;
use crate::errors::{InternalError, retry_conflict};
use crate::factors::remove_all;
use crate::lockout::clear;
use crate::mail::FactorsReset;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{end_all, lock_sessions};

/// Removes the factors, recovery codes and sessions of `user_id`, and emails the user. Returns how many factors there were;
/// `None` if there is no such account.
pub(crate) async fn reset_factors(
    app: &App,
    user_id: UserId,
) -> Result<Option<u64>, InternalError> {
    let now = app.clock.now();
    retry_conflict(&*app.entropy, async || {
        let tx = app.db.begin_write().await?;
        lock_sessions(&*tx, user_id, now).await?;
        clear(&*tx, &app.lockout.second_factor(user_id)).await?;
        lock_account(&*tx, user_id).await?;
        let Some(user) = queries::find_user(&*tx, user_id).await? else {
            return Ok(None);
        };
        let removed = remove_all(&*tx, user_id).await?;
        end_all(&*tx, user_id, now).await?;
        let event = NewEvent {
            user_id,
            actor: Actor::CommandLine,
            kind: EventKind::SecondFactorsReset,
            session_id: None,
            client: &Client::new(None, None),
        };
        security_events::record(&*tx, &app.identifiers, now, event).await?;
        let mail = FactorsReset { at: now };
        app.mailer.post(&tx, now, recipient(&user), &mail).await?;
        tx.commit().await?;
        tracing::warn!(user = %user_id, removed, "second factors reset");
        Ok(Some(removed))
    })
    .await
}
