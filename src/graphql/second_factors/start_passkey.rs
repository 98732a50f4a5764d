//! `startPasskey`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{self, StartPasskeyError, start_passkey};
use crate::graphql::accounts::sign_in_text::{
    CHALLENGE_INVALID, PASSKEYS_DISABLED, TOO_MANY_PASSKEYS,
};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::scalars::{DateTime, Json};

/// What a passkey is used for.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum PasskeyPurpose {
    /// Signing in with `loginWithPasskey`. Needs no session, and reveals no account.
    SignIn,
    /// Proving a credential again with `reauthenticate`, in the session of the request.
    Reauthenticate,
    /// Adding a passkey with `addPasskey`, in the session of the request or in a sign-in that must enroll a factor.
    Register,
}

/// Input for `startPasskey`.
#[derive(InputObject)]
pub(in crate::graphql) struct StartPasskeyInput {
    /// What the passkey is used for.
    purpose: PasskeyPurpose,
    /// With `REGISTER`: the `token` of a sign-in that must enroll a factor. Omit it with a session.
    challenge: Option<String>,
}

/// Payload of `startPasskey`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct StartPasskeyPayload {
    /// The options for `navigator.credentials.create()` with `REGISTER`, otherwise for `get()`: pass them to
    /// `PublicKeyCredential.parseCreationOptionsFromJSON()` or `parseRequestOptionsFromJSON()`. Null if `userErrors` is not
    /// empty.
    options: Option<Json>,
    /// Until when the answer is accepted, once. Null if `userErrors` is not empty.
    expires_at: Option<DateTime>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<StartPasskeyUserError>,
}

user_error! {
    /// An error of `startPasskey`.
    StartPasskeyUserError(StartPasskeyErrorCode)
}

/// Error codes of `startPasskey`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum StartPasskeyErrorCode {
    /// The challenge is invalid, has expired, or is one that a factor completes.
    ChallengeInvalid,
    /// Passkeys are disabled (`AuthSettings.passkeysEnabled`).
    PasskeysDisabled,
    /// The account has no passkey to prove.
    NoPasskey,
    /// The account has 20 passkeys. Remove one first.
    TooMany,
    /// The account's email address must be verified first.
    EmailNotVerified,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: StartPasskeyInput,
) -> Result<StartPasskeyPayload> {
    let viewer = match (input.purpose, &input.challenge) {
        (PasskeyPurpose::SignIn, _) | (PasskeyPurpose::Register, Some(_)) => None,
        _ => Some(ctx.viewer()?),
    };
    let purpose = match input.purpose {
        PasskeyPurpose::SignIn => accounts::PasskeyPurpose::SignIn,
        PasskeyPurpose::Reauthenticate => accounts::PasskeyPurpose::Reauthenticate,
        PasskeyPurpose::Register => accounts::PasskeyPurpose::Register,
    };
    let caller = (viewer.as_ref(), input.challenge.as_deref());
    let outcome = start_passkey(ctx.app(), purpose, caller, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(started) => StartPasskeyPayload {
            options: Some(started.options.into()),
            expires_at: Some(started.expires_at.into()),
            user_errors: Vec::new(),
        },
        Err(errors) => StartPasskeyPayload {
            options: None,
            expires_at: None,
            user_errors: errors.into_iter().map(Into::into).collect(),
        },
    })
}

impl From<StartPasskeyError> for StartPasskeyUserError {
    fn from(error: StartPasskeyError) -> Self {
        use StartPasskeyError as Error;
        use StartPasskeyErrorCode as Code;
        match error {
            Error::ChallengeInvalid => {
                Self::new(Code::ChallengeInvalid, CHALLENGE_INVALID, "challenge")
            }
            Error::PasskeysDisabled => Self::new(Code::PasskeysDisabled, PASSKEYS_DISABLED, ""),
            Error::NoPasskey => Self::new(Code::NoPasskey, "Your account has no passkey.", ""),
            Error::TooMany => Self::new(Code::TooMany, TOO_MANY_PASSKEYS, ""),
            Error::EmailNotVerified => Self::new(
                Code::EmailNotVerified,
                "Verify your email address before you add a passkey.",
                "",
            ),
        }
    }
}
