//! Further registrations of an address that is not verified.
//!
//! If verification is required, the first registration of an address is the account (`users`). The others are stored
//! beside it, each with its own password, profile and link. The one whose link is followed becomes the account, and the
//! others end. So nobody gets an address by being faster than its owner. Only an account that was never used can be
//! contested like this.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::registration_fields::Fields;
use crate::app::App;
use crate::client::Client;
use crate::db::entity::{pending_registrations as table, users};
use crate::db::{OneTimeTokenId, RegistrationId, UserId, WriteTransaction, delete_batch};
use crate::mail::RequestKind;
use crate::passwords::StoredPassword;
use crate::tokens::{Purpose, void_token, void_tokens};

pub(super) use table::Model as PendingRegistration;

/// The maximum number of registrations of one address, including the account's own. Further ones are not stored: if the
/// oldest were dropped, a stranger could end the owner's. Their email leads to choosing a password instead.
const MAX_PENDING: u64 = 5;

/// Stores a registration beside the unverified account with its address. Returns the email that follows and its
/// account. The response to the request is the same in all cases.
pub(super) async fn contend(
    app: &App,
    tx: &WriteTransaction,
    (fields, password): (&Fields, StoredPassword),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(Option<UserId>, RequestKind), DbErr> {
    let canonical = fields.email.canonical();
    let of_address = users::Entity::find()
        .filter(users::Column::EmailCanonical.eq(canonical))
        .lock_exclusive()
        .all(&**tx)
        .await?;
    let Some(account) = of_address.into_iter().next() else {
        return Ok((None, RequestKind::AddressInUse));
    };
    let owner = account.id;
    if !is_unused(&account) {
        return Ok((Some(owner), RequestKind::AddressInUse));
    }
    if waiting(owner, now).count(&**tx).await? + 1 >= MAX_PENDING {
        return Ok((Some(owner), RequestKind::ProveAddress));
    }
    let username = fields.username.as_ref();
    let row = table::ActiveModel {
        id: Set(RegistrationId(app.identifiers.next(now))),
        user_id: Set(owner),
        email: Set(fields.email.as_typed().to_owned()),
        username: Set(username.map(|name| name.as_typed().to_owned())),
        username_canonical: Set(username.map(|name| name.canonical().to_owned())),
        name: Set(fields.name.clone()),
        locale: Set(fields.locale.clone()),
        password_hash: Set(password.hash),
        password_scheme: Set(password.scheme),
        pepper_id: Set(password.pepper_id),
        registered_at: Set(now),
        expires_at: Set(now + app.config.accounts.unverified_retention),
        ip_address: Set(client.ip_text()),
        user_agent: Set(client.user_agent.clone()),
        link_id: Set(None),
    };
    table::Entity::insert(row)
        .exec_without_returning(&**tx)
        .await?;
    Ok((Some(owner), RequestKind::VerifyRegistration))
}

/// Like [`lock_unused`], for an account that is already locked.
fn is_unused(account: &users::Model) -> bool {
    account.email_verified_at.is_none()
        && account.verification_due_at.is_some()
        && account.last_login_at.is_none()
        && account.deletion_scheduled_for.is_none()
}

/// Locks the account if it was registered while verification was required and nobody has verified or used it since;
/// `false` for any other.
pub(super) async fn lock_unused(db: &impl ConnectionTrait, user_id: UserId) -> Result<bool, DbErr> {
    let found = users::Entity::find()
        .select_only()
        .column(users::Column::Id)
        .filter(users::Column::Id.eq(user_id))
        .filter(users::Column::EmailVerifiedAt.is_null())
        .filter(users::Column::VerificationDueAt.is_not_null())
        .filter(users::Column::LastLoginAt.is_null())
        .filter(users::Column::DeletionScheduledFor.is_null())
        .lock_exclusive()
        .into_tuple::<UserId>()
        .all(db)
        .await?;
    Ok(!found.is_empty())
}

/// Returns the further registrations of the account of `user_id`, oldest first.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    user_id: UserId,
    now: DateTime<Utc>,
) -> Result<Vec<PendingRegistration>, DbErr> {
    waiting(user_id, now)
        .order_by_asc(table::Column::RegisteredAt)
        .order_by_asc(table::Column::Id)
        .all(db)
        .await
}

fn waiting(user_id: UserId, now: DateTime<Utc>) -> Select<table::Entity> {
    table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::ExpiresAt.gt(now))
}

/// Stores the link that was emailed for a registration.
pub(super) async fn set_link(
    db: &impl ConnectionTrait,
    id: RegistrationId,
    link: OneTimeTokenId,
) -> Result<(), DbErr> {
    table::Entity::update_many()
        .col_expr(table::Column::LinkId, Expr::value(link))
        .filter(table::Column::Id.eq(id))
        .exec(db)
        .await
        .map(|_| ())
}

/// Ends one registration and its link.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    registration: &PendingRegistration,
) -> Result<(), DbErr> {
    if let Some(link) = registration.link_id {
        void_token(db, link).await?;
    }
    table::Entity::delete_many()
        .filter(table::Column::Id.eq(registration.id))
        .exec(db)
        .await
        .map(|_| ())
}

/// Ends all further registrations of the account of `user_id` and their links. Returns how many there were.
pub(super) async fn end_all(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    void_tokens(db, user_id, Purpose::VerifyRegistration).await?;
    forget(db, user_id).await
}

/// Removes the further registrations of the account of `user_id`. Returns how many there were.
pub(super) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}

/// Returns the number of further registrations of the account of `user_id`, including expired ones.
pub(super) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .count(db)
        .await
}

/// Removes at most `most` of the expired registrations, oldest first. Returns how many were removed.
pub(crate) async fn sweep_registrations(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let ended = table::Entity::find()
        .filter(table::Column::ExpiresAt.lte(now))
        .order_by_asc(table::Column::ExpiresAt);
    delete_batch::<_, uuid::Uuid>(db, ended, table::Column::Id, most).await
}
