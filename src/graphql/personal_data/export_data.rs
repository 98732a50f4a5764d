//! `exportData`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::Proof;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::scalars::Json;
use crate::personal_data::{ExportDataError, export_data};

/// Input for `exportData`.
#[derive(InputObject)]
pub(in crate::graphql) struct ExportDataInput {
    /// The user's current password, exactly as typed. If it is left out, the mutation returns `CURRENT_PASSWORD_REQUIRED`.
    /// With a second factor, a recent authentication is required instead; a password that is sent must still be correct.
    current_password: Option<String>,
}

/// Payload of `exportData`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ExportDataPayload {
    /// The account, sessions, security events, links and emails of the user, without password hashes and tokens. Null
    /// if `userErrors` is not empty.
    export: Option<Json>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<ExportDataUserError>,
}

user_error! {
    /// An error of `exportData`.
    ExportDataUserError(ExportDataErrorCode)
}

/// Error codes of `exportData`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ExportDataErrorCode {
    /// `currentPassword` was left out.
    CurrentPasswordRequired,
    /// `currentPassword` is not the current password, or the password was changed at the same moment.
    CurrentPasswordIncorrect,
    /// The data exceeds 16 MiB. The operator of the service can export it with `gatehouse export`.
    ExportTooLarge,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: ExportDataInput,
) -> Result<ExportDataPayload> {
    let viewer = ctx.viewer()?;
    let proof = Proof::from_input(input.current_password);
    let client = &ctx.request().client;
    let outcome = export_data(ctx.app(), &viewer, proof, client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(export) => ExportDataPayload {
            export: Some(export.into()),
            user_errors: Vec::new(),
        },
        Err(errors) => ExportDataPayload::refused(errors.into_iter().map(Into::into).collect()),
    })
}

impl ExportDataPayload {
    fn refused(user_errors: Vec<ExportDataUserError>) -> Self {
        Self {
            export: None,
            user_errors,
        }
    }
}

impl From<ExportDataError> for ExportDataUserError {
    fn from(error: ExportDataError) -> Self {
        use ExportDataErrorCode as Code;
        match error {
            ExportDataError::CurrentPasswordRequired => Self::new(
                Code::CurrentPasswordRequired,
                "Enter your current password.",
                "currentPassword",
            ),
            ExportDataError::CurrentPasswordIncorrect => Self::new(
                Code::CurrentPasswordIncorrect,
                "This is not your current password. Try again.",
                "currentPassword",
            ),
            ExportDataError::TooLarge => Self::new(
                Code::ExportTooLarge,
                "Your data exceeds the download limit of 16 MiB. Ask the operator of this service for an export (`gatehouse export`).",
                "",
            ),
        }
    }
}
