//! A credential that a signed-in user proves again, before a change that an unattended screen must not allow.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use secrecy::{ExposeSecret, SecretString};

use super::queries::{self, Credentials};
use super::second_factors::require_recent;
use super::{User, current_password};
use crate::app::App;
use crate::client::Client;
use crate::db::{PasswordVersion, UserId};
use crate::errors::{InternalError, OperationError, retry_conflict};
use crate::lockout::{Attempt, LockedOut};
use crate::mail::RequestKind;
use crate::passwords::{StoredPassword, Verdict};
use crate::rate_limits::Action;
use crate::sessions::Viewer;

/// A credential that a signed-in user proves again.
pub(crate) enum Proof {
    /// The current password.
    Password(SecretString),
}

impl Proof {
    /// Returns the proof in an input whose fields are all optional; `None` if it contains none.
    pub(crate) fn from_input(current_password: Option<String>) -> Option<Self> {
        current_password.map(|password| Self::Password(password.into()))
    }
}

/// Why a proof is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProofError {
    /// No proof was submitted.
    Required,
    /// The current password is incorrect.
    PasswordIncorrect,
}

/// The credential that the viewer has proved, so that the change can depend on its validity.
pub(crate) struct Reauthenticated {
    user_id: UserId,
    /// The password that was verified; `None` if the session is recent.
    version: Option<PasswordVersion>,
}

impl Reauthenticated {
    /// Returns whether the credential is still valid. Call it in the transaction of the change, after an UPDATE of the
    /// account.
    pub(crate) async fn is_valid(&self, db: &impl ConnectionTrait) -> Result<bool, DbErr> {
        match self.version {
            Some(version) => current_password::is_current(db, (self.user_id, version)).await,
            None => Ok(true),
        }
    }
}

/// Verifies the viewer's `proof` before a sensitive change. If the account has a second factor, the session must be recent,
/// which replaces the password: it may be missing, but not wrong. Returns the account with the result.
pub(crate) async fn verify_proof(
    app: &App,
    viewer: &Viewer,
    proof: Option<&Proof>,
    client: &Client,
) -> Result<(User, Result<Reauthenticated, ProofError>), OperationError> {
    let user_id = viewer.user_id();
    let available = app.factors.available(app.db.read(), user_id).await?;
    if available.any() {
        require_recent(app, viewer, available, app.clock.now())?;
        if proof.is_none() {
            app.rate_limits
                .charge(Action::PasswordCheck, client, &user_id.to_string())
                .await?;
            let account = queries::find_account(app.db.read(), user_id).await?;
            let account = account
                .filter(|account| account.deletion_scheduled_for.is_none())
                .ok_or(OperationError::Unauthenticated)?;
            let known = Reauthenticated {
                user_id,
                version: None,
            };
            return Ok((account.user, Ok(known)));
        }
    }
    verify_password(app, viewer, proof, client).await
}

/// Verifies the viewer's `proof`. Returns the account with the result, so that the caller need not read it again. Wrong
/// passwords are counted towards the lockout, as at sign-in.
pub(super) async fn verify_password(
    app: &App,
    viewer: &Viewer,
    proof: Option<&Proof>,
    client: &Client,
) -> Result<(User, Result<Reauthenticated, ProofError>), OperationError> {
    let user_id = viewer.user_id();
    if proof.is_some() {
        app.passwords.check_room()?;
        app.rate_limits
            .charge(Action::PasswordCheck, client, &user_id.to_string())
            .await?;
    }
    let Credentials { account, password } = queries::find_credentials(app.db.read(), user_id)
        .await?
        .filter(|found| found.account.deletion_scheduled_for.is_none())
        .ok_or(OperationError::Unauthenticated)?;
    let Some(Proof::Password(typed)) = proof else {
        return Ok((account.user, Err(ProofError::Required)));
    };
    let now = app.clock.now();
    let stored = password.as_ref().map(|password| &password.stored);
    let checked = check(app, viewer, (typed, stored), (now, client)).await?;
    let outcome = match &checked {
        Ok(true) => "correct",
        Ok(false) => "incorrect",
        Err(_) => "account_locked",
    };
    app.metrics.sessions.password_checks.increment(outcome);
    if !matches!(checked, Ok(true)) {
        let network = client.network();
        tracing::info!(reason = outcome, user = %user_id, network, "password check rejected");
    }
    let is_correct = checked.map_err(|locked| OperationError::RateLimited {
        retry_after: (locked.until - now).to_std().unwrap_or_default(),
    })?;
    let known = password.filter(|_| is_correct).map(|it| Reauthenticated {
        user_id,
        version: Some(it.version),
    });
    Ok((account.user, known.ok_or(ProofError::PasswordIncorrect)))
}

async fn check(
    app: &App,
    viewer: &Viewer,
    (typed, stored): (&SecretString, Option<&StoredPassword>),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Result<bool, LockedOut>, OperationError> {
    let who = (app.lockout.account(viewer.user_id()), client);
    let attempt = app.lockout.attempt(app.db.read(), who, now).await?;
    // A stolen session does not help to guess passwords faster, and an owner is never treated as a stranger.
    let attempt = attempt.within_session();
    if let Err(locked) = attempt.check(app.db.read(), now).await? {
        return Ok(Err(locked));
    }
    let name = viewer.user_id().to_string();
    let typed = typed.expose_secret();
    let verdict = app.passwords.verify(typed, stored, &name).await?;
    let is_correct = matches!(verdict, Verdict::Correct { .. });
    let counted = retry_conflict(&*app.entropy, || {
        record(app, viewer, (&attempt, is_correct), (now, client))
    })
    .await?;
    Ok(counted.map(|()| is_correct))
}

/// Records the attempt and its outcome.
async fn record(
    app: &App,
    viewer: &Viewer,
    (attempt, is_correct): (&Attempt, bool),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Result<(), LockedOut>, InternalError> {
    let tx = app.db.begin_write().await?;
    let mut locks = false;
    let counted = if is_correct {
        attempt.succeed(&tx, now).await?
    } else {
        let failed = attempt.fail(&tx, &app.identifiers, now).await?;
        if failed.is_ok_and(|failure| failure.alerts) {
            let mail = (Some(viewer.user_id()), RequestKind::SignInsFailing);
            app.mailer.request(&tx, now, mail, client).await?;
        }
        failed.map(|failure| locks = failure.locks)
    };
    if counted.is_ok() {
        tx.commit().await?;
    }
    if locks {
        app.metrics.accounts.lockouts.inc();
    }
    Ok(counted)
}
