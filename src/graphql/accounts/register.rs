//! `register`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{Register, Registered, SignedIn, register};
use crate::graphql::TokenDelivery;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, LoginChallenge, Session, User};
use crate::sessions::current_session;

/// Input for `register`.
#[derive(InputObject)]
pub(in crate::graphql) struct RegisterInput {
    /// The email address of the new account. No other account may have it.
    email: String,
    /// The password. It must meet `authSettings.passwordPolicy` and is used exactly as sent, without trimming.
    password: String,
    /// A username of 3 to 32 letters, digits, `.`, `_` or `-`, unique regardless of case.
    username: Option<String>,
    /// The user's display name, up to 128 characters.
    name: Option<String>,
    /// The user's language: a BCP 47 tag such as `en` or `pt-BR`, or a system locale such as `pt_BR`. Other values are
    /// ignored.
    locale: Option<String>,
}

/// Payload of `register`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RegisterPayload {
    /// The new user. Null if `verificationRequired` is true, `challenge` is set, or `userErrors` is not empty.
    user: Option<User>,
    /// The first session of the account. Null if `verificationRequired` is true, `challenge` is set, or `userErrors` is not
    /// empty.
    session: Option<Session>,
    /// The tokens of the session. Null in cookie mode, if `verificationRequired` is true, if `challenge` is set, or if
    /// `userErrors` is not empty.
    tokens: Option<AuthTokens>,
    /// The second step of the sign-in, if a second factor must be set up first. Null otherwise.
    challenge: Option<LoginChallenge>,
    /// Whether the user must follow the link in the email before signing in.
    verification_required: bool,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<RegisterUserError>,
}

user_error! {
    /// An error of `register`.
    RegisterUserError(RegisterErrorCode)
}

/// Error codes of `register`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RegisterErrorCode {
    /// The email address is malformed, or the mail server cannot deliver to it.
    EmailInvalid,
    /// Another account has this email address.
    EmailTaken,
    /// The username is malformed, or usernames are disabled (`AuthSettings.usernamesEnabled`).
    UsernameInvalid,
    /// Another account has this username.
    UsernameTaken,
    /// The name has more than 128 characters.
    NameTooLong,
    /// The name contains control characters or characters that change the direction of text, or no visible character.
    NameInvalid,
    /// No longer returned.
    #[graphql(deprecation = "An invalid locale is ignored and does not reject the registration.")]
    LocaleInvalid,
    /// The password has fewer than `PasswordPolicy.minLength` characters.
    PasswordTooShort,
    /// The password has more than `PasswordPolicy.maxLength` characters.
    PasswordTooLong,
    /// The password contains control characters or unassigned code points.
    PasswordInvalid,
    /// The password is too easy to guess: its zxcvbn score is below `PasswordPolicy.minStrength`.
    PasswordTooWeak,
    /// The password is on the list of common passwords.
    PasswordCompromised,
    /// Registration is closed (`AuthSettings.registrationOpen`).
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
            Registered::MustEnroll(pending) => {
                return Self {
                    challenge: Some((*pending).into()),
                    ..Self::refused(Vec::new())
                };
            }
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
            challenge: None,
            verification_required: false,
            user_errors: Vec::new(),
        }
    }

    fn refused(user_errors: Vec<RegisterUserError>) -> Self {
        Self {
            user: None,
            session: None,
            tokens: None,
            challenge: None,
            verification_required: false,
            user_errors,
        }
    }
}
