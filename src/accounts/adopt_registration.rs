//! Turns an account into one of the further registrations of its address: by its link, or because the account's own
//! registration ended without being verified.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;

use super::current_password::{self, Password};
use super::pending_registrations::{self, PendingRegistration, lock_unused};
use super::queries::{self, Account};
use super::username::Username;
use super::username_reservations;
use super::verify_email::verified;
use crate::app::App;
use crate::client::Client;
use crate::db::entity::users as table;
use crate::db::{PasswordVersion, UserId, WriteTransaction};
use crate::errors::InternalError;
use crate::lockout::{clear, forget_devices};
use crate::passwords::StoredPassword;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::end_all;
use crate::tokens::{
    OneTimeToken, Purpose, turn_into_verification, void_tokens, void_tokens_after_reset,
};

/// Turns the account into the registration whose link was followed, verifies it, and ends the others. `false` if that
/// registration no longer exists, or the account was verified or used since. Call `lock_sessions` first.
pub(super) async fn adopt_by_link(
    app: &App,
    tx: &WriteTransaction,
    token: &OneTimeToken,
    now: DateTime<Utc>,
) -> Result<bool, InternalError> {
    // Before the account, in the lock order of a sign-in.
    clear(&**tx, &app.lockout.account(token.user_id)).await?;
    if !lock_unused(&**tx, token.user_id).await? {
        return Ok(false);
    }
    let waiting = pending_registrations::list(&**tx, token.user_id, now).await?;
    let followed = waiting
        .into_iter()
        .find(|registration| registration.link_id == Some(token.id));
    let Some(registration) = followed else {
        return Ok(false);
    };
    adopt(app, tx, &registration, now).await?;
    verified(queries::update(token.user_id), now)
        .exec(&**tx)
        .await?;
    pending_registrations::end_all(&**tx, token.user_id).await?;
    void_tokens_after_reset(&**tx, token.user_id, &registration.email).await?;
    end_all(&**tx, token.user_id, now).await?;
    Ok(true)
}

/// Turns the account into the oldest of its further registrations; `false` if there is none. The links of the account's
/// own registration end; the link of the other one still works. Call `lock_sessions` first.
pub(crate) async fn adopt_next(
    app: &App,
    tx: &WriteTransaction,
    user_id: UserId,
    now: DateTime<Utc>,
) -> Result<bool, InternalError> {
    clear(&**tx, &app.lockout.account(user_id)).await?;
    if !lock_unused(&**tx, user_id).await? {
        return Ok(false);
    }
    let waiting = pending_registrations::list(&**tx, user_id, now).await?;
    let Some(registration) = waiting.into_iter().next() else {
        return Ok(false);
    };
    for purpose in [Purpose::VerifyEmail, Purpose::SecureAccount] {
        void_tokens(&**tx, user_id, purpose).await?;
    }
    adopt(app, tx, &registration, now).await?;
    if let Some(link) = registration.link_id {
        turn_into_verification(&**tx, link).await?;
    }
    let unlinked = PendingRegistration {
        link_id: None,
        ..registration
    };
    pending_registrations::end(&**tx, &unlinked).await?;
    Ok(true)
}

/// Replaces everything of the account with that of the registration, including its history: the account does not know
/// the devices and networks of the earlier registrant.
async fn adopt(
    app: &App,
    tx: &WriteTransaction,
    registration: &PendingRegistration,
    now: DateTime<Utc>,
) -> Result<(), InternalError> {
    let user_id = registration.user_id;
    if let Some(before) = queries::find_account(&**tx, user_id).await? {
        hold_username_back(tx, &before).await?;
    }
    let canonical = match &registration.username_canonical {
        None => None,
        Some(canonical) => {
            let owner = queries::owner_of_username(&**tx, canonical).await?;
            let is_free = owner.is_none_or(|owner| owner == user_id);
            is_free.then_some(canonical.as_str())
        }
    };
    let username = canonical.and(registration.username.as_deref());
    let password = Password {
        stored: StoredPassword {
            hash: registration.password_hash.clone(),
            scheme: registration.password_scheme.clone(),
            pepper_id: registration.pepper_id.clone(),
        },
        version: PasswordVersion(app.identifiers.next(now)),
    };
    let registered_at = registration.registered_at;
    let profile = [
        (table::Column::Username, username),
        (table::Column::UsernameCanonical, canonical),
        (table::Column::Name, registration.name.as_deref()),
        (table::Column::Locale, registration.locale.as_deref()),
        (table::Column::AvatarUrl, None),
    ];
    let mut update = queries::update(user_id)
        .col_expr(
            table::Column::Email,
            Expr::value(registration.email.as_str()),
        )
        .col_expr(table::Column::PasswordChangedAt, Expr::value(registered_at))
        .col_expr(table::Column::CreatedAt, Expr::value(registered_at))
        .col_expr(table::Column::UpdatedAt, Expr::value(now))
        .col_expr(
            table::Column::VerificationDueAt,
            Expr::value(registration.expires_at),
        );
    for (column, value) in profile {
        update = update.col_expr(column, Expr::value(value));
    }
    update.exec(&**tx).await?;
    current_password::set(&**tx, user_id, password).await?;
    security_events::forget(&**tx, user_id).await?;
    let ip_address = registration.ip_address.as_deref();
    let ip_address = ip_address.and_then(|text| text.parse().ok());
    let client = Client::new(ip_address, registration.user_agent.as_deref());
    let event = NewEvent {
        user_id,
        actor: Actor::User(user_id),
        kind: EventKind::Registered,
        session_id: None,
        client: &client,
    };
    security_events::record(&**tx, &app.identifiers, registered_at, event).await?;
    forget_devices(&**tx, user_id).await?;
    let place = (user_id, &client);
    let remembered = app
        .lockout
        .remember_registration(tx, place, &app.identifiers, registered_at);
    Ok(remembered.await?)
}

/// Removes the profile, which belongs to no proven owner because several users registered the address.
pub(super) async fn clear_profile(
    tx: &WriteTransaction,
    before: &Account,
) -> Result<(), InternalError> {
    hold_username_back(tx, before).await?;
    let mut update = queries::update(before.user.id);
    for column in [
        table::Column::Username,
        table::Column::UsernameCanonical,
        table::Column::Name,
        table::Column::AvatarUrl,
    ] {
        update = update.col_expr(column, Expr::value(None::<String>));
    }
    update.exec(&**tx).await?;
    Ok(())
}

/// Reserves a username that the account loses for as long as an unverified account would have kept it. If it were free
/// at once, its registrant would learn that another registration of the address won.
async fn hold_username_back(tx: &WriteTransaction, account: &Account) -> Result<(), InternalError> {
    let username = account.user.username.as_deref();
    let username = username.and_then(|name| name.parse::<Username>().ok());
    if let (Some(username), Some(until)) = (username, account.verification_due_at) {
        username_reservations::reserve(&**tx, username.canonical(), until).await?;
    }
    Ok(())
}
