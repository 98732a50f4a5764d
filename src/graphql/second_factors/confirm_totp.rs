//! `confirmTotp`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use super::enrolled::EnrolledFields;
use crate::accounts::{ConfirmTotpError, confirm_totp};
use crate::graphql::accounts::sign_in_text::CHALLENGE_INVALID;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Session, User};

/// Input for `confirmTotp`.
#[derive(InputObject)]
pub(in crate::graphql) struct ConfirmTotpInput {
    /// The `token` of a sign-in that must enroll a factor. Omit it with a session.
    challenge: Option<String>,
    /// The code that the authenticator app shows for the secret of `enrollTotp`: six digits.
    code: String,
}

/// Payload of `confirmTotp`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ConfirmTotpPayload {
    /// The user. Null if `userErrors` is not empty.
    user: Option<User>,
    /// The new session, which replaces the current one or completes the sign-in. Null if `userErrors` is not empty.
    session: Option<Session>,
    /// The tokens of the new session. Null in cookie mode or if `userErrors` is not empty.
    tokens: Option<AuthTokens>,
    /// The recovery codes, with the first factor of the account. They are never shown again. Null otherwise.
    recovery_codes: Option<Vec<String>>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<ConfirmTotpUserError>,
}

user_error! {
    /// An error of `confirmTotp`.
    ConfirmTotpUserError(ConfirmTotpErrorCode)
}

/// Error codes of `confirmTotp`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ConfirmTotpErrorCode {
    /// The challenge is invalid, has expired, or is one that a factor completes.
    ChallengeInvalid,
    /// No secret is being set up in this session or sign-in, or no longer. Call `enrollTotp` again.
    EnrollmentExpired,
    /// The code is not correct. The secret stays valid.
    CodeInvalid,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: ConfirmTotpInput,
) -> Result<ConfirmTotpPayload> {
    let viewer = match &input.challenge {
        Some(_) => None,
        None => Some(ctx.viewer()?),
    };
    let caller = (viewer.as_ref(), input.challenge.as_deref());
    let outcome = confirm_totp(ctx.app(), caller, &input.code, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(enrolled) => {
            let fields = EnrolledFields::new(enrolled, &ctx.request().delivery);
            ConfirmTotpPayload {
                user: Some(fields.user),
                session: Some(fields.session),
                tokens: fields.tokens,
                recovery_codes: fields.recovery_codes,
                user_errors: Vec::new(),
            }
        }
        Err(errors) => ConfirmTotpPayload {
            user: None,
            session: None,
            tokens: None,
            recovery_codes: None,
            user_errors: errors.into_iter().map(Into::into).collect(),
        },
    })
}

impl From<ConfirmTotpError> for ConfirmTotpUserError {
    fn from(error: ConfirmTotpError) -> Self {
        use ConfirmTotpErrorCode as Code;
        match error {
            ConfirmTotpError::ChallengeInvalid => {
                Self::new(Code::ChallengeInvalid, CHALLENGE_INVALID, "challenge")
            }
            ConfirmTotpError::EnrollmentExpired => Self::new(
                Code::EnrollmentExpired,
                "The time to confirm the authenticator app is over. Start again.",
                "",
            ),
            ConfirmTotpError::CodeInvalid => Self::new(
                Code::CodeInvalid,
                "This code is not correct. Check it and the clock of your device, and try again.",
                "code",
            ),
        }
    }
}
