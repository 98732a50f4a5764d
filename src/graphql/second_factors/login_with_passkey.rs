//! `loginWithPasskey`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{LoginWithPasskeyError, SignedIn, login_with_passkey};
use crate::graphql::TokenDelivery;
use crate::graphql::accounts::sign_in_text::{
    EMAIL_NOT_VERIFIED, PASSKEYS_DISABLED, deletion_pending,
};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Session, User};
use crate::graphql::scalars::Json;
use crate::sessions::current_session;

/// Input for `loginWithPasskey`.
#[derive(InputObject)]
pub(in crate::graphql) struct LoginWithPasskeyInput {
    /// What `navigator.credentials.get()` returned for the options of `startPasskey`, by `toJSON()`.
    passkey: Json,
    /// The `deviceToken` of the most recent sign-in on this device, if any. Omit it in cookie mode.
    device_token: Option<String>,
}

/// Payload of `loginWithPasskey`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LoginWithPasskeyPayload {
    /// The user who signed in. Null if `userErrors` is not empty.
    user: Option<User>,
    /// The new session. Null if `userErrors` is not empty.
    session: Option<Session>,
    /// The tokens of the new session. Null in cookie mode or if `userErrors` is not empty.
    tokens: Option<AuthTokens>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<LoginWithPasskeyUserError>,
}

user_error! {
    /// An error of `loginWithPasskey`.
    LoginWithPasskeyUserError(LoginWithPasskeyErrorCode)
}

/// Error codes of `loginWithPasskey`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum LoginWithPasskeyErrorCode {
    /// The browser's answer is invalid.
    PasskeyInvalid,
    /// No account has this passkey. Call `PublicKeyCredential.signalUnknownCredential()`, so that the password manager no
    /// longer offers it.
    PasskeyUnknown,
    /// The options have expired. Fetch new ones with `startPasskey`.
    CeremonyExpired,
    /// Passkeys are disabled (`AuthSettings.passkeysEnabled`).
    PasskeysDisabled,
    /// The account's email address is not verified.
    EmailNotVerified,
    /// The account is scheduled for deletion.
    DeletionPending,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: LoginWithPasskeyInput,
) -> Result<LoginWithPasskeyPayload> {
    let request = ctx.request();
    let replaces = current_session(
        ctx.app(),
        &request.authentication,
        request.delivery.refresh_token(),
    )
    .await
    .map_err(|error| ctx.refuse(error))?;
    let client = request
        .client
        .with_device(input.device_token.map(Into::into));
    let answer = input.passkey.into_bytes();
    let outcome = login_with_passkey(ctx.app(), (&answer, replaces), &client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(signed_in) => LoginWithPasskeyPayload::signed_in(signed_in, &request.delivery),
        Err(errors) => LoginWithPasskeyPayload {
            user: None,
            session: None,
            tokens: None,
            user_errors: errors.into_iter().map(Into::into).collect(),
        },
    })
}

impl LoginWithPasskeyPayload {
    fn signed_in(SignedIn { user, opened }: SignedIn, delivery: &TokenDelivery) -> Self {
        let viewer = opened.viewer();
        Self {
            user: Some(User::new(user, viewer)),
            session: Some(Session::new(opened.session, &viewer)),
            tokens: delivery.deliver(opened.tokens),
            user_errors: Vec::new(),
        }
    }
}

impl From<LoginWithPasskeyError> for LoginWithPasskeyUserError {
    fn from(error: LoginWithPasskeyError) -> Self {
        use LoginWithPasskeyError as Error;
        use LoginWithPasskeyErrorCode as Code;
        match error {
            Error::PasskeyInvalid => Self::new(
                Code::PasskeyInvalid,
                "The passkey was not accepted. Try again, or use another way to sign in.",
                "passkey",
            ),
            Error::PasskeyUnknown => Self::new(
                Code::PasskeyUnknown,
                "This passkey is not known here. Use another way to sign in.",
                "passkey",
            ),
            Error::CeremonyExpired => Self::new(
                Code::CeremonyExpired,
                "The request for the passkey has expired. Try again.",
                "passkey",
            ),
            Error::PasskeysDisabled => Self::new(Code::PasskeysDisabled, PASSKEYS_DISABLED, ""),
            Error::EmailNotVerified => Self::new(Code::EmailNotVerified, EMAIL_NOT_VERIFIED, ""),
            Error::DeletionPending(time) => {
                Self::new(Code::DeletionPending, deletion_pending(time), "")
            }
        }
    }
}
