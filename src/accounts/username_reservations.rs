//! Reserved usernames, which are taken although no account has them.
//!
//! If registering must not reveal whether an address is taken, a username requested with a taken address must be
//! unavailable afterwards, as it would be with a free address.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder,
};

use super::queries;
use crate::app::App;
use crate::db::entity::username_reservations as table;
use crate::db::{UserId, delete_batch};

/// Returns whether an account other than `own` has the username, or it is reserved.
pub(super) async fn is_taken(
    app: &App,
    canonical: &str,
    own: Option<UserId>,
) -> Result<bool, DbErr> {
    let owner = queries::owner_of_username(app.db.read(), canonical).await?;
    if owner.is_some() {
        return Ok(owner != own);
    }
    let reserved = table::Entity::find_by_id(canonical)
        .filter(table::Column::ReservedUntil.gt(app.clock.now()))
        .count(app.db.read())
        .await?;
    Ok(reserved > 0)
}

/// Reserves a username until then.
pub(super) async fn reserve(
    db: &impl ConnectionTrait,
    canonical: &str,
    until: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = table::ActiveModel {
        username_canonical: Set(canonical.to_owned()),
        reserved_until: Set(until),
    };
    let longer = OnConflict::column(table::Column::UsernameCanonical)
        .update_column(table::Column::ReservedUntil)
        .to_owned();
    table::Entity::insert(row)
        .on_conflict(longer)
        .exec_without_returning(db)
        .await
        .map(|_| ())
}

/// Removes at most `most` of the reservations that have ended, oldest first. Returns how many were removed.
pub(crate) async fn sweep(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let ended = table::Entity::find()
        .filter(table::Column::ReservedUntil.lte(now))
        .order_by_asc(table::Column::ReservedUntil);
    delete_batch::<_, String>(db, ended, table::Column::UsernameCanonical, most).await
}
