//! Asking a signed-in user for the password again, before a change that an open screen must not allow.

use secrecy::{ExposeSecret, SecretString};

use super::{User, queries};
use crate::app::App;
use crate::client::Client;
use crate::errors::Refusal;
use crate::passwords::Verdict;
use crate::rate_limits::Action;
use crate::sessions::Viewer;

/// Proof that the viewer knows the current password: which one that was, so that the change can be made
/// conditional on its still being so.
pub(crate) struct Reauthenticated {
    /// The viewer's account, as it was when the password was checked.
    pub(crate) user: User,
    pub(super) password_version: i32,
}

/// Checks the viewer's current password; `None` when it is another one.
pub(crate) async fn reauthenticate(
    app: &App,
    viewer: &Viewer,
    current_password: &SecretString,
    client: &Client,
) -> Result<Option<Reauthenticated>, Refusal> {
    let id = viewer.user_id().to_string();
    app.rate_limits.charge(Action::PasswordCheck, client, &id)?;
    let account = queries::find_account(app.db.read(), viewer.user_id())
        .await?
        .filter(|account| account.deletion_scheduled_for.is_none())
        .ok_or(Refusal::Unauthenticated)?;
    let verdict = app
        .passwords
        .verify(current_password.expose_secret(), Some(&account.password))
        .await?;
    Ok(match verdict {
        Verdict::Correct { .. } => Some(Reauthenticated {
            user: account.user,
            password_version: account.password_version,
        }),
        Verdict::Incorrect => None,
    })
}
