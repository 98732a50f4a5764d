//! Removes the accounts whose grace period is over. Called by a worker.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use zeroize::Zeroizing;

use super::DeletionStatus;
use super::inventory::forget;
use super::receipt::open_receipt;
use crate::accounts::{find_user, may_notify, recipient};
use crate::app::App;
use crate::db::entity::account_deletions as table;
use crate::db::{DeletionId, UserId, WriteTransaction, rows_after};
use crate::errors::{InternalError, caught, retry_conflict};
use crate::mail::{DeletionCompleted, Recipient};

/// How many deletions are read at once.
const BATCH: u64 = 100;

/// Completes all due deletions, each in a separate transaction; returns how many this call completed. A failure is
/// logged, does not delay the others, and is retried next time.
pub(crate) async fn carry_out_due_deletions(app: &App) -> Result<u64, InternalError> {
    let carried_out = carry_out_all(app).await;
    if was_deleted_lately(app).await? {
        app.db.truncate_wal().await?;
    }
    carried_out
}

/// Walks the due deletions in order, so that a failing one is met once and blocks no others.
async fn carry_out_all(app: &App) -> Result<u64, InternalError> {
    let mut carried_out = 0;
    let mut after = None;
    loop {
        let due = find_due(app, after).await?;
        let Some((id, _, scheduled_for)) = due.last() else {
            return Ok(carried_out);
        };
        after = Some((*scheduled_for, *id));
        for (id, user_id, _) in due {
            match caught(retry_conflict(&*app.entropy, || {
                carry_out(app, id, user_id)
            }))
            .await
            {
                Ok(done) => carried_out += u64::from(done),
                Err(error) => {
                    tracing::error!(deletion = %id, %error, "account deletion failed, will be retried");
                }
            }
        }
    }
}

/// Returns the next [`BATCH`] due deletions after the one at `after`.
async fn find_due(
    app: &App,
    after: Option<(DateTime<Utc>, DeletionId)>,
) -> Result<Vec<(DeletionId, Option<UserId>, DateTime<Utc>)>, DbErr> {
    let mut due = table::Entity::find().filter(is_due(app.clock.now()));
    if let Some((scheduled_for, id)) = after {
        due = due.filter(rows_after(
            (table::Column::ScheduledFor, scheduled_for),
            (table::Column::Id, id),
        ));
    }
    due.select_only()
        .columns([
            table::Column::Id,
            table::Column::UserId,
            table::Column::ScheduledFor,
        ])
        .order_by_asc(table::Column::ScheduledFor)
        .order_by_asc(table::Column::Id)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await
}

/// Returns whether a deletion was completed in the last day. Until then the database's log is truncated repeatedly, in
/// case the first attempt was blocked.
async fn was_deleted_lately(app: &App) -> Result<bool, InternalError> {
    let lately = table::Entity::find()
        .filter(table::Column::CompletedAt.gt(app.clock.now() - TimeDelta::days(1)))
        .limit(1)
        .all(app.db.read())
        .await?;
    Ok(!lately.is_empty())
}

/// Returns the condition of a deletion that is due at `now` and not completed.
pub(super) fn is_due(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(table::Column::Status.eq(DeletionStatus::Pending.name()))
        // Like the partial index: with a bound status a planner could not prove that the index applies.
        .add(table::Column::CompletedAt.is_null())
        .add(table::Column::CancelledAt.is_null())
        .add(table::Column::ScheduledFor.lte(now))
}

/// Removes all data of one account; `false` if another instance was faster.
async fn carry_out(
    app: &App,
    id: DeletionId,
    user_id: Option<UserId>,
) -> Result<bool, InternalError> {
    let now = app.clock.now();
    let tx = app.db.begin_write().await?;
    let claimed = table::Entity::update_many()
        .col_expr(
            table::Column::Status,
            Expr::value(DeletionStatus::Completed.name()),
        )
        .col_expr(table::Column::CompletedAt, Expr::value(now))
        .col_expr(table::Column::UserId, Expr::value(None::<uuid::Uuid>))
        .filter(table::Column::Id.eq(id))
        .filter(is_due(now))
        .exec(&*tx)
        .await?;
    if claimed.rows_affected != 1 {
        return Ok(false);
    }
    let user_id = user_id.ok_or_else(|| InternalError::new("a pending deletion names no user"))?;
    let user = find_user(&*tx, user_id).await?;
    let removed: Vec<(&'static str, u64)> = forget(app, &tx, user_id)
        .await?
        .into_iter()
        .map(|(category, count)| (category.table, count))
        .collect();
    let receipt = kept_receipt(app, &tx, id).await?;
    let user = match user {
        Some(user) if may_notify(app, &tx, (&user, "deletion_completed"), now).await? => Some(user),
        _ => None,
    };
    if let (Some(user), Some(receipt)) = (user, receipt) {
        let mail = DeletionCompleted {
            at: now,
            removed: &removed,
            receipt: &receipt,
        };
        let to = Recipient {
            user_id: None,
            ..recipient(&user)
        };
        app.mailer.post(&tx, now, to, &mail).await?;
    }
    let removed: serde_json::Map<String, serde_json::Value> = removed
        .into_iter()
        .map(|(table, count)| (table.to_owned(), count.into()))
        .collect();
    table::Entity::update_many()
        .col_expr(table::Column::SealedReceipt, Expr::value(None::<Vec<u8>>))
        .col_expr(
            table::Column::Removed,
            Expr::value(serde_json::Value::from(removed).to_string()),
        )
        .filter(table::Column::Id.eq(id))
        .exec(&*tx)
        .await?;
    tx.commit().await?;
    app.metrics.deletions.completed.inc();
    tracing::info!(deletion = %id, "account deletion completed");
    Ok(true)
}

/// Returns the receipt for the last email. Without it the email would prove nothing and is not sent.
async fn kept_receipt(
    app: &App,
    tx: &WriteTransaction,
    id: DeletionId,
) -> Result<Option<Zeroizing<String>>, InternalError> {
    let rows = table::Entity::find_by_id(id).all(&**tx).await?;
    let sealed = rows.into_iter().next().and_then(|row| row.sealed_receipt);
    let receipt = sealed.and_then(|sealed| open_receipt(app, id, &sealed));
    if receipt.is_none() {
        tracing::error!(deletion = %id, "deletion receipt not emailed: stored under another secret, or missing");
    }
    Ok(receipt)
}
