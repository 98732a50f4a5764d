//! The statements on `passwords`.
//!
//! Each writer first locks the account's row by an UPDATE of `users`. A transaction that did so and then reads a
//! version here knows that the password cannot change until it ends.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
};

use crate::db::entity::passwords as table;
use crate::db::{PasswordVersion, UserId};
use crate::passwords::StoredPassword;

/// The password of an account.
#[derive(Clone)]
pub(super) struct Password {
    pub(super) stored: StoredPassword,
    pub(super) version: PasswordVersion,
}

impl From<table::Model> for Password {
    fn from(row: table::Model) -> Self {
        Self {
            stored: StoredPassword {
                hash: row.hash,
                scheme: row.scheme,
                pepper_id: row.pepper_id,
            },
            version: row.version,
        }
    }
}

/// Stores this password in place of the current one, if any.
pub(super) async fn set(
    db: &impl ConnectionTrait,
    user_id: UserId,
    password: Password,
) -> Result<(), DbErr> {
    let row = table::ActiveModel {
        user_id: Set(user_id),
        hash: Set(password.stored.hash),
        scheme: Set(password.stored.scheme),
        pepper_id: Set(password.stored.pepper_id),
        version: Set(password.version),
    };
    let replace = OnConflict::column(table::Column::UserId)
        .update_columns([
            table::Column::Hash,
            table::Column::Scheme,
            table::Column::PepperId,
            table::Column::Version,
        ])
        .to_owned();
    table::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(db)
        .await
        .map(|_| ())
}

/// Stores a new hash of the password `version`. Returns `false` if the account has another password by now.
pub(super) async fn rehash(
    db: &impl ConnectionTrait,
    (user_id, version): (UserId, PasswordVersion),
    stored: StoredPassword,
) -> Result<bool, DbErr> {
    let updated = table::Entity::update_many()
        .col_expr(table::Column::Hash, Expr::value(stored.hash))
        .col_expr(table::Column::Scheme, Expr::value(stored.scheme))
        .col_expr(table::Column::PepperId, Expr::value(stored.pepper_id))
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Returns whether the account still has the password `version`.
pub(super) async fn is_current(
    db: &impl ConnectionTrait,
    (user_id, version): (UserId, PasswordVersion),
) -> Result<bool, DbErr> {
    Ok(find_version(db, user_id).await? == Some(version))
}

/// Returns the version of the account's password, if it has one.
pub(super) async fn find_version(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Option<PasswordVersion>, DbErr> {
    let found = table::Entity::find()
        .select_only()
        .column(table::Column::Version)
        .filter(table::Column::UserId.eq(user_id))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().next())
}

/// Removes the password, if any: no password signs in to the account.
pub(super) async fn remove(db: &impl ConnectionTrait, user_id: UserId) -> Result<(), DbErr> {
    table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await
        .map(|_| ())
}
