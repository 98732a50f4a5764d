//! From where an account was used before.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::EventKind;
use crate::client::Client;
use crate::db::UserId;
use crate::db::entity::security_events as table;

/// How many sign-ins are looked back at.
const MOST: u64 = 100;

/// The clients of the newest sign-ins of `user_id`, its registration included.
pub(crate) async fn list_sign_ins(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Vec<Client>, DbErr> {
    let kinds = [EventKind::Registered, EventKind::LoginSucceeded].map(EventKind::name);
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Kind.is_in(kinds))
        .order_by_desc(table::Column::OccurredAt)
        .limit(MOST)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(client).collect())
}

/// When and from where `user_id` registered, while that is kept.
pub(crate) async fn find_registration(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Option<(DateTime<Utc>, Client)>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Kind.eq(EventKind::Registered.name()))
        .all(db)
        .await?;
    let registration = rows.into_iter().next();
    Ok(registration.map(|row| (row.occurred_at, client(row))))
}

fn client(row: table::Model) -> Client {
    let ip_address = row.ip_address.and_then(|text| text.parse().ok());
    Client::new(ip_address, row.user_agent.as_deref())
}
