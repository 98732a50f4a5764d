//! Asking a signed-in user for the password again, before a change that an open screen must not allow.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::{User, queries};
use crate::app::App;
use crate::client::Client;
use crate::errors::Refusal;
use crate::passwords::Verdict;
use crate::rate_limits::{Action, LockedOut};
use crate::sessions::Viewer;

/// What is said of a password that is off until it is reset: there is no time to wait for.
const WHILE_OFF: Duration = Duration::from_hours(1);

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
) -> Result<Option<Reauthenticated>, Refusal> {
    let id = viewer.user_id().to_string();
    app.rate_limits
        .charge(Action::PasswordCheck, client, &id)
        .await?;
    let account = queries::find_account(app.db.read(), viewer.user_id())
        .await?
        .filter(|account| account.deletion_scheduled_for.is_none())
        .ok_or(Refusal::Unauthenticated)?;
    let (subject, now) = (app.lockout.account(viewer.user_id()), app.clock.now());
    let who = (&subject, client);
    let locked = |locked: LockedOut| Refusal::RateLimited {
        retry_after: locked
            .until
            .and_then(|until| (until - now).to_std().ok())
            .unwrap_or(WHILE_OFF),
    };
    let checkable = app.lockout.check(app.db.read(), who, now).await?;
    checkable.map_err(locked)?;
    let password = current_password.expose_secret();
    let verdict = app
        .passwords
        .verify(password, Some(&account.password))
        .await?;
    let tx = app.db.begin_write().await?;
    let counted = match verdict {
        Verdict::Correct { .. } => app.lockout.succeed(&tx, who, now).await?,
        Verdict::Incorrect => {
            let failed = app.lockout.fail(&tx, &app.identifiers, who, now).await?;
            failed.map(|_| ())
        }
    };
    counted.map_err(locked)?;
    tx.commit().await?;
    Ok(match verdict {
        Verdict::Correct { .. } => Some(Reauthenticated {
            user: account.user,
            password_version: account.password_version,
        }),
        Verdict::Incorrect => None,
    })
}
