//! Cancels a scheduled deletion.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::DeletionStatus;
use crate::accounts::{keep, note_refused_link};
use crate::app::App;
use crate::client::Client;
use crate::db::entity::account_deletions as table;
use crate::db::{DeletionId, UserId};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::security_events::{self, Actor, EventKind, NewEvent};

/// Why a link is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CancelAccountDeletionError {
    /// It is invalid or already used.
    Invalid,
    /// It is genuine, but the account has been removed.
    TooLate,
}

use CancelAccountDeletionError as UserError;

/// Cancels the deletion, up to the moment in which it is completed: either this or the worker is first. Sessions stay
/// revoked.
pub(crate) async fn cancel_account_deletion(
    app: &App,
    token: &str,
    client: &Client,
) -> Result<UserResult<(), UserError>, OperationError> {
    let outcome = retry_conflict(&*app.entropy, || follow(app, token, client)).await?;
    note_refused_link(app, ("cancel_deletion", client), &outcome, |it| {
        Some(match it {
            UserError::Invalid => "invalid",
            UserError::TooLate => "too_late",
        })
    });
    Ok(outcome)
}

async fn follow(
    app: &App,
    token: &str,
    client: &Client,
) -> Result<UserResult<(), UserError>, OperationError> {
    let now = app.clock.now();
    // Before the transaction: a forged link must not delay the one writer.
    let (deletion_id, user_id) = match find_pending(app, token).await? {
        Ok(found) => found,
        Err(error) => return Ok(Err(vec![error])),
    };
    let tx = app.db.begin_write().await?;
    if !call_off(&*tx, deletion_id, now).await? {
        drop(tx);
        let rows = table::Entity::find_by_id(deletion_id)
            .all(app.db.read())
            .await?;
        let known = rows.first().map_or(UserError::Invalid, after_the_fact);
        return Ok(Err(vec![known]));
    }
    keep(&*tx, user_id).await?;
    let event = NewEvent {
        user_id,
        actor: Actor::User(user_id),
        kind: EventKind::DeletionCancelled,
        session_id: None,
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    tx.commit().await?;
    tracing::info!(user = %user_id, "account deletion canceled");
    Ok(Ok(()))
}

/// Returns the pending deletion that `token` cancels, and its account.
pub(super) async fn find_pending(
    app: &App,
    token: &str,
) -> Result<Result<(DeletionId, UserId), UserError>, InternalError> {
    let Some(hash) = app.cancel_tokens.recognise(token) else {
        return Ok(Err(UserError::Invalid));
    };
    let rows = table::Entity::find()
        .filter(table::Column::CancelTokenHash.eq(hash))
        .all(app.db.read())
        .await?;
    let Some(deletion) = rows.into_iter().next() else {
        return Ok(Err(UserError::Invalid));
    };
    let is_pending = deletion.status == DeletionStatus::Pending.name();
    Ok(match deletion.user_id.filter(|_| is_pending) {
        Some(user_id) => Ok((deletion.id, user_id)),
        None => Err(after_the_fact(&deletion)),
    })
}

/// Returns why a genuine link no longer works.
fn after_the_fact(deletion: &table::Model) -> UserError {
    if deletion.status == DeletionStatus::Completed.name() {
        UserError::TooLate
    } else {
        UserError::Invalid
    }
}

/// Cancels the pending deletion of `user_id`; returns whether there was one.
pub(super) async fn call_off_of(
    db: &impl ConnectionTrait,
    user_id: UserId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    match rows.first() {
        Some(deletion) => call_off(db, deletion.id, now).await,
        None => Ok(false),
    }
}

/// Returns whether a deletion of `user_id` is pending.
pub(super) async fn is_pending(db: &impl ConnectionTrait, user_id: UserId) -> Result<bool, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Status.eq(DeletionStatus::Pending.name()))
        .all(db)
        .await?;
    Ok(!rows.is_empty())
}

/// Returns `false` if it is no longer pending.
async fn call_off(
    db: &impl ConnectionTrait,
    id: DeletionId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let updated = table::Entity::update_many()
        .col_expr(
            table::Column::Status,
            Expr::value(DeletionStatus::Cancelled.name()),
        )
        .col_expr(table::Column::CancelledAt, Expr::value(now))
        .col_expr(table::Column::UserId, Expr::value(None::<uuid::Uuid>))
        .col_expr(table::Column::SealedReceipt, Expr::value(None::<Vec<u8>>))
        .filter(table::Column::Id.eq(id))
        .filter(table::Column::Status.eq(DeletionStatus::Pending.name()))
        .exec(db)
        .await?;
    Ok(updated.rows_affected == 1)
}
