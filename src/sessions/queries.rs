//! The statements on `sessions`.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select, UpdateMany};

use super::Session;
use super::method::methods;
use crate::db::entity::sessions as table;
use crate::db::{SessionId, UserId};

/// A session with the columns that only refreshing needs.
pub(super) struct Refreshable {
    pub(super) session: Session,
    pub(super) token_hash: Vec<u8>,
    pub(super) generation: u32,
    pub(super) absolute_end: DateTime<Utc>,
    /// In Unix milliseconds, oldest first.
    pub(super) recent_rotations: Vec<i64>,
    /// The newest generation that is known to have arrived.
    pub(super) seen_generation: Option<u32>,
}

/// Selects the sessions that are active at `now`.
pub(super) fn active(now: DateTime<Utc>) -> Select<table::Entity> {
    table::Entity::find()
        .filter(table::Column::EndedAt.is_null())
        .filter(table::Column::ExpiresAt.gt(now))
        .filter(table::Column::IdleExpiresAt.gt(now))
}

/// Returns the session of this id, also if it has ended. Reads by key without LIMIT, which SQLite would prepare anew
/// each time.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<Refreshable>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::Id.eq(id))
        .all(db)
        .await?;
    Ok(rows.into_iter().next().map(refreshable))
}

/// Revokes the sessions that are active at `now` and that `which` selects; returns how many.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    user_id: UserId,
    which: impl FnOnce(UpdateMany<table::Entity>) -> UpdateMany<table::Entity>,
) -> Result<u64, DbErr> {
    let active = table::Entity::update_many()
        .col_expr(table::Column::EndedAt, Expr::value(now))
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::EndedAt.is_null())
        .filter(table::Column::ExpiresAt.gt(now))
        .filter(table::Column::IdleExpiresAt.gt(now));
    Ok(which(active).exec(db).await?.rows_affected)
}

/// Revokes one session; `false` if it is no longer active.
pub(super) async fn end_one(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    user_id: UserId,
    id: SessionId,
) -> Result<bool, DbErr> {
    Ok(end(db, now, user_id, |all| all.filter(table::Column::Id.eq(id))).await? == 1)
}

pub(super) fn session(row: table::Model) -> Session {
    Session {
        id: row.id,
        user_id: row.user_id,
        created_at: row.created_at,
        authenticated_at: row.authenticated_at.unwrap_or(row.created_at),
        methods: methods(row.methods),
        last_used_at: row.last_used_at,
        expires_at: row.idle_expires_at.min(row.expires_at),
        ended_at: row.ended_at,
        ip_address: row.ip_address,
        user_agent: row.user_agent,
    }
}

fn refreshable(row: table::Model) -> Refreshable {
    Refreshable {
        token_hash: row.refresh_token_hash.clone(),
        generation: u32::try_from(row.refresh_generation).unwrap_or_default(),
        absolute_end: row.expires_at,
        seen_generation: row
            .seen_generation
            .and_then(|number| u32::try_from(number).ok()),
        recent_rotations: row
            .recent_rotations
            .split(' ')
            .filter_map(|ms| ms.parse().ok())
            .collect(),
        session: session(row),
    }
}
