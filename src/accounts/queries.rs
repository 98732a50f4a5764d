//! The statements on `users`. Only [`find_credentials`] and those by identifier read a password.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, UpdateMany,
};

use super::current_password::Password;
use super::{EmailAddress, User};
use crate::app::App;
use crate::db::entity::{passwords, users as table};
use crate::db::{SignedIn, UserId};

/// An account with columns that only this module may read.
#[derive(Clone)]
pub(super) struct Account {
    pub(super) user: User,
    pub(super) deletion_scheduled_for: Option<DateTime<Utc>>,
    pub(super) verification_due_at: Option<DateTime<Utc>>,
    pub(super) email_canonical: String,
    pub(super) pending_email_canonical: Option<String>,
}

/// An account and its password, if it has one.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) account: Account,
    pub(super) password: Option<Password>,
}

/// Returns the account of this id, for a request.
pub(crate) async fn get_user(app: &App, id: UserId) -> Result<Option<User>, DbErr> {
    find_user(app.db.read(), id).await
}

/// Returns the account of a signed-in user, as it was when the request was authenticated.
pub(crate) fn signed_in_user(found: &SignedIn) -> User {
    account(found.user.clone()).user
}

/// Returns the account of this id.
pub(crate) async fn find_user(
    db: &impl ConnectionTrait,
    id: UserId,
) -> Result<Option<User>, DbErr> {
    Ok(find_account(db, id).await?.map(|account| account.user))
}

/// Returns the account of this email address in any spelling.
pub(crate) async fn find_user_by_email(
    db: &impl ConnectionTrait,
    address: &str,
) -> Result<Option<User>, DbErr> {
    let Ok(address) = address.parse::<EmailAddress>() else {
        return Ok(None);
    };
    let found = find_by_email(db, address.canonical()).await?;
    Ok(found.map(|account| account.user))
}

/// Returns the account of this id. Like the others, reads by key without LIMIT, which SQLite would prepare anew each
/// time.
pub(super) async fn find_account(
    db: &impl ConnectionTrait,
    id: UserId,
) -> Result<Option<Account>, DbErr> {
    find_by(db, table::Column::Id.eq(id)).await
}

/// Returns the account with this canonical address.
pub(super) async fn find_by_email(
    db: &impl ConnectionTrait,
    canonical: &str,
) -> Result<Option<Account>, DbErr> {
    find_by(db, table::Column::EmailCanonical.eq(canonical)).await
}

/// Returns the account of this id and its password.
pub(super) async fn find_credentials(
    db: &impl ConnectionTrait,
    id: UserId,
) -> Result<Option<Credentials>, DbErr> {
    credentials_by(db, table::Column::Id.eq(id)).await
}

/// Returns the account with this canonical address, and its password.
pub(super) async fn find_credentials_by_email(
    db: &impl ConnectionTrait,
    canonical: &str,
) -> Result<Option<Credentials>, DbErr> {
    credentials_by(db, table::Column::EmailCanonical.eq(canonical)).await
}

/// Returns the account with this canonical username, and its password.
pub(super) async fn find_credentials_by_username(
    db: &impl ConnectionTrait,
    canonical: &str,
) -> Result<Option<Credentials>, DbErr> {
    credentials_by(db, table::Column::UsernameCanonical.eq(canonical)).await
}

/// Returns the owner of the address, if any.
pub(super) async fn owner_of_email(
    db: &impl ConnectionTrait,
    canonical: &str,
) -> Result<Option<UserId>, DbErr> {
    owner(db, table::Column::EmailCanonical.eq(canonical)).await
}

/// Returns the owner of the username, if any.
pub(super) async fn owner_of_username(
    db: &impl ConnectionTrait,
    canonical: &str,
) -> Result<Option<UserId>, DbErr> {
    owner(db, table::Column::UsernameCanonical.eq(canonical)).await
}

/// Adds to an UPDATE that no email change is pending any more.
pub(super) fn without_pending(update: UpdateMany<table::Entity>) -> UpdateMany<table::Entity> {
    update
        .col_expr(table::Column::PendingEmail, Expr::value(None::<String>))
        .col_expr(
            table::Column::PendingEmailCanonical,
            Expr::value(None::<String>),
        )
}

/// Returns an UPDATE of the account that has no effect if its deletion is scheduled.
pub(super) fn update(id: UserId) -> UpdateMany<table::Entity> {
    table::Entity::update_many()
        .filter(table::Column::Id.eq(id))
        .filter(table::Column::DeletionScheduledFor.is_null())
}

/// Executes an UPDATE of one account and returns the account afterwards; `None` if it changed nothing.
pub(super) async fn update_user(
    db: &impl ConnectionTrait,
    update: UpdateMany<table::Entity>,
) -> Result<Option<User>, DbErr> {
    let rows = update.exec_with_returning(db).await?;
    Ok(rows.into_iter().next().map(|row| account(row).user))
}

async fn find_by(
    db: &impl ConnectionTrait,
    condition: sea_orm::sea_query::SimpleExpr,
) -> Result<Option<Account>, DbErr> {
    let rows = table::Entity::find().filter(condition).all(db).await?;
    Ok(rows.into_iter().next().map(account))
}

async fn credentials_by(
    db: &impl ConnectionTrait,
    condition: sea_orm::sea_query::SimpleExpr,
) -> Result<Option<Credentials>, DbErr> {
    let rows = table::Entity::find()
        .find_also_related(passwords::Entity)
        .filter(condition)
        .all(db)
        .await?;
    Ok(rows.into_iter().next().map(|(row, password)| Credentials {
        account: account(row),
        password: password.map(Into::into),
    }))
}

async fn owner(
    db: &impl ConnectionTrait,
    condition: sea_orm::sea_query::SimpleExpr,
) -> Result<Option<UserId>, DbErr> {
    let ids = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(condition)
        .into_tuple::<UserId>()
        .all(db)
        .await?;
    Ok(ids.into_iter().next())
}

fn account(row: table::Model) -> Account {
    Account {
        user: User {
            id: row.id,
            email: row.email,
            email_verified: row.email_verified_at.is_some(),
            pending_email: row.pending_email,
            username: row.username,
            name: row.name,
            avatar_url: row.avatar_url,
            locale: row.locale,
            created_at: row.created_at,
            updated_at: row.updated_at,
            last_login_at: row.last_login_at,
            password_changed_at: row.password_changed_at,
        },
        deletion_scheduled_for: row.deletion_scheduled_for,
        verification_due_at: row.verification_due_at,
        email_canonical: row.email_canonical,
        pending_email_canonical: row.pending_email_canonical,
    }
}
