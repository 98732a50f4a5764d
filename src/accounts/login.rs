//! Signs in with a password.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use secrecy::{ExposeSecret, SecretString};

use super::account_state::lock_active;
use super::complete_sign_in::{Completed, SignIn, complete_sign_in};
use super::current_password;
use super::failed_login::record_failure;
use super::identifier::Identifier;
use super::queries::{self, Account, Credentials};
use crate::app::App;
use crate::client::Client;
use crate::db::{PasswordVersion, SessionId, UserId, WriteTransaction};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::lockout::Attempt;
use crate::passwords::{StoredPassword, Verdict};
use crate::rate_limits::Action;
use crate::security_events::EventKind;
use crate::sessions::{Authenticated, Method, lock_sessions};

/// The user's input.
pub(crate) struct Login {
    /// The email address or username.
    pub(crate) identifier: String,
    /// The password.
    pub(crate) password: SecretString,
    /// The session of the request, which the sign-in replaces (ASVS 5.0, 7.2.4).
    pub(crate) replaces: Option<(UserId, SessionId)>,
}

/// Why a sign-in is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoginError {
    /// No such account, or a wrong password: the same response, in the same time.
    InvalidCredentials,
    /// Locked out after too many wrong passwords until this time.
    AccountLocked(DateTime<Utc>),
    /// The password is correct, but the address must be verified first.
    EmailNotVerified,
    /// The password is correct, but the account is scheduled for deletion at this time.
    DeletionPending(DateTime<Utc>),
}

/// Signs in with a password; or returns a challenge if the account has, or must have, a second factor.
pub(crate) async fn login(
    app: &App,
    command: Login,
    client: &Client,
) -> Result<UserResult<Completed, LoginError>, OperationError> {
    let outcome = try_to(app, command, client).await?;
    let name = name_of(&outcome);
    app.metrics.accounts.logins.increment(name);
    if outcome.is_err() {
        tracing::info!(
            reason = name,
            network = client.network(),
            "sign-in rejected"
        );
    }
    Ok(outcome)
}

/// Returns the name of an outcome in log and metrics.
fn name_of(outcome: &UserResult<Completed, LoginError>) -> &'static str {
    match outcome.as_ref().map_err(|errors| errors.first()) {
        Ok(Completed::SignedIn(_)) => "succeeded",
        Ok(Completed::Challenged(_)) => "challenged",
        Err(Some(LoginError::InvalidCredentials) | None) => "invalid_credentials",
        Err(Some(LoginError::AccountLocked(_))) => "account_locked",
        Err(Some(LoginError::EmailNotVerified)) => "email_not_verified",
        Err(Some(LoginError::DeletionPending(_))) => "deletion_pending",
    }
}

async fn try_to(
    app: &App,
    command: Login,
    client: &Client,
) -> Result<UserResult<Completed, LoginError>, OperationError> {
    let identifier = Identifier::read(&command.identifier);
    app.passwords.check_room()?;
    app.rate_limits
        .charge(Action::Login, client, identifier.canonical())
        .await?;
    let found = find(app, &identifier).await?;
    let is_account = found.is_some();
    let outcome = check(app, (command, &identifier), found, client).await;
    if is_account {
        let name = outcome.as_ref().map_or("failed", name_of);
        app.metrics.accounts.account_logins.increment(name);
    }
    outcome
}

async fn check(
    app: &App,
    (command, identifier): (Login, &Identifier),
    found: Option<Credentials>,
    client: &Client,
) -> Result<UserResult<Completed, LoginError>, OperationError> {
    let now = app.clock.now();
    let subject = match &found {
        Some(found) => app.lockout.account(found.account.user.id),
        None => app.lockout.unknown(identifier.canonical()),
    };
    let attempt = app.lockout.attempt(app.db.read(), (subject, client), now);
    let attempt = attempt.await?;
    let who = (&attempt, client);
    if let Err(locked) = attempt.check(app.db.read(), now).await? {
        return Ok(Err(vec![LoginError::AccountLocked(locked.until)]));
    }
    let stored = found.as_ref().and_then(|found| found.password.as_ref());
    let stored = stored.map(|password| &password.stored);
    let password = command.password.expose_secret();
    let name = identifier.canonical();
    let verdict = app.passwords.verify(password, stored, name).await?;
    match (found, verdict) {
        (
            Some(Credentials {
                account,
                password: Some(password),
            }),
            Verdict::Correct { rehashed },
        ) => {
            let known = (account.user.id, &attempt.recognition);
            let is_familiar = app.lockout.is_familiar(app.db.read(), known).await?;
            let verified = Verified {
                account,
                version: password.version,
                rehashed,
                is_familiar,
                replaces: command.replaces,
            };
            retry_conflict(&*app.entropy, || sign_in(app, &verified, who, now)).await
        }
        (found, _) => {
            let account = found.map(|found| found.account);
            Ok(Err(vec![
                retry_conflict(&*app.entropy, || {
                    record_failure(app, account.as_ref(), who, now)
                })
                .await?,
            ]))
        }
    }
}

