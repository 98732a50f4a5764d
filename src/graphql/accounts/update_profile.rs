//! `updateProfile`

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Result, SimpleObject};

use super::email_text::{EMAIL_INVALID, EMAIL_UNREACHABLE};
use crate::accounts::{self, Change, Proof, UpdateProfile, UpdateProfileError, update_profile};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::User;
use crate::sessions::Viewer;

/// Input for `updateProfile`. An omitted field keeps its value. Null clears a field that may be empty.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateProfileInput {
    /// The user's display name, up to 128 characters.
    name: MaybeUndefined<String>,
    /// A username of 3 to 32 letters, digits, `.`, `_` or `-`, unique regardless of case.
    username: MaybeUndefined<String>,
    /// An `https` URL of up to 2,048 characters.
    avatar_url: MaybeUndefined<String>,
    /// The user's language: a BCP 47 tag such as `en` or `pt-BR`.
    locale: MaybeUndefined<String>,
    /// A new email address. It requires `currentPassword` and takes effect when the user follows the link sent to it;
    /// at once if email verification is disabled.
    email: MaybeUndefined<String>,
    /// The user's current password, exactly as typed. Required only with a new `email`.
    /// With a second factor, a recent authentication is required instead; a password that is sent must still be correct.
    current_password: Option<String>,
}

/// Payload of `updateProfile`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct UpdateProfilePayload {
    /// The user with the new profile. Null if `userErrors` is not empty.
    user: Option<User>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<UpdateProfileUserError>,
}

user_error! {
    /// An error of `updateProfile`.
    UpdateProfileUserError(UpdateProfileErrorCode)
}

/// Error codes of `updateProfile`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum UpdateProfileErrorCode {
    /// The name has more than 128 characters.
    NameTooLong,
    /// The name contains control characters or characters that change the direction of text, or no visible character.
    NameInvalid,
    /// The username is malformed, or usernames are disabled (`AuthSettings.usernamesEnabled`).
    UsernameInvalid,
    /// Another account has this username.
    UsernameTaken,
    /// The URL does not use `https`, is malformed, or has more than 2,048 characters.
    AvatarUrlInvalid,
    /// The locale is not a BCP 47 language tag.
    LocaleInvalid,
    /// The email address is malformed, or the mail server cannot deliver to it.
    EmailInvalid,
    /// Another account has this email address.
    EmailTaken,
    /// A new email address requires `currentPassword`, which is missing.
    CurrentPasswordRequired,
    /// `currentPassword` is not the current password, or the password was changed at the same moment.
    CurrentPasswordIncorrect,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: UpdateProfileInput,
) -> Result<UpdateProfilePayload> {
    let viewer = ctx.viewer()?;
    let change = |name: &str, value: MaybeUndefined<String>| match value {
        MaybeUndefined::Undefined => Change::Keep,
        MaybeUndefined::Null if ctx.is_unsent("input", name) => Change::Keep,
        MaybeUndefined::Null => Change::Clear,
        MaybeUndefined::Value(text) => Change::Set(text),
    };
    let command = UpdateProfile {
        name: change("name", input.name),
        username: change("username", input.username),
        avatar_url: change("avatarUrl", input.avatar_url),
        locale: change("locale", input.locale),
        email: change("email", input.email),
        proof: Proof::from_input(input.current_password),
    };
    let outcome = update_profile(ctx.app(), &viewer, command, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(user) => UpdateProfilePayload::updated(user, viewer),
        Err(errors) => UpdateProfilePayload::refused(errors.into_iter().map(Into::into).collect()),
    })
}

impl UpdateProfilePayload {
    fn updated(user: accounts::User, viewer: Viewer) -> Self {
        Self {
            user: Some(User::new(user, viewer)),
            user_errors: Vec::new(),
        }
    }

    fn refused(user_errors: Vec<UpdateProfileUserError>) -> Self {
        Self {
            user: None,
            user_errors,
        }
    }
}

impl From<UpdateProfileError> for UpdateProfileUserError {
    fn from(error: UpdateProfileError) -> Self {
        use UpdateProfileError as Error;
        use UpdateProfileErrorCode as Code;
        let (code, message, field) = match error {
            Error::NameTooLong => (Code::NameTooLong, "Use at most 128 characters.", "name"),
            Error::UsernameInvalid => (
                Code::UsernameInvalid,
                "Use 3 to 32 letters, digits, dots, underscores or hyphens.",
                "username",
            ),
            Error::UsernameTaken => (
                Code::UsernameTaken,
                "This username is taken. Choose another one.",
                "username",
            ),
            Error::AvatarUrlInvalid => (
                Code::AvatarUrlInvalid,
                "Enter an https:// URL of up to 2,048 characters.",
                "avatarUrl",
            ),
            Error::NameInvalid => (
                Code::NameInvalid,
                "This name contains characters that cannot be displayed. Remove them.",
                "name",
            ),
            Error::LocaleInvalid => (
                Code::LocaleInvalid,
                "Enter a language tag, such as en or pt-BR.",
                "locale",
            ),
            Error::EmailInvalid => (Code::EmailInvalid, EMAIL_INVALID, "email"),
            Error::EmailUnreachable => (Code::EmailInvalid, EMAIL_UNREACHABLE, "email"),
            Error::EmailTaken => (
                Code::EmailTaken,
                "An account with this email address already exists. Sign in, or use another address.",
                "email",
            ),
            Error::CurrentPasswordRequired => (
                Code::CurrentPasswordRequired,
                "Enter your current password to change the email address.",
                "currentPassword",
            ),
            Error::CurrentPasswordIncorrect => (
                Code::CurrentPasswordIncorrect,
                "This is not your current password. Try again.",
                "currentPassword",
            ),
        };
        Self::new(code, message, field)
    }
}
