//! Changes the password, after verifying the current one.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use secrecy::{ExposeSecret, SecretString};

use super::current_password::{self, Password};
use super::notices::{Notice, notify};
use super::second_factors::call_off_removal;
use super::{Proof, Reauthenticated, User, queries, verify_proof};
use crate::app::App;
use crate::client::Client;
use crate::db::PasswordVersion;
use crate::db::entity::users as table;
use crate::errors::{OperationError, UserResult, retry_conflict};
use crate::passwords::{PasswordError, ValidPassword};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{OpenedSession, Viewer, confirm_active, end_others, replace_session};
use crate::tokens::{Purpose, void_tokens};

/// The user's input.
pub(crate) struct ChangePassword {
    /// The current password.
    pub(crate) current_password: SecretString,
    /// The new password.
    pub(crate) new_password: SecretString,
    /// Whether to revoke the user's other sessions.
    pub(crate) revoke_other_sessions: bool,
}

/// Why the password is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangePasswordError {
    /// The current password is incorrect, or was changed at the same moment.
    CurrentPasswordIncorrect,
    /// The new password equals the current one.
    Unchanged,
    /// The new password does not meet the policy.
    NewPassword(PasswordError),
}

/// The result of a password change.
pub(crate) struct PasswordChanged {
    /// The user.
    pub(crate) user: User,
    /// The session that replaces the current one.
    pub(crate) opened: OpenedSession,
    /// How many other sessions were revoked.
    pub(crate) revoked_sessions: u64,
}

/// Changes the viewer's password. Of two concurrent changes one wins; the other fails because the current password has
/// changed.
pub(crate) async fn change_password(
    app: &App,
    viewer: &Viewer,
    command: ChangePassword,
    client: &Client,
) -> Result<UserResult<PasswordChanged, ChangePasswordError>, OperationError> {
    let now = app.clock.now();
    let checked = check(app, viewer, &command, client).await?;
    let (known, acceptable) = match checked {
        Ok(checked) => checked,
        Err(errors) => return Ok(Err(errors)),
    };
    let password = Password {
        stored: app.passwords.hash(acceptable).await?,
        version: PasswordVersion(app.identifiers.next(now)),
    };
    let others = command.revoke_other_sessions;
    retry_conflict(&*app.entropy, || {
        store(
            app,
            viewer,
            (&known, password.clone()),
            others,
            (now, client),
        )
    })
    .await
}

/// Stores the new password if the verified one is still the current one.
async fn store(
    app: &App,
    viewer: &Viewer,
    (known, password): (&Reauthenticated, Password),
    revoke_other_sessions: bool,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<PasswordChanged, ChangePasswordError>, OperationError> {
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    let update = queries::update(viewer.user_id())
        .col_expr(table::Column::PasswordChangedAt, Expr::value(now))
        .col_expr(table::Column::UpdatedAt, Expr::value(now));
    let updated = queries::update_user(&*tx, update).await?;
    let (Some(user), true) = (updated, known.is_valid(&*tx).await?) else {
        return Ok(Err(vec![ChangePasswordError::CurrentPasswordIncorrect]));
    };
    current_password::set(&*tx, user.id, password).await?;
    let mut revoked_sessions = 0;
    if revoke_other_sessions {
        revoked_sessions = end_others(&*tx, viewer, now).await?;
    }
    let opened = replace_session(app, &*tx, viewer, client, now).await?;
    let event = NewEvent {
        user_id: viewer.user_id(),
        actor: Actor::User(viewer.user_id()),
        kind: EventKind::PasswordChanged,
        session_id: Some(opened.session.id),
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    // These links were for the old password.
    void_tokens(&*tx, viewer.user_id(), Purpose::ResetPassword).await?;
    void_tokens(&*tx, viewer.user_id(), Purpose::RemoveFactors).await?;
    call_off_removal(app, &tx, (&user, Some(opened.session.id)), (now, client)).await?;
    notify(app, &tx, &user, Notice::PasswordChanged, (now, client)).await?;
    tx.commit().await?;
    tracing::info!(user = %user.id, "password changed");
    Ok(Ok(PasswordChanged {
        user,
        opened,
        revoked_sessions,
    }))
}

/// Checks both passwords and collects all errors.
async fn check(
    app: &App,
    viewer: &Viewer,
    command: &ChangePassword,
    client: &Client,
) -> Result<UserResult<(Reauthenticated, ValidPassword), ChangePasswordError>, OperationError> {
    let proof = Proof::Password(command.current_password.clone());
    let (user, known) = verify_proof(app, viewer, Some(&proof), client).await?;
    let about_user = [Some(user.email), user.username, user.name];
    let new_password = command.new_password.expose_secret();
    let assessed = app
        .password_policy
        .assess(
            &app.passwords,
            new_password,
            about_user.into_iter().flatten().collect(),
        )
        .await?;
    // Equal passwords need no hash, but are reported only to a user who knows the password.
    let current = command.current_password.expose_secret();
    let is_same = known.is_ok() && assessed.as_ref().is_ok_and(|new| new.is(current));
    let mut errors = Vec::new();
    if known.is_err() {
        errors.push(ChangePasswordError::CurrentPasswordIncorrect);
    }
    match (known, assessed) {
        (Ok(known), Ok(acceptable)) if !is_same => return Ok(Ok((known, acceptable))),
        (_, Err(password_error)) => errors.push(ChangePasswordError::NewPassword(password_error)),
        (Ok(_), Ok(_)) => errors.push(ChangePasswordError::Unchanged),
        (Err(_), Ok(_)) => {}
    }
    Ok(Err(errors))
}