/// An account whose password was verified.
struct Verified {
    account: Account,
    /// The verified version of the account's password.
    version: PasswordVersion,
    /// Its hash with current parameters, if the stored one has others.
    rehashed: Option<StoredPassword>,
    /// Whether the account was used from such a place before.
    is_familiar: bool,
    replaces: Option<(UserId, SessionId)>,
}

/// A scheduled deletion takes precedence.
fn must_verify(app: &App, account: &Account) -> bool {
    app.config.accounts.email_verification.is_required()
        && !account.user.email_verified
        && account.deletion_scheduled_for.is_none()
}

async fn find(app: &App, identifier: &Identifier) -> Result<Option<Credentials>, InternalError> {
    Ok(match identifier {
        Identifier::Email(email) => {
            queries::find_credentials_by_email(app.db.read(), email.canonical()).await?
        }
        Identifier::Username(username) => {
            queries::find_credentials_by_username(app.db.read(), username.canonical()).await?
        }
        Identifier::Nobodys(_) => None,
    })
}

async fn sign_in(
    app: &App,
    verified: &Verified,
    (attempt, client): (&Attempt, &Client),
    now: DateTime<Utc>,
) -> Result<UserResult<Completed, LoginError>, OperationError> {
    let account = &verified.account;
    let id = account.user.id;
    let tx = app.db.begin_write().await?;
    if let Some((user_id, _)) = verified.replaces {
        lock_sessions(&*tx, user_id, now).await?;
    }
    if let Err(locked) = attempt.succeed(&tx, now).await? {
        return Ok(Err(vec![LoginError::AccountLocked(locked.until)]));
    }
    if must_verify(app, account) {
        tx.commit().await?;
        return Ok(Err(vec![LoginError::EmailNotVerified]));
    }
    // The password that is read next cannot change any more.
    if !lock_active(&*tx, id).await? {
        // The password was correct, so the failures stay cleared.
        tx.commit().await?;
        return Ok(Err(vec![refused_now(app, verified).await?]));
    }
    if !confirm_password(&tx, verified).await? {
        drop(tx);
        return Ok(Err(vec![refused_now(app, verified).await?]));
    }
    let sign_in = SignIn {
        user: &account.user,
        authenticated: Authenticated::by(Method::Password, id, now),
        password: Some(verified.version),
        replaces: verified.replaces,
        recognition: &attempt.recognition,
        is_familiar: verified.is_familiar,
        event: EventKind::LoginSucceeded,
    };
    let completed = complete_sign_in(app, &tx, sign_in, (now, client)).await?;
    tx.commit().await?;
    let method = Method::Password.name();
    match &completed {
        Completed::SignedIn(it) => {
            tracing::info!(user = %id, session = %it.opened.session.id, method, "user signed in");
        }
        Completed::Challenged(_) => tracing::info!(user = %id, method, "second step awaited"),
    }
    Ok(Ok(completed))
}

/// Stores the new hash, if there is one. Returns `false` if the account has another password than the verified one.
async fn confirm_password(tx: &WriteTransaction, verified: &Verified) -> Result<bool, DbErr> {
    let known = (verified.account.user.id, verified.version);
    match &verified.rehashed {
        Some(stored) => current_password::rehash(&**tx, known, stored.clone()).await,
        None => current_password::is_current(&**tx, known).await,
    }
}

/// Returns why a sign-in is rejected although the password was correct when it was verified.
async fn refused_now(app: &App, verified: &Verified) -> Result<LoginError, InternalError> {
    let id = verified.account.user.id;
    let current = queries::find_credentials(app.db.read(), id).await?;
    let current = current.and_then(|current| {
        let scheduled_for = current.account.deletion_scheduled_for?;
        (current.password?.version == verified.version).then_some(scheduled_for)
    });
    Ok(current.map_or(LoginError::InvalidCredentials, LoginError::DeletionPending))
}
