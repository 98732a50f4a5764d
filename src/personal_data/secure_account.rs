//! The link "This was not me" of every notice.

use chrono::{DateTime, Utc};

use super::cancel_account_deletion::{call_off_of, is_pending};
use super::inventory::forget;
use crate::accounts::{
    Secured, adopt_next, discard_with_event, find_squatter, is_still_unverified, keep,
    note_refused_link, recipient, reset_link, secure,
};
use crate::app::App;
use crate::client::Client;
use crate::db::{OneTimeTokenId, WriteTransaction};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::factors::remove_since;
use crate::lockout::forget_devices;
use crate::mail::RestoreAccess;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{end_all, lock_sessions};
use crate::tokens::{
    Effect, OneTimeToken, OneTimeTokenError, Purpose, consume_token, oldest_token, void_tokens_for,
    void_tokens_since,
};

/// How often a deletion may be requested again while it is canceled.
const TRIES: u32 = 3;

/// Revokes every session and disables the password until it is reset with a link that is emailed at once. Reverts what
/// the notice reported: an email change (before or after it took effect, with everything after it), a deletion, or an
/// account whose address was never verified, which is removed. Returns how many sessions were revoked.
pub(crate) async fn secure_account(
    app: &App,
    token: &str,
    client: &Client,
) -> Result<UserResult<u64, OneTimeTokenError>, OperationError> {
    let outcome = follow(app, token, client).await?;
    note_refused_link(app, ("secure_account", client), &outcome, |it| {
        Some(it.name())
    });
    Ok(outcome)
}

async fn follow(
    app: &App,
    token: &str,
    client: &Client,
) -> Result<UserResult<u64, OneTimeTokenError>, OperationError> {
    let now = app.clock.now();
    // Before the transaction: a forged link must not delay the one writer.
    let found = app
        .one_time_tokens
        .find(app.db.read(), Purpose::SecureAccount, token, now)
        .await?;
    let token = match found {
        Ok(token) => token,
        Err(error) => return Ok(Err(vec![error])),
    };
    for _ in 0..TRIES {
        let taken_back = retry_conflict(&*app.entropy, || take_back(app, &token, (now, client)));
        if let Some(outcome) = taken_back.await? {
            return Ok(outcome);
        }
    }
    Err(InternalError::new("deletions are requested as fast as they are called off").into())
}

/// Returns `None` if a deletion was requested between the first read and the locks: it has to be locked first.
async fn take_back(
    app: &App,
    token: &OneTimeToken,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Option<UserResult<u64, OneTimeTokenError>>, OperationError> {
    let tx = app.db.begin_write().await?;
    // The deletion first, as the worker that completes it does. A rollback also undoes this.
    let called_off = call_off_of(&*tx, token.user_id, now).await?;
    lock_sessions(&*tx, token.user_id, now).await?;
    if !called_off && is_pending(&*tx, token.user_id).await? {
        return Ok(None);
    }
    if !consume_token(&*tx, token).await? {
        return Ok(Some(Err(vec![OneTimeTokenError::Invalid])));
    }
    let removes = token.effect == Some(Effect::RemoveAccount);
    if removes && is_still_unverified(&*tx, token.user_id).await? {
        let ended = end_all(&*tx, token.user_id, now).await?;
        if adopt_next(app, &tx, token.user_id, now).await? {
            tx.commit().await?;
            tracing::info!(user = %token.user_id, "registration removed: the owner of its address rejected it");
            return Ok(Some(Ok(ended)));
        }
        forget(app, &tx, token.user_id).await?;
        tx.commit().await?;
        tracing::info!(user = %token.user_id, "account removed: the owner of its address rejected it");
        return Ok(Some(Ok(ended)));
    }
    if called_off {
        keep(&*tx, token.user_id).await?;
    }
    if let Some(squatter) = find_squatter(&*tx, token).await? {
        forget(app, &tx, squatter).await?;
        tracing::info!(user = %squatter, "account removed: its address was restored to another account");
    }
    let Some(secured) = secure(&*tx, token, now).await? else {
        return Ok(Some(Err(vec![OneTimeTokenError::Invalid])));
    };
    let ended = end_all(&*tx, token.user_id, now).await?;
    forget_devices(&*tx, token.user_id).await?;
    // From the oldest notice on whose link still works, because the other links are voided here. Older factors stay, so that
    // a stolen mailbox does not remove them.
    let oldest = oldest_token(&*tx, token.user_id, Purpose::SecureAccount, now).await?;
    let since = [oldest, Some(token.id)].into_iter().flatten().min();
    if let Some(since) = since.and_then(OneTimeTokenId::issued_at) {
        // The link of a scheduled removal of factors may be older than that of any other notice.
        let oldest = app.config.mail.secure_account_ttl + app.config.mail.retry_for;
        let since = since.max(now - oldest);
        remove_since(&*tx, token.user_id, since).await?;
    }
    void(&tx, token, &secured).await?;
    let owner = (token.user_id, Actor::User(token.user_id));
    discard_with_event(app, &tx, owner, (now, client)).await?;
    record(app, &tx, (&secured, called_off), (now, client)).await?;
    if !secured.address_lost {
        let mail = RestoreAccess {
            restored_address: secured.restored_address,
            called_off_deletion: called_off,
            link: reset_link(app, &tx, &secured.user, now).await?,
        };
        let to = recipient(&secured.user);
        app.mailer.post(&tx, now, to, &mail).await?;
    }
    tx.commit().await?;
    tracing::warn!(user = %token.user_id, "account secured, password disabled");
    Ok(Some(Ok(ended)))
}

/// Of the links sent before, only those remain that restore an address to an even earlier owner.
async fn void(
    tx: &WriteTransaction,
    token: &OneTimeToken,
    secured: &Secured,
) -> Result<(), InternalError> {
    if token.effect == Some(Effect::RestoreAddress) {
        void_tokens_since(&**tx, token).await?;
    }
    Ok(void_tokens_for(&**tx, token.user_id, &secured.user.email).await?)
}

async fn record(
    app: &App,
    tx: &WriteTransaction,
    (secured, called_off): (&Secured, bool),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    let address = secured.restored_address;
    let kinds = [
        Some(EventKind::AccountSecured),
        address.then_some(EventKind::EmailChanged),
        called_off.then_some(EventKind::DeletionCancelled),
    ];
    for kind in kinds.into_iter().flatten() {
        let event = NewEvent {
            user_id: secured.user.id,
            actor: Actor::User(secured.user.id),
            kind,
            session_id: None,
            client,
        };
        security_events::record(&**tx, &app.identifiers, now, event).await?;
    }
    Ok(())
}
