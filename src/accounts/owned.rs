//! What every owner of personal data offers, and scheduling an account's deletion.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use super::{Reauthenticated, queries};
use crate::db::UserId;
use crate::db::entity::users as table;

/// How many accounts `user_id` has: one, or none.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::Id.eq(user_id))
        .count(db)
        .await
}

/// Removes the account itself; returns how many there were.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::Id.eq(user_id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}

/// Marks the account for deletion, so that nobody signs in or changes it any more. `false` when it is
/// marked already, or its password is another one by now.
pub(crate) async fn schedule_deletion(
    db: &impl ConnectionTrait,
    known: &Reauthenticated,
    scheduled_for: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let update = queries::update_while(known.user.id, known.password_version).col_expr(
        table::Column::DeletionScheduledFor,
        Expr::value(scheduled_for),
    );
    Ok(update.exec(db).await?.rows_affected == 1)
}
