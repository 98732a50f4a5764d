//! Asking a signed-in user for the password again, before a change that an open screen must not allow.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::{User, queries};
use crate::app::App;
use crate::client::Client;
use crate::errors::{InternalError, OperationError, retry_conflict};
use crate::mail::RequestKind;
use crate::metrics::count;
use crate::passwords::Verdict;
use crate::rate_limits::{Action, Attempt, LockedOut};
use crate::sessions::Viewer;

/// Proof that the viewer knows the current password: which one that was, so that the change can be made
/// conditional on its still being so.
pub(crate) struct Reauthenticated {
    /// The viewer's account, as it was when the password was checked.
    pub(crate) user: User,
    pub(super) password_version: i32,
}

/// Checks the viewer's current password; `None` when it is another one. Wrong ones count as at signing in.
pub(crate) async fn reauthenticate(
    app: &App,
    viewer: &Viewer,
    current_password: &SecretString,
    client: &Client,
) -> Result<Option<Reauthenticated>, OperationError> {
    let (user, network) = (viewer.user_id(), client.network());
    app.rate_limits
        .charge(Action::PasswordCheck, client, &user.to_string())
        .await?;
    let now = app.clock.now();
    let checked = check(app, viewer, current_password, (now, client)).await?;
    let outcome = match &checked {
        Ok(Some(_)) => "correct",
        Ok(None) => "incorrect",
        Err(_) => "account_locked",
    };
    count(&app.metrics.password_checks, outcome);
    if !matches!(checked, Ok(Some(_))) {
        tracing::info!(reason = outcome, %user, network, "password check refused");
    }
    checked.map_err(|locked| OperationError::RateLimited {
        retry_after: (locked.until - now).to_std().unwrap_or_default(),
    })
}

async fn check(
    app: &App,
    viewer: &Viewer,
    current_password: &SecretString,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Result<Option<Reauthenticated>, LockedOut>, OperationError> {
    let account = queries::find_account(app.db.read(), viewer.user_id())
        .await?
        .filter(|account| account.deletion_scheduled_for.is_none())
        .ok_or(OperationError::Unauthenticated)?;
    let who = (app.lockout.account(viewer.user_id()), client);
    let attempt = app.lockout.attempt(app.db.read(), who, now).await?;
    // A stolen session guesses no faster than anybody, and an owner is no stranger wherever they go.
    let attempt = attempt.within_session();
    if let Err(locked) = attempt.check(app.db.read(), now).await? {
        return Ok(Err(locked));
    }
    let password = current_password.expose_secret();
    let verdict = app
        .passwords
        .verify(
            password,
            Some(&account.password),
            &viewer.user_id().to_string(),
        )
        .await?;
    let is_correct = matches!(verdict, Verdict::Correct { .. });
    let counted =
        retry_conflict(|| record(app, viewer, (&attempt, is_correct), (now, client))).await?;
    if let Err(locked) = counted {
        return Ok(Err(locked));
    }
    Ok(Ok(is_correct.then_some(Reauthenticated {
        user: account.user,
        password_version: account.password_version,
    })))
}

/// Records the attempt, whatever came of it.
async fn record(
    app: &App,
    viewer: &Viewer,
    (attempt, is_correct): (&Attempt, bool),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Result<(), LockedOut>, InternalError> {
    let tx = app.db.begin_write().await?;
    let counted = if is_correct {
        attempt.succeed(&tx, now).await?
    } else {
        let failed = attempt.fail(&tx, &app.identifiers, now).await?;
        if failed.is_ok_and(|failure| failure.alerts) {
            let mail = (Some(viewer.user_id()), RequestKind::SignInsFailing);
            app.mailer.request(&tx, now, mail, client).await?;
        }
        failed.map(|_| ())
    };
    if counted.is_ok() {
        tx.commit().await?;
    }
    Ok(counted)
}
