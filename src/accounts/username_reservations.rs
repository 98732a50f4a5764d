//! Usernames that count as taken although no account has them.
//!
//! Where registering must not tell whether an address is taken, a username asked for together with a taken
//! address has to be gone afterwards as it would be with a free one.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
};

use super::queries;
use crate::app::App;
use crate::db::UserId;
use crate::db::entity::username_reservations as table;

/// Whether somebody other than `own` has the username, or it is held back.
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

/// Holds a username back until then.
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

/// Gives back what was held back long enough; returns how many names there were.
pub(crate) async fn sweep(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::ReservedUntil.lte(now))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}
