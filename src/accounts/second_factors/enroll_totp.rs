//! Begins to set up an authenticator app.

use chrono::{DateTime, Utc};

use super::enrollment::Place;
use crate::app::App;
use crate::client::Client;
use crate::errors::{OperationError, UserResult, retry_conflict};
use crate::factors::Enrollment;
use crate::rate_limits::Action;
use crate::sessions::Viewer;

/// Why an authenticator app is not set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnrollTotpError {
    /// The challenge is invalid, or does not enroll.
    ChallengeInvalid,
    /// The address must be verified first.
    EmailNotVerified,
}

/// A secret that is being set up, shown once.
pub(crate) struct TotpEnrollment {
    /// The secret in its forms.
    pub(crate) enrollment: Enrollment,
    /// Until when it can be confirmed.
    pub(crate) expires_at: DateTime<Utc>,
}

/// Creates a secret for the viewer's account, or for that of a sign-in that must enroll a factor. An app in use works until
/// the new one is confirmed.
pub(crate) async fn enroll_totp(
    app: &App,
    caller: (Option<&Viewer>, Option<&str>),
    client: &Client,
) -> Result<UserResult<TotpEnrollment, EnrollTotpError>, OperationError> {
    let Some(place) = Place::find(app, caller, client).await? else {
        return Ok(Err(vec![EnrollTotpError::ChallengeInvalid]));
    };
    let Some(user) = place.verified_user(app).await? else {
        return Ok(Err(vec![EnrollTotpError::EmailNotVerified]));
    };
    place.require_recent(app).await?;
    app.rate_limits
        .charge_account(Action::Profile, client, &user.id.to_string())
        .await?;
    let now = app.clock.now();
    retry_conflict(&*app.entropy, async || {
        let tx = app.db.begin_write().await?;
        if !place.lock_to_start(app, &tx, now).await? {
            return Ok(Err(vec![EnrollTotpError::ChallengeInvalid]));
        }
        let owner = (user.id, user.email.as_str(), place.id());
        let started = app.factors.start_app(&*tx, &*app.entropy, owner, now);
        let (enrollment, expires_at) = started.await?;
        tx.commit().await?;
        Ok(Ok(TotpEnrollment {
            enrollment,
            expires_at,
        }))
    })
    .await
}
