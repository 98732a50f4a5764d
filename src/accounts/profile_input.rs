//! Parses the input of a profile change.

use super::profile_changes::{Change, Changes, EmailChange};
use super::update_profile::{UpdateProfile, UpdateProfileError as UserError};
use super::{EmailAddress, User, profile_fields, queries, username_reservations};
use crate::app::App;
use crate::config::{EmailVerification, Profile};
use crate::errors::OperationError;

/// Returns the changes and collects all errors.
pub(super) async fn changes(
    app: &App,
    user: &User,
    command: &UpdateProfile,
    errors: &mut Vec<UserError>,
) -> Result<Changes, OperationError> {
    let mut changes = Changes {
        email_so_far: user.email.clone(),
        avatar_url: read(
            &command.avatar_url,
            UserError::AvatarUrlInvalid,
            errors,
            |text| profile_fields::avatar_url(text, app.config.profile == Profile::Development),
        ),
        locale: read(
            &command.locale,
            UserError::LocaleInvalid,
            errors,
            profile_fields::locale,
        ),
        username: read(
            &command.username,
            UserError::UsernameInvalid,
            errors,
            |text| {
                text.parse()
                    .ok()
                    .filter(|_| app.config.accounts.usernames_enabled)
            },
        ),
        ..Changes::default()
    };
    changes.name = match &command.name {
        Change::Set(text) => match profile_fields::name(text) {
            Ok(Some(name)) => Change::Set(name),
            Ok(None) => Change::Clear,
            Err(error) => {
                errors.push(error.into());
                Change::Keep
            }
        },
        kept_or_cleared => kept_or_cleared.clone(),
    };
    if let Change::Set(username) = &changes.username
        && username_reservations::is_taken(app, username.canonical(), Some(user.id)).await?
    {
        errors.push(UserError::UsernameTaken);
    }
    let email = match read(&command.email, UserError::EmailInvalid, errors, |text| {
        text.parse::<EmailAddress>().ok()
    }) {
        Change::Keep => None,
        Change::Clear => {
            errors.push(UserError::EmailInvalid);
            None
        }
        Change::Set(email) => Some(email).filter(|email| email.as_typed() != user.email),
    };
    if let Some(email) = email {
        if !app.mailer.can_reach(email.as_typed()).await {
            errors.push(UserError::EmailUnreachable);
        }
        changes.email = Some(address_change(app, user, email, errors).await?);
    }
    Ok(changes.without_what_is_so_already(user))
}

/// Returns the change of the address. If verification is required, the response does not reveal that it is taken; its
/// owner is informed.
async fn address_change(
    app: &App,
    user: &User,
    email: EmailAddress,
    errors: &mut Vec<UserError>,
) -> Result<EmailChange, OperationError> {
    let verification = app.config.accounts.email_verification;
    let owner = queries::owner_of_email(app.db.read(), email.canonical()).await?;
    // Other letters that are compared as equal may be another mailbox on some servers.
    if owner == Some(user.id) && email.as_typed().eq_ignore_ascii_case(&user.email) {
        return Ok(EmailChange::Spelling(email));
    }
    if owner.is_some_and(|owner| owner != user.id) && !verification.is_required() {
        errors.push(UserError::EmailTaken);
    }
    Ok(match verification {
        EmailVerification::Off => EmailChange::AtOnce(email),
        _ => EmailChange::OnceVerified(email),
    })
}

fn read<T>(
    change: &Change<String>,
    error: UserError,
    errors: &mut Vec<UserError>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Change<T> {
    match change {
        Change::Keep => Change::Keep,
        Change::Clear => Change::Clear,
        Change::Set(text) => parse(text).map_or_else(
            || {
                errors.push(error);
                Change::Keep
            },
            Change::Set,
        ),
    }
}
