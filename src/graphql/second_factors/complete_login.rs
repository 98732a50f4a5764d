//! `completeLogin`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use super::factor_text::{factor_text, field_of, retry_at};
use super::proof::{ProofFields, one_proof};
use crate::accounts::{CompleteLoginError, FactorError, FactorProof, SignedIn, complete_login};
use crate::graphql::TokenDelivery;
use crate::graphql::accounts::sign_in_text::{
    CHALLENGE_INVALID, EMAIL_NOT_VERIFIED, deletion_pending,
};
use crate::graphql::context::ContextExt;
use crate::graphql::objects::{AuthTokens, Session, User};
use crate::graphql::scalars::{DateTime, Json};

/// Input for `completeLogin`. Exactly one proof; otherwise the response is `BAD_REQUEST`.
#[derive(InputObject)]
pub(in crate::graphql) struct CompleteLoginInput {
    /// The `token` of the challenge.
    challenge: String,
    /// The code that the authenticator app shows: six digits.
    totp_code: Option<String>,
    /// One of the recovery codes. Case, spaces and hyphens are ignored.
    recovery_code: Option<String>,
    /// What `navigator.credentials.get()` returned for `passkeyOptions`, by `toJSON()`.
    passkey: Option<Json>,
    /// The `deviceToken` of the most recent sign-in on this device, if any. Omit it in cookie mode.
    device_token: Option<String>,
}

/// Payload of `completeLogin`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CompleteLoginPayload {
    /// The user who signed in. Null if `userErrors` is not empty.
    user: Option<User>,
    /// The new session. Null if `userErrors` is not empty.
    session: Option<Session>,
    /// The tokens of the new session. Null in cookie mode or if `userErrors` is not empty.
    tokens: Option<AuthTokens>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<CompleteLoginUserError>,
}

/// An error of `completeLogin`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CompleteLoginUserError {
    /// Identifies the error. Handle errors by this value, not by `message`.
    pub(in crate::graphql) code: CompleteLoginErrorCode,
    /// An English sentence for the user. Translate by `code`.
    pub(in crate::graphql) message: String,
    /// The path of the input field that is invalid, such as `["passkey"]`. Null if the error concerns no single field.
    pub(in crate::graphql) field: Option<Vec<String>>,
    /// When codes are accepted again. Set with `SECOND_FACTOR_LOCKED`, unless another kind of factor must be used.
    retry_at: Option<DateTime>,
}

impl CompleteLoginUserError {
    fn new(code: CompleteLoginErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: None,
            retry_at: None,
        }
    }
}

/// Error codes of `completeLogin`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum CompleteLoginErrorCode {
    /// The challenge is invalid, has expired, was completed, or is void: after 5 wrong codes, or because the password, the
    /// address or the factors of the account changed. Sign in again.
    ChallengeInvalid,
    /// The code is not correct.
    CodeInvalid,
    /// The code is correct, but was used before. Wait for the next one.
    CodeAlreadyUsed,
    /// The passkey is not the account's, or the browser's answer is invalid.
    PasskeyInvalid,
    /// Too many wrong codes were submitted. Gatehouse checks no further code from this device or network until `retryAt`;
    /// if that is null, none of the authenticator app at all: use a passkey or a recovery code.
    SecondFactorLocked,
    /// The account's email address is not verified.
    EmailNotVerified,
    /// The account is scheduled for deletion.
    DeletionPending,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: CompleteLoginInput,
) -> Result<CompleteLoginPayload> {
    let fields = ProofFields {
        totp_code: input.totp_code,
        recovery_code: input.recovery_code,
        passkey: input.passkey,
    };
    let [proof] = &*fields.into_proofs() else {
        return Err(ctx.refuse(one_proof("totpCode, recoveryCode or passkey")));
    };
    let device_token = input.device_token.map(Into::into);
    let client = ctx.request().client.with_device(device_token);
    let outcome = complete_login(ctx.app(), (&input.challenge, proof), &client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(signed_in) => CompleteLoginPayload::signed_in(signed_in, &ctx.request().delivery),
        Err(errors) => CompleteLoginPayload {
            user: None,
            session: None,
            tokens: None,
            user_errors: errors.into_iter().map(|error| of(error, proof)).collect(),
        },
    })
}

impl CompleteLoginPayload {
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

fn of(error: CompleteLoginError, proof: &FactorProof) -> CompleteLoginUserError {
    use CompleteLoginErrorCode as Code;
    match error {
        CompleteLoginError::ChallengeInvalid => {
            CompleteLoginUserError::new(Code::ChallengeInvalid, CHALLENGE_INVALID)
        }
        CompleteLoginError::Factor(error) => {
            let code = match error {
                FactorError::CodeInvalid => Code::CodeInvalid,
                FactorError::CodeAlreadyUsed => Code::CodeAlreadyUsed,
                // Its options are valid for as long as the challenge.
                FactorError::PasskeyInvalid | FactorError::CeremonyExpired => Code::PasskeyInvalid,
                FactorError::Locked(_) => Code::SecondFactorLocked,
            };
            let field = field_of(error, proof);
            CompleteLoginUserError {
                field: (!field.is_empty()).then(|| vec![field.to_owned()]),
                retry_at: retry_at(error),
                ..CompleteLoginUserError::new(code, factor_text(error))
            }
        }
        CompleteLoginError::EmailNotVerified => {
            CompleteLoginUserError::new(Code::EmailNotVerified, EMAIL_NOT_VERIFIED)
        }
        CompleteLoginError::DeletionPending(time) => {
            CompleteLoginUserError::new(Code::DeletionPending, deletion_pending(time))
        }
    }
}
