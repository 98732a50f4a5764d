//! Deleting rows in bounded batches.

use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Select,
    TryGetableMany, Value,
};

/// Deletes at most `most` of the rows that `expired` selects, identified by `key`. Returns how many were deleted.
///
/// Reads the keys first and skips rows that another transaction holds, so that a batch never waits for a lock.
/// `DELETE ... WHERE id IN (SELECT ... LIMIT n)` would be one statement, but PostgreSQL may run the subquery
/// once for each row and delete more than `most`.
pub(crate) async fn delete_batch<E, K>(
    db: &impl ConnectionTrait,
    expired: Select<E>,
    key: E::Column,
    most: u64,
) -> Result<u64, DbErr>
where
    E: EntityTrait,
    K: TryGetableMany + Into<Value>,
{
    let keys: Vec<K> = expired
        .select_only()
        .column(key)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_tuple()
        .all(db)
        .await?;
    if keys.is_empty() {
        return Ok(0);
    }
    let deleted = E::delete_many().filter(key.is_in(keys)).exec(db).await?;
    Ok(deleted.rows_affected)
}
