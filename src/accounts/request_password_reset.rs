//! Requests a password reset.

use super::{EmailAddress, queries};
use crate::app::App;
use crate::client::Client;
use crate::errors::{OperationError, UserResult};
use crate::mail::RequestKind;
use crate::rate_limits::Action;

/// Why a request is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestPasswordResetError {
    /// The text is not an email address.
    EmailInvalid,
}

/// Emails a link if `email` has an account. The work and the response are the same if it has none; a worker finds out.
/// The email goes to the stored address.
pub(crate) async fn request_password_reset(
    app: &App,
    email: &str,
    client: &Client,
) -> Result<UserResult<(), RequestPasswordResetError>, OperationError> {
    let Ok(address) = email.parse::<EmailAddress>() else {
        return Ok(Err(vec![RequestPasswordResetError::EmailInvalid]));
    };
    app.rate_limits
        .charge(Action::Mail, client, address.canonical())
        .await?;
    let owner = queries::owner_of_email(app.db.read(), address.canonical()).await?;
    let tx = app.db.begin_write().await?;
    let target = (owner, RequestKind::ResetPassword);
    app.mailer
        .request(&tx, app.clock.now(), target, client)
        .await?;
    tx.commit().await?;
    Ok(Ok(()))
}
