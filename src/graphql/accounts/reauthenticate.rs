//! `reauthenticate`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{
    Credential, FactorError, Proof, ReauthenticateError, Renewed, reauthenticate,
};
use crate::graphql::TokenDelivery;
use crate::graphql::context::ContextExt;
use crate::graphql::objects::{AuthTokens, Session};
use crate::graphql::scalars::{DateTime, Json};
use crate::graphql::second_factors::proof::{ProofFields, one_proof};
use crate::graphql::second_factors::{factor_text, field_of, retry_at};

/// Input for `reauthenticate`. Exactly one proof; otherwise the response is `BAD_REQUEST`.
#[derive(InputObject)]
pub(in crate::graphql) struct ReauthenticateInput {
    /// The user's current password, exactly as typed. Not enough for an account with a second factor.
    current_password: Option<String>,
    /// The code that the authenticator app shows: six digits.
    totp_code: Option<String>,
    /// One of the recovery codes. Case, spaces and hyphens are ignored.
    recovery_code: Option<String>,
    /// What `navigator.credentials.get()` returned for the options of `startPasskey`, by `toJSON()`.
    passkey: Option<Json>,
}

/// Payload of `reauthenticate`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ReauthenticatePayload {
    /// The new session, which replaces the current one. Null if `userErrors` is not empty.
    session: Option<Session>,
    /// The tokens of the new session. Null in cookie mode or if `userErrors` is not empty.
    tokens: Option<AuthTokens>,
    /// Until when the authentication is recent (`GATEHOUSE_STEP_UP_TTL`). Null if `userErrors` is not empty.
    valid_until: Option<DateTime>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<ReauthenticateUserError>,
}

/// An error of `reauthenticate`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ReauthenticateUserError {
    /// Identifies the error. Handle errors by this value, not by `message`.
    pub(in crate::graphql) code: ReauthenticateErrorCode,
    /// An English sentence for the user. Translate by `code`.
    pub(in crate::graphql) message: String,
    /// The path of the input field that is invalid, such as `["totpCode"]`. Null if the error concerns no single field.
    pub(in crate::graphql) field: Option<Vec<String>>,
    /// When codes are accepted again. Set with `SECOND_FACTOR_LOCKED`, unless another kind of factor must be used.
    retry_at: Option<DateTime>,
}

impl ReauthenticateUserError {
    /// Creates an error about the input field `field`, or about no single field if `field` is empty.
    fn new(code: ReauthenticateErrorCode, message: &str, field: &str) -> Self {
        Self {
            code,
            message: message.to_owned(),
            field: (!field.is_empty()).then(|| vec![field.to_owned()]),
            retry_at: None,
        }
    }
}

/// Error codes of `reauthenticate`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ReauthenticateErrorCode {
    /// `currentPassword` is not the current password, or the password was changed at the same moment.
    CurrentPasswordIncorrect,
    /// The account has a second factor. Prove that instead of the password.
    SecondFactorRequired,
    /// The code is not correct.
    CodeInvalid,
    /// The code is correct, but was used before. Wait for the next one.
    CodeAlreadyUsed,
    /// The passkey is not the account's, or the browser's answer is invalid.
    PasskeyInvalid,
    /// The options of the passkey have expired. Fetch new ones with `startPasskey`.
    CeremonyExpired,
    /// Too many wrong codes were submitted. Gatehouse checks no further code from this device or network until `retryAt`;
    /// if that is null, none of the authenticator app at all: use a passkey or a recovery code.
    SecondFactorLocked,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: ReauthenticateInput,
) -> Result<ReauthenticatePayload> {
    let viewer = ctx.viewer()?;
    let fields = ProofFields {
        totp_code: input.totp_code,
        recovery_code: input.recovery_code,
        passkey: input.passkey,
    };
    let password = Proof::from_input(input.current_password).map(Credential::Password);
    let factors = fields.into_proofs().into_iter().map(Credential::Factor);
    let proofs: Vec<Credential> = password.into_iter().chain(factors).collect();
    let [credential] = &*proofs else {
        let fields = "currentPassword, totpCode, recoveryCode or passkey";
        return Err(ctx.refuse(one_proof(fields)));
    };
    let outcome = reauthenticate(ctx.app(), &viewer, credential, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(renewed) => ReauthenticatePayload::renewed(renewed, &ctx.request().delivery),
        Err(errors) => ReauthenticatePayload {
            session: None,
            tokens: None,
            valid_until: None,
            user_errors: errors
                .into_iter()
                .map(|error| of(error, credential))
                .collect(),
        },
    })
}

impl ReauthenticatePayload {
    fn renewed(renewed: Renewed, delivery: &TokenDelivery) -> Self {
        let viewer = renewed.opened.viewer();
        Self {
            session: Some(Session::new(renewed.opened.session, &viewer)),
            tokens: delivery.deliver(renewed.opened.tokens),
            valid_until: Some(renewed.recent_until.into()),
            user_errors: Vec::new(),
        }
    }
}

fn of(error: ReauthenticateError, credential: &Credential) -> ReauthenticateUserError {
    use ReauthenticateErrorCode as Code;
    match error {
        ReauthenticateError::PasswordIncorrect => ReauthenticateUserError::new(
            Code::CurrentPasswordIncorrect,
            "This is not your current password. Try again.",
            "currentPassword",
        ),
        ReauthenticateError::SecondFactorRequired => ReauthenticateUserError::new(
            Code::SecondFactorRequired,
            "Your account has a second factor. Prove that instead of your password.",
            "currentPassword",
        ),
        ReauthenticateError::Factor(error) => {
            let code = match error {
                FactorError::CodeInvalid => Code::CodeInvalid,
                FactorError::CodeAlreadyUsed => Code::CodeAlreadyUsed,
                FactorError::PasskeyInvalid => Code::PasskeyInvalid,
                FactorError::CeremonyExpired => Code::CeremonyExpired,
                FactorError::Locked(_) => Code::SecondFactorLocked,
            };
            let field = match credential {
                Credential::Factor(proof) => field_of(error, proof),
                Credential::Password(_) => "",
            };
            ReauthenticateUserError {
                retry_at: retry_at(error),
                ..ReauthenticateUserError::new(code, factor_text(error), field)
            }
        }
    }
}
