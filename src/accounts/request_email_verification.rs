//! Asking for another verification link.

use super::{EmailAddress, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::UserId;
use crate::errors::{OperationError, UserResult};
use crate::mail::RequestKind;
use crate::rate_limits::Action;
use crate::sessions::Viewer;

/// What can be wrong with the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestEmailVerificationError {
    /// It is no email address.
    EmailInvalid,
    /// It is the viewer's own and verified.
    AlreadyVerified,
}

use RequestEmailVerificationError as UserError;

/// Mails a link for `email`, and says the same whether or not that has an account. For the viewer's own or
/// pending address (the pending one when none is named) it says more. Without viewer and address it is
/// [`OperationError::Unauthenticated`].
///
/// Whoever is not signed in has not shown that the account is theirs, and anybody can register an address: their
/// link takes a new password. A link that verified the account as it is could hand the address to a stranger.
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

/// An address of the viewer's.
enum Own {
    /// It is verified.
    Verified,
    /// It waits for this mail.
    Waiting(UserId, RequestKind, String),
}

/// The viewer's address that is meant; `None` when `named` is none of theirs.
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
