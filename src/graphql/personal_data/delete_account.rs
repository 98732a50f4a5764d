//! `deleteAccount`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::Proof;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::AccountDeletion;
use crate::personal_data::{self, DeleteAccount, DeleteAccountError, delete_account};

/// Input for `deleteAccount`.
#[derive(InputObject)]
pub(in crate::graphql) struct DeleteAccountInput {
    /// The user's current password, exactly as typed. If it is left out, the mutation returns `CURRENT_PASSWORD_REQUIRED`.
    /// With a second factor, a recent authentication is required instead; a password that is sent must still be correct.
    current_password: Option<String>,
    /// The account's email address, typed by the user. Case is ignored.
    confirmation: String,
}

/// Payload of `deleteAccount`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DeleteAccountPayload {
    /// The scheduled deletion, with its receipt. Null if `userErrors` is not empty.
    deletion: Option<AccountDeletion>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<DeleteAccountUserError>,
}

user_error! {
    /// An error of `deleteAccount`.
    DeleteAccountUserError(DeleteAccountErrorCode)
}

/// Error codes of `deleteAccount`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum DeleteAccountErrorCode {
    /// `currentPassword` was left out.
    CurrentPasswordRequired,
    /// `currentPassword` is not the current password, or the password was changed at the same moment.
    CurrentPasswordIncorrect,
    /// `confirmation` is not the account's email address.
    ConfirmationMismatch,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: DeleteAccountInput,
) -> Result<DeleteAccountPayload> {
    let viewer = ctx.viewer()?;
    let command = DeleteAccount {
        proof: Proof::from_input(input.current_password),
        confirmation: input.confirmation,
    };
    let outcome = delete_account(ctx.app(), &viewer, command, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(deletion) => {
            ctx.request().delivery.clear();
            deletion.into()
        }
        Err(errors) => DeleteAccountPayload::refused(errors.into_iter().map(Into::into).collect()),
    })
}

impl From<personal_data::AccountDeletion> for DeleteAccountPayload {
    fn from(deletion: personal_data::AccountDeletion) -> Self {
        Self {
            deletion: Some(deletion.into()),
            user_errors: Vec::new(),
        }
    }
}

impl DeleteAccountPayload {
    fn refused(user_errors: Vec<DeleteAccountUserError>) -> Self {
        Self {
            deletion: None,
            user_errors,
        }
    }
}

impl From<DeleteAccountError> for DeleteAccountUserError {
    fn from(error: DeleteAccountError) -> Self {
        match error {
            DeleteAccountError::CurrentPasswordRequired => Self::new(
                DeleteAccountErrorCode::CurrentPasswordRequired,
                "Enter your current password.",
                "currentPassword",
            ),
            DeleteAccountError::CurrentPasswordIncorrect => Self::new(
                DeleteAccountErrorCode::CurrentPasswordIncorrect,
                "This is not your current password. Try again.",
                "currentPassword",
            ),
            DeleteAccountError::ConfirmationMismatch => Self::new(
                DeleteAccountErrorCode::ConfirmationMismatch,
                "This is not the email address of your account.",
                "confirmation",
            ),
        }
    }
}
