//! `addPasskey`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use super::enrolled::EnrolledFields;
use crate::accounts::{self, AddPasskeyError, add_passkey};
use crate::graphql::accounts::sign_in_text::{
    CHALLENGE_INVALID, PASSKEYS_DISABLED, TOO_MANY_PASSKEYS,
};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Passkey, Session, User};
use crate::graphql::scalars::Json;

/// Input for `addPasskey`.
#[derive(InputObject)]
pub(in crate::graphql) struct AddPasskeyInput {
    /// The `token` of a sign-in that must enroll a factor. Omit it with a session.
    challenge: Option<String>,
    /// What `navigator.credentials.create()` returned for the options of `startPasskey`, by `toJSON()`.
    passkey: Json,
    /// A name of 1 to 64 characters. If it is missing, that of the device, such as `Firefox on Linux`.
    name: Option<String>,
}

/// Payload of `addPasskey`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AddPasskeyPayload {
    /// The user. Null if `userErrors` is not empty.
    user: Option<User>,
    /// The new session, which replaces the current one or completes the sign-in. Null if `userErrors` is not empty.
    session: Option<Session>,
    /// The tokens of the new session. Null in cookie mode or if `userErrors` is not empty.
    tokens: Option<AuthTokens>,
    /// The passkey. Null if `userErrors` is not empty.
    passkey: Option<Passkey>,
    /// The recovery codes, with the first factor of the account. They are never shown again. Null otherwise.
    recovery_codes: Option<Vec<String>>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<AddPasskeyUserError>,
}

user_error! {
    /// An error of `addPasskey`.
    AddPasskeyUserError(AddPasskeyErrorCode)
}

/// Error codes of `addPasskey`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum AddPasskeyErrorCode {
    /// The challenge is invalid, has expired, or is one that a factor completes.
    ChallengeInvalid,
    /// The options have expired or were used before. Fetch new ones with `startPasskey`.
    CeremonyExpired,
    /// The browser's answer is invalid.
    PasskeyInvalid,
    /// The authenticator checked neither PIN nor biometrics. Use another one.
    NotUserVerified,
    /// The passkey is stored already.
    PasskeyTaken,
    /// The name is empty, has more than 64 characters, or characters that cannot be displayed.
    NameInvalid,
    /// The account has 20 passkeys. Remove one first.
    TooMany,
    /// Passkeys are disabled (`AuthSettings.passkeysEnabled`).
    PasskeysDisabled,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: AddPasskeyInput,
) -> Result<AddPasskeyPayload> {
    let viewer = match &input.challenge {
        Some(_) => None,
        None => Some(ctx.viewer()?),
    };
    let caller = (viewer.as_ref(), input.challenge.as_deref());
    let command = accounts::AddPasskey {
        passkey: input.passkey.into_bytes(),
        name: input.name,
    };
    let outcome = add_passkey(ctx.app(), caller, command, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(added) => {
            let fields = EnrolledFields::new(added.enrolled, &ctx.request().delivery);
            AddPasskeyPayload {
                user: Some(fields.user),
                session: Some(fields.session),
                tokens: fields.tokens,
                passkey: Some(added.passkey.into()),
                recovery_codes: fields.recovery_codes,
                user_errors: Vec::new(),
            }
        }
        Err(errors) => AddPasskeyPayload {
            user: None,
            session: None,
            tokens: None,
            passkey: None,
            recovery_codes: None,
            user_errors: errors.into_iter().map(Into::into).collect(),
        },
    })
}

impl From<AddPasskeyError> for AddPasskeyUserError {
    fn from(error: AddPasskeyError) -> Self {
        use AddPasskeyError as Error;
        use AddPasskeyErrorCode as Code;
        let (code, message, field) = match error {
            Error::ChallengeInvalid => (Code::ChallengeInvalid, CHALLENGE_INVALID, "challenge"),
            Error::CeremonyExpired => (
                Code::CeremonyExpired,
                "The request for the passkey has expired. Try again.",
                "passkey",
            ),
            Error::PasskeyInvalid => (
                Code::PasskeyInvalid,
                "The passkey was not accepted. Try again.",
                "passkey",
            ),
            Error::NotUserVerified => (
                Code::NotUserVerified,
                "The device did not ask for your fingerprint, face or PIN. Set one up on it, or use another device.",
                "passkey",
            ),
            Error::PasskeyTaken => (
                Code::PasskeyTaken,
                "This passkey was added before.",
                "passkey",
            ),
            Error::NameInvalid => (
                Code::NameInvalid,
                "Use 1 to 64 characters that can be displayed.",
                "name",
            ),
            Error::TooMany => (Code::TooMany, TOO_MANY_PASSKEYS, ""),
            Error::PasskeysDisabled => (Code::PasskeysDisabled, PASSKEYS_DISABLED, ""),
        };
        Self::new(code, message, field)
    }
}
