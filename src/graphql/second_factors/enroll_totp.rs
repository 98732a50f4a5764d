//! `enrollTotp`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};
use secrecy::ExposeSecret as _;

use crate::accounts::{self, EnrollTotpError, enroll_totp};
use crate::graphql::accounts::sign_in_text::CHALLENGE_INVALID;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::scalars::DateTime;

/// Input for `enrollTotp`.
#[derive(Default, InputObject)]
pub(in crate::graphql) struct EnrollTotpInput {
    /// The `token` of a sign-in that must enroll a factor. Omit it with a session.
    challenge: Option<String>,
}

/// Payload of `enrollTotp`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct EnrollTotpPayload {
    /// What the user adds to the authenticator app. Null if `userErrors` is not empty.
    enrollment: Option<TotpEnrollment>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<EnrollTotpUserError>,
}

/// A secret for an authenticator app. It is never shown again.
#[derive(SimpleObject)]
pub(in crate::graphql) struct TotpEnrollment {
    /// The secret in Base32, for typing.
    secret: String,
    /// The `otpauth://` address, which opens an authenticator app on the same device.
    uri: String,
    /// The QR code of the address: a data URI of an SVG image.
    qr_code: String,
    /// Until when `confirmTotp` accepts its first code.
    expires_at: DateTime,
}

user_error! {
    /// An error of `enrollTotp`.
    EnrollTotpUserError(EnrollTotpErrorCode)
}

/// Error codes of `enrollTotp`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum EnrollTotpErrorCode {
    /// The challenge is invalid, has expired, or is one that a factor completes.
    ChallengeInvalid,
    /// The account's email address must be verified first.
    EmailNotVerified,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: EnrollTotpInput,
) -> Result<EnrollTotpPayload> {
    let viewer = match &input.challenge {
        Some(_) => None,
        None => Some(ctx.viewer()?),
    };
    let caller = (viewer.as_ref(), input.challenge.as_deref());
    let outcome = enroll_totp(ctx.app(), caller, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(started) => EnrollTotpPayload {
            enrollment: Some(started.into()),
            user_errors: Vec::new(),
        },
        Err(errors) => EnrollTotpPayload {
            enrollment: None,
            user_errors: errors.into_iter().map(Into::into).collect(),
        },
    })
}

impl From<accounts::TotpEnrollment> for TotpEnrollment {
    fn from(started: accounts::TotpEnrollment) -> Self {
        let enrollment = started.enrollment;
        Self {
            secret: enrollment.secret.expose_secret().to_owned(),
            uri: enrollment.uri.expose_secret().to_owned(),
            qr_code: enrollment.qr_code.expose_secret().to_owned(),
            expires_at: started.expires_at.into(),
        }
    }
}

impl From<EnrollTotpError> for EnrollTotpUserError {
    fn from(error: EnrollTotpError) -> Self {
        match error {
            EnrollTotpError::ChallengeInvalid => Self::new(
                EnrollTotpErrorCode::ChallengeInvalid,
                CHALLENGE_INVALID,
                "challenge",
            ),
            EnrollTotpError::EmailNotVerified => Self::new(
                EnrollTotpErrorCode::EmailNotVerified,
                "Verify your email address before you set up an authenticator app.",
                "",
            ),
        }
    }
}
