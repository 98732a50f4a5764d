//! Checks whether an emailed link still works, before a page shows a form for it.
//!
//! Reads only: consumes no token, acquires no lock, and reveals nothing about the account.

use super::cancel_account_deletion::{CancelAccountDeletionError, find_pending};
use crate::accounts::{find_verification, note_refused_link};
use crate::app::App;
use crate::client::Client;
use crate::errors::{InternalError, OperationError, UserResult};
use crate::tokens::{OneTimeTokenError, Purpose};

/// The operation that a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkPurpose {
    /// `verifyEmail`
    VerifyEmail,
    /// `resetPassword`
    ResetPassword,
    /// `cancelAccountDeletion`
    CancelAccountDeletion,
    /// `secureAccount`
    SecureAccount,
    /// `confirmFactorRemoval`
    RemoveFactors,
}

/// Returns the error of the link that holds `token`, as the operation of `purpose` would return it at this moment.
pub(crate) async fn check_link(
    app: &App,
    (purpose, token): (LinkPurpose, &str),
    client: &Client,
) -> Result<UserResult<(), OneTimeTokenError>, OperationError> {
    let fault = match purpose {
        LinkPurpose::VerifyEmail => {
            let now = app.clock.now();
            find_verification(app, token, now).await?.err()
        }
        LinkPurpose::ResetPassword => fault(app, Purpose::ResetPassword, token).await?,
        LinkPurpose::SecureAccount => fault(app, Purpose::SecureAccount, token).await?,
        LinkPurpose::RemoveFactors if app.config.factors.removal_delay.is_none() => {
            Some(OneTimeTokenError::Invalid)
        }
        LinkPurpose::RemoveFactors => fault(app, Purpose::RemoveFactors, token).await?,
        LinkPurpose::CancelAccountDeletion => {
            find_pending(app, token)
                .await?
                .err()
                .map(|error| match error {
                    CancelAccountDeletionError::Invalid => OneTimeTokenError::Invalid,
                    CancelAccountDeletionError::TooLate => OneTimeTokenError::Expired,
                })
        }
    };
    let outcome = fault.map_or(Ok(()), |fault| Err(vec![fault]));
    note_refused_link(app, ("check", client), &outcome, |it| Some(it.name()));
    Ok(outcome)
}

async fn fault(
    app: &App,
    purpose: Purpose,
    token: &str,
) -> Result<Option<OneTimeTokenError>, InternalError> {
    let now = app.clock.now();
    let tokens = &app.one_time_tokens;
    Ok(tokens.find(app.db.read(), purpose, token, now).await?.err())
}
