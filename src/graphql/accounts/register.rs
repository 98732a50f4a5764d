//! `register`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use super::email_text::{EMAIL_INVALID, EMAIL_UNREACHABLE};
use super::password_text::password_text;
use crate::accounts::{Register, RegisterError, Registered, SignedIn, register};
use crate::graphql::TokenDelivery;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Session, User};
use crate::passwords::PasswordError;
use crate::sessions::current_session;

/// What somebody types who wants an account.
#[derive(InputObject)]
pub(in crate::graphql) struct RegisterInput {
    /// An e-mail address that no other account has.
    email: String,
    /// A password that meets `authSettings.passwordPolicy`. Taken exactly as sent.
    password: String,
    /// 3 to 32 letters, digits, `.`, `_` or `-`, that no other account has in any case.
    username: Option<String>,
    /// What to call the person: up to 128 characters.
    name: Option<String>,
    /// BCP 47 language tag, such as en or pt-BR, or the name of a system's locale, such as `pt_BR`. Anything else is left
    /// out.
    locale: Option<String>,
}

/// The account and its first session, or what is wrong.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RegisterPayload {
    /// The account that was made.
    user: Option<User>,
    /// Its first session.
    session: Option<Session>,
    /// The credentials of that session.
    tokens: Option<AuthTokens>,
    /// True when the user must follow the link in the mail before signing in.
    verification_required: bool,
    /// What the user has to correct.
    user_errors: Vec<RegisterUserError>,
}

user_error! {
    /// What is wrong with a registration.
    RegisterUserError(RegisterErrorCode)
}

/// What can be wrong with a registration.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RegisterErrorCode {
    /// It is no e-mail address.
    EmailInvalid,
    /// Another account has this address.
    EmailTaken,
    /// It is no username, or usernames are not used here.
    UsernameInvalid,
    /// Another account has this username.
    UsernameTaken,
    /// The name has more than 128 characters.
    NameTooLong,
    /// The name holds control characters or characters that turn the direction of text, or nothing visible.
    NameInvalid,
    /// It is no BCP 47 language tag.
    #[graphql(
        deprecation = "A locale that is no language tag is left out; it stops no registration."
    )]
    LocaleInvalid,
    /// The password has too few characters.
    PasswordTooShort,
    /// The password has too many characters.
    PasswordTooLong,
    /// The password holds characters that cannot be used.
    PasswordInvalid,
    /// The password would be guessed too soon.
    PasswordTooWeak,
    /// The password is one of the most used.
    PasswordCompromised,
    /// Nobody can register here.
    RegistrationClosed,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: RegisterInput,
) -> Result<RegisterPayload> {
    let request = ctx.request();
    let replaces = current_session(
        ctx.app(),
        &request.authentication,
        request.delivery.refresh_token(),
    )
    .await
    .map_err(|error| ctx.refuse(error))?;
    let command = Register {
        email: input.email,
        password: input.password.into(),
        username: input.username,
        name: input.name,
        locale: input.locale,
        replaces,
    };
    let outcome = register(ctx.app(), command, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(registered) => RegisterPayload::registered(registered, &ctx.request().delivery),
        Err(errors) => {
            RegisterPayload::refused(errors.into_iter().map(RegisterUserError::from).collect())
        }
    })
}

impl RegisterPayload {
    fn registered(registered: Registered, delivery: &TokenDelivery) -> Self {
        let SignedIn { user, opened } = match registered {
            Registered::SignedIn(signed_in) => *signed_in,
            Registered::AwaitingVerification => {
                return Self {
                    verification_required: true,
                    ..Self::refused(Vec::new())
                };
            }
        };
        let viewer = opened.viewer();
        Self {
            user: Some(User::new(user, viewer)),
            session: Some(Session::new(opened.session, &viewer)),
            tokens: delivery.deliver(opened.tokens),
            verification_required: false,
            user_errors: Vec::new(),
        }
    }

    fn refused(user_errors: Vec<RegisterUserError>) -> Self {
        Self {
            user: None,
            session: None,
            tokens: None,
            verification_required: false,
            user_errors,
        }
    }
}

impl From<RegisterError> for RegisterUserError {
    fn from(error: RegisterError) -> Self {
        use RegisterError as Error;
        use RegisterErrorCode as Code;
        match error {
            Error::RegistrationClosed => Self::new(
                Code::RegistrationClosed,
                "New accounts cannot be made here.",
                "",
            ),
            Error::EmailInvalid => Self::new(Code::EmailInvalid, EMAIL_INVALID, "email"),
            Error::EmailUnreachable => Self::new(Code::EmailInvalid, EMAIL_UNREACHABLE, "email"),
            Error::EmailTaken => Self::new(
                Code::EmailTaken,
                "There is already an account with this address.",
                "email",
            ),
            Error::UsernameInvalid => Self::new(
                Code::UsernameInvalid,
                "A username has 3 to 32 letters, digits, dots, underscores or hyphens.",
                "username",
            ),
            Error::UsernameTaken => {
                Self::new(Code::UsernameTaken, "This username is taken.", "username")
            }
            Error::NameTooLong => Self::new(
                Code::NameTooLong,
                "A name can have at most 128 characters.",
                "name",
            ),
            Error::NameInvalid => {
                Self::new(Code::NameInvalid, "This name cannot be shown.", "name")
            }
            Error::Password(password_error) => Self::new(
                password_error.into(),
                password_text(password_error),
                "password",
            ),
        }
    }
}

impl From<PasswordError> for RegisterErrorCode {
    fn from(password_error: PasswordError) -> Self {
        match password_error {
            PasswordError::TooShort(_) => Self::PasswordTooShort,
            PasswordError::TooLong(_) => Self::PasswordTooLong,
            PasswordError::Invalid => Self::PasswordInvalid,
            PasswordError::Compromised => Self::PasswordCompromised,
            PasswordError::TooWeak => Self::PasswordTooWeak,
        }
    }
}
