//! `reauthenticate`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{Proof, ProofError, Renewed, reauthenticate};
use crate::errors::OperationError;
use crate::graphql::TokenDelivery;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Session};
use crate::graphql::scalars::DateTime;

/// Input for `reauthenticate`. Exactly one proof; otherwise the response is `BAD_REQUEST`.
#[derive(InputObject)]
pub(in crate::graphql) struct ReauthenticateInput {
    /// The user's current password, exactly as typed.
    current_password: Option<String>,
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

user_error! {
    /// An error of `reauthenticate`.
    ReauthenticateUserError(ReauthenticateErrorCode)
}

/// Error codes of `reauthenticate`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ReauthenticateErrorCode {
    /// `currentPassword` is not the current password, or the password was changed at the same moment.
    CurrentPasswordIncorrect,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: ReauthenticateInput,
) -> Result<ReauthenticatePayload> {
    let viewer = ctx.viewer()?;
    let proof = Proof::from_input(input.current_password).ok_or_else(|| ctx.refuse(required()))?;
    let outcome = reauthenticate(ctx.app(), &viewer, &proof, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    match outcome {
        Ok(renewed) => Ok(ReauthenticatePayload::renewed(
            renewed,
            &ctx.request().delivery,
        )),
        Err(errors) if errors.contains(&ProofError::Required) => Err(ctx.refuse(required())),
        Err(_) => Ok(ReauthenticatePayload::rejected()),
    }
}

fn required() -> OperationError {
    OperationError::BadRequest("Send one proof: currentPassword.".into())
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

    fn rejected() -> Self {
        let error = ReauthenticateUserError::new(
            ReauthenticateErrorCode::CurrentPasswordIncorrect,
            "This is not your current password. Try again.",
            "currentPassword",
        );
        Self {
            session: None,
            tokens: None,
            valid_until: None,
            user_errors: vec![error],
        }
    }
}
