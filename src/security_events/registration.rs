//! The registration of an account.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::EventKind;
use crate::client::Client;
use crate::db::UserId;
use crate::db::entity::security_events as table;

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
