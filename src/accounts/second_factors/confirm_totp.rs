//! Confirms an authenticator app with its first code.

use chrono::{DateTime, Utc};

use super::enrollment::{Enrolled, NewFactor, Place, finish};
use crate::app::App;
use crate::client::Client;
use crate::db::FactorId;
use crate::errors::{OperationError, UserResult, retry_conflict};
use crate::factors::Confirmation;
use crate::mail::FactorName;
use crate::rate_limits::Action;
use crate::sessions::{Method, Viewer};

/// Why an authenticator app is not confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConfirmTotpError {
    /// The challenge is invalid, or does not enroll.
    ChallengeInvalid,
    /// No app is being set up here, or no longer.
    EnrollmentExpired,
    /// The code is wrong.
    CodeInvalid,
}

use ConfirmTotpError as UserError;

/// Puts the app that is being set up into use, in place of an earlier one. Wrong codes are only limited in rate:
/// the client was just shown the secret.
pub(crate) async fn confirm_totp(
    app: &App,
    caller: (Option<&Viewer>, Option<&str>),
    code: &str,
    client: &Client,
) -> Result<UserResult<Enrolled, ConfirmTotpError>, OperationError> {
    let Some(place) = Place::find(app, caller, client).await? else {
        return Ok(Err(vec![UserError::ChallengeInvalid]));
    };
    let user_id = place.user_id();
    app.rate_limits
        .charge(Action::SecondFactor, client, &user_id.to_string())
        .await?;
    let now = app.clock.now();
    let owner = (user_id, place.id());
    let checked = app
        .factors
        .check_pending(app.db.read(), owner, code, now)
        .await?;
    let confirmation = match checked {
        None => return Ok(Err(vec![UserError::EnrollmentExpired])),
        Some(None) => return Ok(Err(vec![UserError::CodeInvalid])),
        Some(Some(confirmation)) => confirmation,
    };
    retry_conflict(&*app.entropy, || {
        confirm(app, &place, &confirmation, (now, client))
    })
    .await
}

async fn confirm(
    app: &App,
    place: &Place,
    confirmation: &Confirmation,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<Enrolled, UserError>, OperationError> {
    let tx = app.db.begin_write().await?;
    let Some(had) = place.lock(app, &tx, now).await? else {
        return Ok(Err(vec![UserError::ChallengeInvalid]));
    };
    let user_id = place.user_id();
    let id = FactorId(app.identifiers.next(now));
    let confirmed = app
        .factors
        .confirm_app(&*tx, (user_id, id), confirmation, now);
    if !confirmed.await? {
        return Ok(Err(vec![UserError::EnrollmentExpired]));
    }
    let new = NewFactor {
        method: Method::Totp,
        name: FactorName::Totp,
    };
    let enrolled = finish(app, &tx, (place, had), &new, (now, client)).await?;
    tx.commit().await?;
    tracing::info!(user = %user_id, "authenticator app added");
    Ok(Ok(enrolled))
}
