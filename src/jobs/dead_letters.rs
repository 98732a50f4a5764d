//! Jobs that expired before they were delivered.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::queue::JobTable;
use crate::db::{Db, UserId, delete_batch};
use crate::errors::InternalError;

/// How many jobs become dead letters in one transaction.
const BATCH: u64 = 100;

/// How long an operator can look up why a job was not delivered.
const RETENTION: TimeDelta = TimeDelta::days(30);

/// A job that is attempted no more. Its payload is deleted.
#[derive(Debug)]
pub(crate) struct DeadLetter {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) attempts: i32,
    pub(crate) last_error: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    is_about_user: bool,
}

type Columns = (
    Uuid,
    Option<UserId>,
    String,
    i32,
    Option<String>,
    DateTime<Utc>,
);

/// Makes dead letters of the expired jobs: the payload is deleted, the reason stays for the operator. A job that is
/// about no account, or one that is deleted by now, leaves no record. Each is passed to `record` once.
pub(crate) async fn bury_expired<T: JobTable>(
    db: &Db,
    now: DateTime<Utc>,
    record: impl Fn(&DeadLetter),
) -> Result<(), InternalError> {
    loop {
        let batch = bury_batch::<T>(db, now).await?;
        batch.iter().for_each(&record);
        if batch.is_empty() {
            return Ok(());
        }
    }
}

/// Deletes at most `max` of the records that were kept long enough, oldest first. Returns how many were deleted.
pub(crate) async fn sweep_dead_letters<T: JobTable>(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    max: u64,
) -> Result<u64, DbErr> {
    let expired = T::find()
        .filter(T::DEAD_SINCE.lt(now - RETENTION))
        .order_by_asc(T::DEAD_SINCE);
    delete_batch::<_, Uuid>(db, expired, T::ID, max).await
}

async fn bury_batch<T: JobTable>(
    db: &Db,
    now: DateTime<Utc>,
) -> Result<Vec<DeadLetter>, InternalError> {
    let expired = T::find()
        .select_only()
        .columns([
            T::ID,
            T::USER_ID,
            T::KIND,
            T::ATTEMPTS,
            T::LAST_ERROR,
            T::CREATED_AT,
        ])
        .filter(is_expired::<T>(now))
        .order_by_asc(T::EXPIRES_AT)
        .limit(BATCH);
    // Reading first costs no turn of SQLite's one writer.
    let seen: Vec<Columns> = expired.clone().into_tuple().all(db.read()).await?;
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let tx = db.begin_write().await?;
    let rows: Vec<Columns> = expired
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_tuple()
        .all(&*tx)
        .await?;
    let batch: Vec<DeadLetter> = rows.into_iter().map(DeadLetter::from).collect();
    let (kept, gone): (Vec<_>, Vec<_>) = batch.iter().partition(|it| it.is_about_user);
    if !gone.is_empty() {
        T::delete_many()
            .filter(T::ID.is_in(gone.iter().map(|it| it.id)))
            .exec(&*tx)
            .await?;
    }
    if !kept.is_empty() {
        T::update_many()
            .col_expr(T::DEAD_SINCE, Expr::value(now))
            .col_expr(T::PAYLOAD, Expr::value(None::<Vec<u8>>))
            .filter(T::ID.is_in(kept.iter().map(|it| it.id)))
            .exec(&*tx)
            .await?;
    }
    tx.commit().await?;
    Ok(batch)
}

/// Expired, and not being attempted now.
fn is_expired<T: JobTable>(now: DateTime<Utc>) -> Condition {
    let is_not_leased = Condition::any()
        .add(T::LEASE.is_null())
        .add(T::NEXT_ATTEMPT_AT.lte(now));
    Condition::all()
        .add(T::DEAD_SINCE.is_null())
        .add(T::EXPIRES_AT.lte(now))
        .add(is_not_leased)
}

impl From<Columns> for DeadLetter {
    fn from((id, user_id, kind, attempts, last_error, created_at): Columns) -> Self {
        Self {
            id,
            kind,
            attempts,
            last_error,
            created_at,
            is_about_user: user_id.is_some(),
        }
    }
}
