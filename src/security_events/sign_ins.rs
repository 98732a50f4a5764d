//! The earlier sign-ins of an account.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::EventKind;
use crate::client::Client;
use crate::db::UserId;
use crate::db::entity::security_events as table;

/// The maximum number of sign-ins that are read.
const MAX_SIGN_INS: u64 = 100;

/// Returns the clients of the newest sign-ins of `user_id`, including its registration.
pub(crate) async fn list_sign_ins(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Vec<Client>, DbErr> {
    let mut newest = Vec::new();
    // One kind at a time: the index has their newest first, and only these are read.
    for kind in [EventKind::LoginSucceeded, EventKind::Registered] {
        let rows = table::Entity::find()
            .filter(table::Column::UserId.eq(user_id))
            .filter(table::Column::Kind.eq(kind.name()))
            .order_by_desc(table::Column::OccurredAt)
            .limit(MAX_SIGN_INS)
            .all(db)
            .await?;
        newest.extend(rows);
    }
    newest.sort_by_key(|row| Reverse(row.occurred_at));
    newest.truncate(usize::try_from(MAX_SIGN_INS).unwrap_or(usize::MAX));
    Ok(newest.into_iter().map(client).collect())
}

/// Returns when and from where `user_id` registered, if that is still stored.
pub(crate) async fn find_registration(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Option<(DateTime<Utc>, Client)>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Kind.eq(EventKind::Registered.name()))
        .order_by_desc(table::Column::OccurredAt)
        .limit(1)
        .all(db)
        .await?;
    let registration = rows.into_iter().next();
    Ok(registration.map(|row| (row.occurred_at, client(row))))
}

fn client(row: table::Model) -> Client {
    let ip_address = row.ip_address.and_then(|text| text.parse().ok());
    Client::new(ip_address, row.user_agent.as_deref())
}
