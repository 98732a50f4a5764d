//! What every owner of personal data offers: counting and forgetting a user's rows.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use crate::db::UserId;
use crate::db::entity::sessions as table;

/// How many sessions are kept of `user_id`, ended ones included.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .count(db)
        .await
}

/// Removes every session of `user_id`; returns how many there were.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}
