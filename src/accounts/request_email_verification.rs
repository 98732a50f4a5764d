//! Requests another verification link.

use super::{EmailAddress, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::UserId;
use crate::errors::{OperationError, UserResult};
use crate::mail::RequestKind;
use crate::rate_limits::Action;
use crate::sessions::Viewer;

/// Why a request is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestEmailVerificationError {
    /// The text is not an email address.
    EmailInvalid,
    /// It is the viewer's own address and already verified.
    AlreadyVerified,
}

use RequestEmailVerificationError as UserError;

/// Emails a link for `email`. The response is the same whether or not it has an account, unless it is the viewer's own
/// or pending address (the pending one if `email` is `None`). Without viewer and address it is
/// [`OperationError::Unauthenticated`].
///
/// A client without a session has not proved to own the account, and anyone can register an address: its link sets a
/// new password. A link that verified the account as it is could give the owner's address to a stranger.
pub(crate) async fn request_email_verification(
    app: &App,
    viewer: Option<&Viewer>,
    email: Option<&str>,
    client: &Client,
) -> Result<UserResult<(), UserError>, OperationError> {
    let address = match email.map(str::parse::<EmailAddress>) {
        Some(Err(_)) => return Ok(Err(vec![UserError::EmailInvalid])),
        Some(Ok(address)) => Some(address),
        None => None,
    };
    let named = address.as_ref().map(EmailAddress::canonical);
    let own = match viewer {
        Some(viewer) => own(app, viewer, named).await?,
        None => None,
    };
    let (target, canonical) = match (own, named) {
        (Some(Own::Verified), _) => return Ok(Err(vec![UserError::AlreadyVerified])),
        (Some(Own::Waiting(id, kind, canonical)), _) => ((Some(id), kind), canonical),
        (None, Some(canonical)) => {
            let owner = queries::owner_of_email(app.db.read(), canonical).await?;
            ((owner, RequestKind::ProveAddress), canonical.to_owned())
        }
        (None, None) => return Err(OperationError::Unauthenticated),
    };
    app.rate_limits
        .charge(Action::Mail, client, &canonical)
        .await?;
    let tx = app.db.begin_write().await?;
    app.mailer
        .request(&tx, app.clock.now(), target, client)
        .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// One of the viewer's addresses.
enum Own {
    /// Already verified.
    Verified,
    /// Waiting for this email.
    Waiting(UserId, RequestKind, String),
}

/// Returns the requested address of the viewer; `None` if `named` belongs to someone else.
async fn own(
    app: &App,
    viewer: &Viewer,
    named: Option<&str>,
) -> Result<Option<Own>, OperationError> {
    let account = queries::find_account(app.db.read(), viewer.user_id())
        .await?
        .ok_or(OperationError::Unauthenticated)?;
    let id = account.user.id;
    Ok(match (account.pending_email_canonical, named) {
        (Some(pending), None) => Some(Own::Waiting(id, RequestKind::VerifyPendingEmail, pending)),
        (Some(pending), Some(named)) if pending == named => {
            Some(Own::Waiting(id, RequestKind::VerifyPendingEmail, pending))
        }
        (_, Some(named)) if named != account.email_canonical => None,
        _ if account.user.email_verified => Some(Own::Verified),
        _ => Some(Own::Waiting(
            id,
            RequestKind::VerifyEmail,
            account.email_canonical,
        )),
    })
}
