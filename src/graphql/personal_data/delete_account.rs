//! `deleteAccount`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::AccountDeletion;
use crate::personal_data::{self, DeleteAccount, DeleteAccountError, delete_account};

/// What a signed-in user types who wants the account removed.
#[derive(InputObject)]
pub(in crate::graphql) struct DeleteAccountInput {
    /// The current password, exactly.
    current_password: String,
    /// The account's e-mail address, typed out.
    confirmation: String,
}

/// The schedule and the receipt, or what is wrong.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DeleteAccountPayload {
    /// When the account is removed, and the receipt to ask for it later.
    deletion: Option<AccountDeletion>,
    /// What the user has to correct.
    user_errors: Vec<DeleteAccountUserError>,
}

user_error! {
    /// What is wrong with a request to delete the account.
    DeleteAccountUserError(DeleteAccountErrorCode)
}

/// What can be wrong with a request to delete the account.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum DeleteAccountErrorCode {
    /// That is not the current password, or it was changed a moment ago.
    CurrentPasswordIncorrect,
    /// What was typed is not the account's e-mail address.
    ConfirmationMismatch,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: DeleteAccountInput,
) -> Result<DeleteAccountPayload> {
    let viewer = ctx.viewer()?;
    let command = DeleteAccount {
        current_password: input.current_password.into(),
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
            DeleteAccountError::CurrentPasswordIncorrect => Self::new(
                DeleteAccountErrorCode::CurrentPasswordIncorrect,
                "This is not the current password.",
                "currentPassword",
            ),
            DeleteAccountError::ConfirmationMismatch => Self::new(
                DeleteAccountErrorCode::ConfirmationMismatch,
                "This is not the e-mail address of the account.",
                "confirmation",
            ),
        }
    }
}
