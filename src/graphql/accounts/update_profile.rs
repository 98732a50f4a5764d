//! `updateProfile`

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Result, SimpleObject};

use super::email_text::{EMAIL_INVALID, EMAIL_UNREACHABLE};
use crate::accounts::{self, Change, UpdateProfile, UpdateProfileError, update_profile};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::User;
use crate::sessions::Viewer;

/// What a signed-in user types who wants to change the profile. A field left out stays as it is; null
/// clears it where it can be empty.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateProfileInput {
    /// What to call the person: up to 128 characters.
    name: MaybeUndefined<String>,
    /// 3 to 32 letters, digits, `.`, `_` or `-`, that no other account has in any case.
    username: MaybeUndefined<String>,
    /// An https address of up to 2,048 characters.
    avatar_url: MaybeUndefined<String>,
    /// BCP 47 language tag, such as en or pt-BR.
    locale: MaybeUndefined<String>,
    /// Needs currentPassword. Takes effect once the link mailed to the new address is followed; at once where
    /// nothing is verified.
    email: MaybeUndefined<String>,
    /// The current password; only a new e-mail address needs it.
    current_password: Option<String>,
}

/// The profile as it is now, or what is wrong.
#[derive(SimpleObject)]
pub(in crate::graphql) struct UpdateProfilePayload {
    /// The user with the new profile.
    user: Option<User>,
    /// What the user has to correct.
    user_errors: Vec<UpdateProfileUserError>,
}

user_error! {
    /// What is wrong with a change of the profile.
    UpdateProfileUserError(UpdateProfileErrorCode)
}

/// What can be wrong with a change of the profile.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum UpdateProfileErrorCode {
    /// The name has more than 128 characters.
    NameTooLong,
    /// The name holds control characters or characters that turn the direction of text, or nothing visible.
    NameInvalid,
    /// It is no username, or usernames are not used here.
    UsernameInvalid,
    /// Another account has this username.
    UsernameTaken,
    /// It is no https address.
    AvatarUrlInvalid,
    /// It is no BCP 47 language tag.
    LocaleInvalid,
    /// It is no e-mail address.
    EmailInvalid,
    /// Another account has this address.
    EmailTaken,
    /// A new address needs the current password.
    CurrentPasswordRequired,
    /// That is not the current password, or it was changed a moment ago.
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
        current_password: input.current_password.map(Into::into),
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
            Error::NameTooLong => (
                Code::NameTooLong,
                "A name can have at most 128 characters.",
                "name",
            ),
            Error::UsernameInvalid => (
                Code::UsernameInvalid,
                "A username has 3 to 32 letters, digits, dots, underscores or hyphens.",
                "username",
            ),
            Error::UsernameTaken => (Code::UsernameTaken, "This username is taken.", "username"),
            Error::AvatarUrlInvalid => (
                Code::AvatarUrlInvalid,
                "This is not an https:// address of up to 2,048 characters.",
                "avatarUrl",
            ),
            Error::NameInvalid => (Code::NameInvalid, "This name cannot be shown.", "name"),
            Error::LocaleInvalid => (
                Code::LocaleInvalid,
                "This is not a language tag such as en or pt-BR.",
                "locale",
            ),
            Error::EmailInvalid => (Code::EmailInvalid, EMAIL_INVALID, "email"),
            Error::EmailUnreachable => (Code::EmailInvalid, EMAIL_UNREACHABLE, "email"),
            Error::EmailTaken => (
                Code::EmailTaken,
                "There is already an account with this address.",
                "email",
            ),
            Error::CurrentPasswordRequired => (
                Code::CurrentPasswordRequired,
                "Give the current password to change the e-mail address.",
                "currentPassword",
            ),
            Error::CurrentPasswordIncorrect => (
                Code::CurrentPasswordIncorrect,
                "This is not the current password.",
                "currentPassword",
            ),
        };
        Self::new(code, message, field)
    }
}
