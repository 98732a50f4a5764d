//! Verifies an address with the token of an emailed link.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use super::adopt_registration::adopt_by_link;
use super::links::note_refused_link;
use super::notices::{Notice, notify};
use super::queries::{self, Account};
use super::second_factors::discard_with_event;
use super::{EmailAddress, User, pending_registrations};
use crate::app::App;
use crate::client::Client;
use crate::db::entity::users as table;
use crate::db::{UserId, WriteTransaction, violates};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::factors::void_challenges;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Viewer, end_all, end_others, lock_sessions};
use crate::tokens::{
    OneTimeToken, OneTimeTokenError, Purpose, consume_token, void_tokens, void_tokens_for,
};

/// Why a link is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VerifyEmailError {
    /// The link is rejected; the response does not reveal why.
    Token(OneTimeTokenError),
    /// The link is genuine, but another account has the address by now.
    EmailTaken,
}

use VerifyEmailError as UserError;

/// Verifies a new account's address, or completes a pending email change. `viewer` is the user of the request, if any:
/// when the user's own address changes, only that session stays active.
pub(crate) async fn verify_email(
    app: &App,
    viewer: Option<&Viewer>,
    token: &str,
    client: &Client,
) -> Result<UserResult<User, UserError>, OperationError> {
    let outcome = retry_conflict(&*app.entropy, || follow(app, viewer, token, client)).await?;
    note_refused_link(app, ("verify_email", client), &outcome, |it| match it {
        UserError::Token(error) => Some(error.name()),
        UserError::EmailTaken => None,
    });
    Ok(outcome)
}

async fn follow(
    app: &App,
    viewer: Option<&Viewer>,
    token: &str,
    client: &Client,
) -> Result<UserResult<User, UserError>, OperationError> {
    let now = app.clock.now();
    let invalid = Ok(Err(vec![UserError::Token(OneTimeTokenError::Invalid)]));
    // Before the transaction: a forged link must not delay the one writer.
    let (purpose, token) = match find_verification(app, token, now).await? {
        Ok(found) => found,
        Err(error) => return Ok(Err(vec![UserError::Token(error)])),
    };
    let tx = app.db.begin_write().await?;
    lock_sessions(&*tx, token.user_id, now).await?;
    if !consume_token(&*tx, &token).await? {
        return invalid;
    }
    if purpose == Purpose::VerifyRegistration {
        if !adopt_by_link(app, &tx, &token, now).await? {
            return invalid;
        }
        return finish(app, tx, token.user_id, (now, client)).await;
    }
    let account = queries::find_account(&*tx, token.user_id).await?;
    let Some(account) = account.filter(|account| account.deletion_scheduled_for.is_none()) else {
        return invalid;
    };
    let Ok(address) = token.email.parse::<EmailAddress>() else {
        return invalid;
    };
    if account.pending_email_canonical.as_deref() == Some(address.canonical()) {
        if !change_address(&tx, &account, &address, now).await? {
            return Ok(Err(vec![UserError::EmailTaken]));
        }
        after_change(app, &tx, (&account.user, viewer), &address, (now, client)).await?;
    } else if account.email_canonical == address.canonical() {
        confirm(app, &tx, &account.user, (now, client)).await?;
    } else {
        return invalid;
    }
    let who = (account.user.id, client);
    let remembered = app.lockout.remember_link(&tx, who, &app.identifiers, now);
    remembered.await?;
    let user = queries::find_user(&*tx, account.user.id).await?;
    tx.commit().await?;
    count_completion(app, account.user.email_verified);
    tracing::info!(user = %account.user.id, "email address verified");
    user.map(Ok)
        .ok_or_else(|| InternalError::new("an account vanished under its verification").into())
}

