//! Giving up the emails that were tried for long enough.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Mailer;
use crate::db::entity::outbox as table;
use crate::db::{Db, MailId, UserId};
use crate::errors::InternalError;

/// How many are given up in one transaction.
const BATCH: u64 = 100;

/// An email without its address and bodies.
type Overdue = (
    MailId,
    Option<UserId>,
    String,
    i32,
    Option<String>,
    DateTime<Utc>,
);

/// Gives up what was tried long enough: its address and bodies go, what it was and why it failed stays for
/// the operator. The last email to somebody whose account is gone leaves nothing.
pub(crate) async fn give_up_overdue(
    mailer: &Mailer,
    db: &Db,
    now: DateTime<Utc>,
) -> Result<(), InternalError> {
    loop {
        let batch = give_up_batch(db, now).await?;
        for (id, _, kind, attempts, last_error, written_at) in &batch {
            mailer.metrics.mails_given_up.inc();
            tracing::error!(mail = %id, kind, attempts,
                reason = last_error.as_deref().unwrap_or("it was never tried"),
                %written_at, "a mail was given up");
        }
        if batch.is_empty() {
            return Ok(());
        }
    }
}

async fn give_up_batch(db: &Db, now: DateTime<Utc>) -> Result<Vec<Overdue>, InternalError> {
    let overdue = table::Entity::find()
        .select_only()
        .columns([
            table::Column::Id,
            table::Column::UserId,
            table::Column::Kind,
            table::Column::Attempts,
            table::Column::LastError,
            table::Column::CreatedAt,
        ])
        .filter(is_overdue(now))
        .order_by_asc(table::Column::ExpiresAt)
        .limit(BATCH);
    // Looking first costs no turn of the one writer that SQLite has.
    let seen: Vec<Overdue> = overdue.clone().into_tuple().all(db.read()).await?;
    if seen.is_empty() {
        return Ok(seen);
    }
    let tx = db.begin_write().await?;
    let batch: Vec<Overdue> = overdue
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_tuple()
        .all(&*tx)
        .await?;
    let (kept, gone): (Vec<_>, Vec<_>) = batch.iter().partition(|row| row.1.is_some());
    if !gone.is_empty() {
        table::Entity::delete_many()
            .filter(table::Column::Id.is_in(gone.iter().map(|row| row.0)))
            .exec(&*tx)
            .await?;
    }
    if !kept.is_empty() {
        table::Entity::update_many()
            .col_expr(table::Column::GivenUpAt, Expr::value(now))
            .col_expr(table::Column::Sealed, Expr::value(None::<Vec<u8>>))
            .filter(table::Column::Id.is_in(kept.iter().map(|row| row.0)))
            .exec(&*tx)
            .await?;
    }
    tx.commit().await?;
    Ok(batch)
}

/// Tried long enough, and not being tried now.
fn is_overdue(now: DateTime<Utc>) -> Condition {
    let nobody_is_at_it = Condition::any()
        .add(table::Column::Claim.is_null())
        .add(table::Column::NextAttemptAt.lte(now));
    Condition::all()
        .add(table::Column::GivenUpAt.is_null())
        .add(table::Column::ExpiresAt.lte(now))
        .add(nobody_is_at_it)
}
