//! Sets a new password with the token of an emailed link.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use secrecy::{ExposeSecret, SecretString};

use super::adopt_registration::clear_profile;
use super::current_password::{self, Password};
use super::links::note_refused_link;
use super::notices::{Notice, notify};
use super::queries::{self, Account};
use super::second_factors::call_off_removal;
use super::verify_email::{count_completion, verified};
use super::{EmailAddress, User, pending_registrations};
use crate::app::App;
use crate::client::Client;
use crate::config::EmailVerification;
use crate::db::entity::users as table;
use crate::db::{PasswordVersion, WriteTransaction};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::factors::remove_all;
use crate::lockout::{clear, forget_devices};
use crate::passwords::{PasswordError, ValidPassword};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{end_all, lock_sessions};
use crate::tokens::{
    OneTimeToken, OneTimeTokenError, Purpose, consume_token, void_tokens_after_reset,
};

/// Why a reset is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResetPasswordError {
    /// The link is rejected; the response does not reveal why.
    Token(OneTimeTokenError),
    /// The new password does not meet the policy.
    NewPassword(PasswordError),
}

use ResetPasswordError as UserError;

/// Sets a new password. Revokes every session, invalidates every other link to the account's address, and cancels a
/// pending email change. Does not sign the user in. Receiving the link also verifies the address.
pub(crate) async fn reset_password(
    app: &App,
    token: &str,
    new_password: &SecretString,
    client: &Client,
) -> Result<UserResult<User, UserError>, OperationError> {
    let outcome = follow(app, token, new_password, client).await?;
    note_refused_link(app, ("reset_password", client), &outcome, |it| match it {
        UserError::Token(error) => Some(error.name()),
        UserError::NewPassword(_) => None,
    });
    Ok(outcome)
}

async fn follow(
    app: &App,
    token: &str,
    new_password: &SecretString,
    client: &Client,
) -> Result<UserResult<User, UserError>, OperationError> {
    let now = app.clock.now();
    app.passwords.check_room()?;
    let (token, acceptable) = match check(app, token, new_password, now).await? {
        Ok(checked) => checked,
        Err(errors) => return Ok(Err(errors)),
    };
    let password = Password {
        stored: app.passwords.hash(acceptable).await?,
        version: PasswordVersion(app.identifiers.next(now)),
    };
    retry_conflict(&*app.entropy, || {
        store(app, &token, password.clone(), (now, client))
    })
    .await
}

/// Stores the new password if the link was not used meanwhile.
async fn store(
    app: &App,
    token: &OneTimeToken,
    password: Password,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<User, UserError>, OperationError> {
    let tx = app.db.begin_write().await?;
    let invalid = Ok(Err(vec![UserError::Token(OneTimeTokenError::Invalid)]));
    lock_sessions(&*tx, token.user_id, now).await?;
    if !consume_token(&*tx, token).await? {
        return invalid;
    }
    let Some(account) = queries::find_account(&*tx, token.user_id).await? else {
        return invalid;
    };
    // Before the account, in the lock order of a sign-in.
    clear(&*tx, &app.lockout.account(token.user_id)).await?;
    if !update(&tx, token, now).await? {
        return invalid;
    }
    current_password::set(&*tx, token.user_id, password).await?;
    if !account.user.email_verified {
        // Earlier users of the account did not own the address.
        forget_devices(&*tx, token.user_id).await?;
        // They were set up while verification was off, perhaps by a stranger who registered the address. While it is off, most
        // owners are unverified, and a stolen mailbox must not remove their factors.
        if app.config.accounts.email_verification != EmailVerification::Off {
            remove_all(&*tx, token.user_id).await?;
        }
    }
    let who = (token.user_id, client);
    let remembered = app.lockout.remember_link(&tx, who, &app.identifiers, now);
    remembered.await?;
    end_all(&*tx, token.user_id, now).await?;
    void_tokens_after_reset(&*tx, token.user_id, &account.user.email).await?;
    let contested = pending_registrations::end_all(&*tx, token.user_id).await? > 0;
    if contested && !account.user.email_verified {
        clear_profile(&tx, &account).await?;
    }
    call_off_removal(app, &tx, (&account.user, None), (now, client)).await?;
    tell(app, &tx, &account, (now, client)).await?;
    let user = queries::find_user(&*tx, token.user_id).await?;
    tx.commit().await?;
    count_completion(app, account.user.email_verified);
    count_duration(app, token, now);
    tracing::info!(user = %token.user_id, "password reset");
    user.map(Ok)
        .ok_or_else(|| InternalError::new("an account vanished under its reset").into())
}

/// Measures the time since the link was issued.
fn count_duration(app: &App, token: &OneTimeToken, now: DateTime<Utc>) {
    if let Some(issued_at) = token.id.issued_at() {
        let took = (now - issued_at).as_seconds_f64().max(0.0);
        app.metrics.accounts.password_reset_seconds.observe(took);
    }
}

/// Checks the link and the password and collects all errors. Of a password without a valid link, only checks that need
/// no strength estimate.
async fn check(
    app: &App,
    token: &str,
    new_password: &SecretString,
    now: DateTime<Utc>,
) -> Result<UserResult<(OneTimeToken, ValidPassword), UserError>, OperationError> {
    let found = app
        .one_time_tokens
        .find(app.db.read(), Purpose::ResetPassword, token, now)
        .await?;
    let password = new_password.expose_secret();
    let token = match found {
        Ok(token) => token,
        // Only a valid link may use the threads that estimate and hash: anyone can send this request, and it has no
        // rate limit.
        Err(error) => {
            let cheaply = app.password_policy.violation(password);
            let errors = [UserError::Token(error)].into_iter();
            return Ok(Err(errors
                .chain(cheaply.map(UserError::NewPassword))
                .collect()));
        }
    };
    let user = queries::find_user(app.db.read(), token.user_id).await?;
    let about_user = user
        .into_iter()
        .flat_map(|user| [Some(user.email), user.username, user.name])
        .flatten()
        .collect();
    let assessed = app
        .password_policy
        .assess(&app.passwords, password, about_user)
        .await?;
    Ok(assessed
        .map(|acceptable| (token, acceptable))
        .map_err(|password_error| vec![UserError::NewPassword(password_error)]))
}

/// Returns `false` if the account has another address than the link's, or is scheduled for deletion.
async fn update(
    tx: &WriteTransaction,
    token: &OneTimeToken,
    now: DateTime<Utc>,
) -> Result<bool, InternalError> {
    let Ok(address) = token.email.parse::<EmailAddress>() else {
        return Ok(false);
    };
    let update = queries::update(token.user_id)
        .filter(table::Column::EmailCanonical.eq(address.canonical()))
        .col_expr(table::Column::PasswordChangedAt, Expr::value(now));
    let update = verified(queries::without_pending(update), now);
    Ok(update.exec(&**tx).await?.rows_affected == 1)
}

async fn tell(
    app: &App,
    tx: &WriteTransaction,
    before: &Account,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    let user = &before.user;
    let verified = (!user.email_verified).then_some(EventKind::EmailVerified);
    for kind in [Some(EventKind::PasswordReset), verified]
        .into_iter()
        .flatten()
    {
        let event = NewEvent {
            user_id: user.id,
            actor: Actor::User(user.id),
            kind,
            session_id: None,
            client,
        };
        security_events::record(&**tx, &app.identifiers, now, event).await?;
    }
    notify(app, tx, user, Notice::PasswordChanged, (now, client)).await
}