/// Returns the token, for an account's own registration or a further one.
pub(crate) async fn find_verification(
    app: &App,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Result<(Purpose, OneTimeToken), OneTimeTokenError>, InternalError> {
    for purpose in [Purpose::VerifyEmail, Purpose::VerifyRegistration] {
        let tokens = &app.one_time_tokens;
        match tokens.find(app.db.read(), purpose, token, now).await? {
            Ok(token) => return Ok(Ok((purpose, token))),
            Err(OneTimeTokenError::Invalid) => {}
            Err(OneTimeTokenError::Expired) => return Ok(Err(OneTimeTokenError::Expired)),
        }
    }
    Ok(Err(OneTimeTokenError::Invalid))
}

/// Records that the account has become that of the registration whose link was followed.
async fn finish(
    app: &App,
    tx: WriteTransaction,
    user_id: UserId,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<User, UserError>, OperationError> {
    let user = queries::find_user(&*tx, user_id).await?;
    let user =
        user.ok_or_else(|| InternalError::new("an account vanished under its verification"))?;
    record(app, &tx, &user, EventKind::EmailVerified, (now, client)).await?;
    let who = (user_id, client);
    let remembered = app.lockout.remember_link(&tx, who, &app.identifiers, now);
    remembered.await?;
    tx.commit().await?;
    // Only an account that never had a verified address is adopted.
    count_completion(app, false);
    tracing::info!(user = %user_id, "account verified by one of several registrations");
    Ok(Ok(user))
}

/// Counts the registration that the verification of an address has completed, if it has.
pub(super) fn count_completion(app: &App, was_verified: bool) {
    if app.config.accounts.email_verification.is_required() && !was_verified {
        app.metrics.accounts.registrations_completed.inc();
    }
}

async fn confirm(
    app: &App,
    tx: &WriteTransaction,
    user: &User,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    verified(queries::update(user.id), now).exec(&**tx).await?;
    void_tokens(&**tx, user.id, Purpose::VerifyEmail).await?;
    pending_registrations::end_all(&**tx, user.id).await?;
    // Not at the registration, which must take as many statements as that of a taken address.
    if let Some((_, origin)) = security_events::find_registration(&**tx, user.id).await? {
        let place = (user.id, &origin);
        let remembered = app
            .lockout
            .remember_registration(tx, place, &app.identifiers, now);
        remembered.await?;
    }
    record(app, tx, user, EventKind::EmailVerified, (now, client)).await
}

/// Adds to an UPDATE that the address is verified.
pub(super) fn verified(
    update: sea_orm::UpdateMany<table::Entity>,
    now: DateTime<Utc>,
) -> sea_orm::UpdateMany<table::Entity> {
    update
        .col_expr(table::Column::EmailVerifiedAt, Expr::value(now))
        .col_expr(
            table::Column::VerificationDueAt,
            Expr::value(None::<DateTime<Utc>>),
        )
        .col_expr(table::Column::UpdatedAt, Expr::value(now))
}

/// Returns `false` if another account has the address by now.
async fn change_address(
    tx: &WriteTransaction,
    account: &Account,
    address: &EmailAddress,
    now: DateTime<Utc>,
) -> Result<bool, InternalError> {
    let update = queries::update(account.user.id)
        .filter(table::Column::PendingEmailCanonical.eq(address.canonical()))
        .col_expr(table::Column::Email, Expr::value(address.as_typed()))
        .col_expr(
            table::Column::EmailCanonical,
            Expr::value(address.canonical()),
        );
    let update = verified(queries::without_pending(update), now);
    match update.exec(&**tx).await {
        Ok(_) => Ok(true),
        Err(error) if violates(&error, "users.email_canonical") => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Handles the consequences of an email change: earlier sessions and links end, and the old address is informed.
async fn after_change(
    app: &App,
    tx: &WriteTransaction,
    (before, viewer): (&User, Option<&Viewer>),
    address: &EmailAddress,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    let viewer = viewer.filter(|viewer| viewer.user_id() == before.id);
    match viewer {
        Some(viewer) => end_others(&**tx, viewer, now).await?,
        None => end_all(&**tx, before.id, now).await?,
    };
    void_tokens_for(&**tx, before.id, address.as_typed()).await?;
    void_challenges(&**tx, before.id).await?;
    let owner = (before.id, Actor::User(before.id));
    discard_with_event(app, tx, owner, (now, client)).await?;
    record(app, tx, before, EventKind::EmailChanged, (now, client)).await?;
    let notice = Notice::EmailChanged(address.as_typed());
    notify(app, tx, before, notice, (now, client)).await
}

async fn record(
    app: &App,
    tx: &WriteTransaction,
    user: &User,
    kind: EventKind,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    let event = NewEvent {
        user_id: user.id,
        actor: Actor::User(user.id),
        kind,
        session_id: None,
        client,
    };
    Ok(security_events::record(&**tx, &app.identifiers, now, event).await?)
}
