//! The fields of a registration: parsing, validation, and the row.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::DbErr;

use super::register::Register;
use super::register_error::RegisterError;
use super::username::Username;
use super::{EmailAddress, User, profile_fields, queries, username_reservations};
use crate::app::App;
use crate::db::entity::users as table;
use crate::db::{UserId, violates};
use crate::errors::OperationError;

/// The validated fields of a registration.
pub(super) struct Fields {
    pub(super) email: EmailAddress,
    /// The owner of the address; set only if that must not be revealed.
    pub(super) owner: Option<UserId>,
    pub(super) username: Option<Username>,
    pub(super) name: Option<String>,
    pub(super) locale: Option<String>,
}

/// Parses every field and collects all errors; `None` if a field is invalid.
pub(super) async fn fields(
    app: &App,
    command: &Register,
    errors: &mut Vec<RegisterError>,
) -> Result<Option<Fields>, OperationError> {
    let email = command.email.parse::<EmailAddress>().ok();
    let mut owner = None;
    match &email {
        None => errors.push(RegisterError::EmailInvalid),
        Some(email) if !app.mailer.can_reach(email.as_typed()).await => {
            errors.push(RegisterError::EmailUnreachable);
        }
        Some(email) => {
            owner = queries::owner_of_email(app.db.read(), email.canonical()).await?;
            if owner.is_some() && !app.config.accounts.email_verification.is_required() {
                errors.push(RegisterError::EmailTaken);
            }
        }
    }
    let mut username = None;
    if let Some(text) = &command.username {
        username = text
            .parse::<Username>()
            .ok()
            .filter(|_| app.config.accounts.usernames_enabled);
        match &username {
            None => errors.push(RegisterError::UsernameInvalid),
            Some(name) => {
                if username_reservations::is_taken(app, name.canonical(), None).await? {
                    errors.push(RegisterError::UsernameTaken);
                }
            }
        }
    }
    let name = command
        .name
        .as_deref()
        .map_or(Ok(None), profile_fields::name);
    let name = name.unwrap_or_else(|error| {
        errors.push(error.into());
        None
    });
    Ok(email.map(|email| Fields {
        email,
        owner,
        username,
        name,
        // Clients send it without asking the user, who could not correct it.
        locale: command.locale.as_deref().and_then(profile_fields::locale),
    }))
}

/// Returns the new account.
pub(super) fn new_user(id: UserId, fields: &Fields, now: DateTime<Utc>) -> User {
    User {
        id,
        email: fields.email.as_typed().to_owned(),
        email_verified: false,
        pending_email: None,
        username: fields
            .username
            .as_ref()
            .map(|name| name.as_typed().to_owned()),
        name: fields.name.clone(),
        avatar_url: None,
        locale: fields.locale.clone(),
        created_at: now,
        updated_at: now,
        last_login_at: None,
        password_changed_at: now,
    }
}

/// Returns its row.
pub(super) fn row(
    user: &User,
    fields: &Fields,
    verification_due_at: Option<DateTime<Utc>>,
) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(user.id),
        email: Set(user.email.clone()),
        email_canonical: Set(fields.email.canonical().to_owned()),
        username: Set(user.username.clone()),
        username_canonical: Set(fields
            .username
            .as_ref()
            .map(|name| name.canonical().to_owned())),
        name: Set(user.name.clone()),
        avatar_url: Set(None),
        locale: Set(user.locale.clone()),
        password_changed_at: Set(user.password_changed_at),
        created_at: Set(user.created_at),
        updated_at: Set(user.updated_at),
        last_login_at: Set(None),
        deletion_scheduled_for: Set(None),
        email_verified_at: Set(None),
        verification_due_at: Set(verification_due_at),
        pending_email: Set(None),
        pending_email_canonical: Set(None),
    }
}

/// Returns the error for a violated unique index.
pub(super) fn taken(error: DbErr) -> Result<RegisterError, DbErr> {
    if violates(&error, "users.email_canonical") {
        Ok(RegisterError::EmailTaken)
    } else if violates(&error, "users.username_canonical") {
        Ok(RegisterError::UsernameTaken)
    } else {
        Err(error)
    }
}
