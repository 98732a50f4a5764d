//! Requests the removal of the second factors that a user has lost, during a sign-in that cannot be completed.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;

use super::super::account_state::lock_account;
use super::super::current_password;
use super::super::links::factor_removal_link;
use super::super::notices::{context, recipient};
use super::super::sign_in_state::{Closed, lock_open};
use super::super::{User, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::{UserId, WriteTransaction};
use crate::errors::{OperationError, UserResult, retry_conflict};
use crate::mail::{Content as _, RemoveFactors};
use crate::rate_limits::Action;
use crate::security_events::{self, Actor, EventKind, NewEvent, happened_since};
use crate::tokens::lock_tokens;

/// How long a password must have been in use if it was set with an emailed link. Otherwise a mailbox alone would remove the
/// factors of an account (NIST SP 800-63B-4, section 3.1.3.1).
const PASSWORD_AGE: TimeDelta = TimeDelta::days(30);

/// When to try again if the address got too many emails.
const LATER: Duration = Duration::from_hours(1);

/// Why no link is emailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestFactorRemovalError {
    /// The sign-in is invalid, expired or completed, or its account has no factor.
    ChallengeInvalid,
    /// Factors are not removed by email.
    Disabled,
    /// The password was set with an emailed link not long ago.
    PasswordResetRecently,
    /// The address must be verified first.
    EmailNotVerified,
    /// The account is scheduled for deletion at this time.
    DeletionPending(DateTime<Utc>),
}

use RequestFactorRemovalError as UserError;

impl RequestFactorRemovalError {
    /// Returns the reason code for the log.
    fn name(self) -> &'static str {
        match self {
            Self::ChallengeInvalid => "challenge_invalid",
            Self::Disabled => "disabled",
            Self::PasswordResetRecently => "password_reset_recently",
            Self::EmailNotVerified => "email_not_verified",
            Self::DeletionPending(_) => "deletion_pending",
        }
    }
}

impl From<Closed> for UserError {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Removed => Self::ChallengeInvalid,
            Closed::EmailNotVerified => Self::EmailNotVerified,
            Closed::DeletionPending(time) => Self::DeletionPending(time),
        }
    }
}

/// Emails a link that schedules the removal of every factor of the account whose password the sign-in `challenge` proved.
/// The sign-in can still be completed.
pub(crate) async fn request_factor_removal(
    app: &App,
    challenge: &str,
    client: &Client,
) -> Result<UserResult<(), UserError>, OperationError> {
    let outcome = try_to(app, challenge, client).await?;
    if let Err(errors) = &outcome
        && let Some(error) = errors.first()
    {
        let (reason, network) = (error.name(), client.network());
        tracing::info!(reason, network, "removal of second factors rejected");
    }
    Ok(outcome)
}

async fn try_to(
    app: &App,
    challenge: &str,
    client: &Client,
) -> Result<UserResult<(), UserError>, OperationError> {
    let now = app.clock.now();
    let Some(delay) = app.config.factors.removal_delay else {
        return Ok(Err(vec![UserError::Disabled]));
    };
    let found = app
        .factors
        .find_challenge(app.db.read(), (challenge, client), now)
        .await?;
    let account = match found {
        Some(found) => queries::find_account(app.db.read(), found.user_id).await?,
        None => None,
    };
    let Some(account) = account else {
        return Ok(Err(vec![UserError::ChallengeInvalid]));
    };
    app.rate_limits
        .charge(Action::Mail, client, &account.email_canonical)
        .await?;
    let user_id = account.user.id;
    retry_conflict(&*app.entropy, || {
        request(app, (user_id, challenge), delay, (now, client))
    })
    .await
}

async fn request(
    app: &App,
    (user_id, challenge): (UserId, &str),
    delay: TimeDelta,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<(), UserError>, OperationError> {
    let tx = app.db.begin_write().await?;
    lock_tokens(&*tx, user_id).await?;
    lock_account(&*tx, user_id).await?;
    let Some(account) = queries::find_account(&*tx, user_id).await? else {
        return Ok(Err(vec![UserError::ChallengeInvalid]));
    };
    if let Err(closed) = lock_open(app, &tx, &account).await? {
        return Ok(Err(vec![closed.into()]));
    }
    if !is_proved(app, &tx, (user_id, challenge), (now, client)).await? {
        return Ok(Err(vec![UserError::ChallengeInvalid]));
    }
    let user = &account.user;
    if was_set_by_link(&tx, user, now).await? {
        return Ok(Err(vec![UserError::PasswordResetRecently]));
    }
    let counted = (&*account.email_canonical, RemoveFactors::KIND);
    if !app.mailer.count_for(&tx, counted, now).await? {
        return Err(OperationError::RateLimited { retry_after: LATER });
    }
    let event = NewEvent {
        user_id: user.id,
        actor: Actor::Anonymous,
        kind: EventKind::SecondFactorRemovalRequested,
        session_id: None,
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    let mail = RemoveFactors {
        context: context(now, client),
        delay,
        link: factor_removal_link(app, &tx, user, now).await?,
    };
    app.mailer.post(&tx, now, recipient(user), &mail).await?;
    tx.commit().await?;
    app.metrics.factors.removals.increment("requested");
    tracing::info!(user = %user.id, network = client.network(), "removal of second factors requested");
    Ok(Ok(()))
}

/// Returns whether the sign-in is still valid, and was begun with the current password of an account that has a factor.
/// (Without a factor, it enrolls one.)
async fn is_proved(
    app: &App,
    tx: &WriteTransaction,
    (user_id, challenge): (UserId, &str),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<bool, DbErr> {
    let found = app
        .factors
        .find_challenge(&**tx, (challenge, client), now)
        .await?;
    let proved = found.and_then(|challenge| challenge.password_version);
    let current = current_password::find_version(&**tx, user_id).await?;
    let is_current = proved.is_some() && proved == current;
    Ok(is_current && app.factors.available(&**tx, user_id).await?.any())
}

/// Returns whether the password may have been set with an emailed link in the last [`PASSWORD_AGE`]: it was neither chosen at
/// the registration nor changed in a session, as far as the history goes back.
async fn was_set_by_link(
    tx: &WriteTransaction,
    user: &User,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let since = user.password_changed_at;
    if since < now - PASSWORD_AGE || since == user.created_at {
        return Ok(false);
    }
    let in_session = [EventKind::PasswordChanged];
    Ok(!happened_since(&**tx, user.id, &in_session, since).await?)
}
