//! `regenerateRecoveryCodes`

use async_graphql::{Context, Enum, Result, SimpleObject};

use crate::accounts::regenerate_recovery_codes;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;

/// Payload of `regenerateRecoveryCodes`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RegenerateRecoveryCodesPayload {
    /// The new recovery codes. They are never shown again. Null if `userErrors` is not empty.
    recovery_codes: Option<Vec<String>>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<RegenerateRecoveryCodesUserError>,
}

user_error! {
    /// An error of `regenerateRecoveryCodes`.
    RegenerateRecoveryCodesUserError(RegenerateRecoveryCodesErrorCode)
}

/// Error codes of `regenerateRecoveryCodes`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RegenerateRecoveryCodesErrorCode {
    /// The account has no second factor. Recovery codes come with the first one.
    NoSecondFactor,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
) -> Result<RegenerateRecoveryCodesPayload> {
    let viewer = ctx.viewer()?;
    let codes = regenerate_recovery_codes(ctx.app(), &viewer, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    let error = codes.is_none().then(|| {
        RegenerateRecoveryCodesUserError::new(
            RegenerateRecoveryCodesErrorCode::NoSecondFactor,
            "Set up an authenticator app or a passkey first. Recovery codes come with it.",
            "",
        )
    });
    Ok(RegenerateRecoveryCodesPayload {
        recovery_codes: codes.map(|codes| codes.iter().map(|it| it.expose().to_owned()).collect()),
        user_errors: error.into_iter().collect(),
    })
}
