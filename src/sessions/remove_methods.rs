//! Takes authentication methods out of sessions.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::Method;
use super::method::{methods, without};
use super::queries::active;
use crate::db::UserId;
use crate::db::entity::sessions as table;

/// Takes `removed` out of the active sessions of `user_id`, because the account no longer has these factors. The sessions
/// are locked.
pub(crate) async fn remove_methods(
    db: &impl ConnectionTrait,
    (user_id, removed): (UserId, &[Method]),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let sessions = active(now)
        .filter(table::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    for session in sessions {
        let before = methods(session.methods);
        let after = without(&before, removed);
        if after != before {
            table::Entity::update_many()
                .col_expr(table::Column::Methods, Expr::value(after))
                .filter(table::Column::Id.eq(session.id))
                .exec(db)
                .await?;
        }
    }
    Ok(())
}
