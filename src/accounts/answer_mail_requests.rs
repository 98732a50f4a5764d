//! Writes requested emails without revealing whether there is a recipient. Called by a worker.

use super::User;
use super::account_state::lock_account;
use super::links::{reset_link, verification_link};
use super::notices::{Notice, context, notify, recipient};
use super::queries::{self, Account};
use super::verification_mails::{prove_address, verify_email, verify_registrations};
use crate::app::App;
use crate::db::WriteTransaction;
use crate::errors::{InternalError, caught, retry_conflict};
use crate::mail::{
    AddressInUse, ConfirmNewEmail, Content, MailRequest, Recipient, RequestKind, ResetPassword,
    SignInsFailing, list_requests, take_request,
};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::tokens::lock_tokens;

/// How many requests are read at once.
const BATCH: u64 = 100;

/// Handles all requests. A failure is logged, does not delay the others, and is retried at the next turn.
pub(crate) async fn answer_mail_requests(app: &App) -> Result<(), InternalError> {
    let mut failed = Vec::new();
    loop {
        let requests = list_requests(app.db.read(), &failed, BATCH).await?;
        if requests.is_empty() {
            return Ok(());
        }
        for request in &requests {
            if let Err(error) = caught(retry_conflict(&*app.entropy, || answer(app, request))).await
            {
                tracing::error!(request = %request.id, %error, "email request failed");
                failed.push(request.id);
            }
        }
    }
}

/// Handles one request in a separate transaction. Sends nothing for an account that is removed or scheduled for
/// deletion.
async fn answer(app: &App, request: &MailRequest) -> Result<(), InternalError> {
    let tx = app.db.begin_write().await?;
    if let Some(id) = request.user_id {
        // In the order in which an account is removed, and before the count of its address, which is the last lock.
        lock_tokens(&*tx, id).await?;
        lock_account(&*tx, id).await?;
    }
    if !take_request(&*tx, request.id).await? {
        return Ok(());
    }
    let account = match request.user_id {
        Some(id) => queries::find_account(&*tx, id).await?,
        None => None,
    };
    let mut resets_password = false;
    if let Some(account) = account.filter(|account| account.deletion_scheduled_for.is_none()) {
        resets_password = write(app, &tx, request, &account).await?;
    }
    tx.commit().await?;
    if resets_password {
        app.metrics.accounts.password_resets_requested.inc();
    }
    Ok(())
}

/// Writes the requested email. Returns whether it has a link to reset the password that its reader requested.
async fn write(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    account: &Account,
) -> Result<bool, InternalError> {
    let user = &account.user;
    let when = (request.requested_at, &request.client);
    match request.kind {
        RequestKind::ResetPassword => return reset_password(app, tx, request, account).await,
        RequestKind::VerifyEmail | RequestKind::ProveAddress if user.email_verified => Ok(()),
        RequestKind::VerifyEmail => verify_email(app, tx, account).await,
        RequestKind::ProveAddress => prove_address(app, tx, account).await,
        RequestKind::VerifyRegistration if user.email_verified => {
            address_in_use(app, tx, request, account).await
        }
        RequestKind::VerifyRegistration => verify_registrations(app, tx, account).await,
        RequestKind::VerifyPendingEmail => confirm_new_email(app, tx, request, account).await,
        RequestKind::TokenReused => notify(app, tx, user, Notice::TokenReused, when).await,
        RequestKind::SecondStepFailed => {
            notify(app, tx, user, Notice::SecondStepFailed, when).await
        }
        RequestKind::AddressInUse => address_in_use(app, tx, request, account).await,
        RequestKind::SignInsFailing => sign_ins_failing(app, tx, request, account).await,
    }
    .map(|()| false)
}

/// Returns whether a stranger may cause one more email of kind `C` to the address with this canonical form. Checked
/// before a link is created: an email that is not written must not invalidate the links of earlier ones.
pub(super) async fn may_cause<C: Content>(
    app: &App,
    tx: &WriteTransaction,
    canonical: &str,
) -> Result<bool, InternalError> {
    let counted = app
        .mailer
        .count_for(tx, (canonical, C::KIND), app.clock.now());
    Ok(counted.await?)
}

async fn reset_password(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    account: &Account,
) -> Result<bool, InternalError> {
    if !may_cause::<ResetPassword>(app, tx, &account.email_canonical).await? {
        return Ok(false);
    }
    let (user, now) = (&account.user, app.clock.now());
    let event = NewEvent {
        user_id: user.id,
        actor: Actor::Anonymous,
        kind: EventKind::PasswordResetRequested,
        session_id: None,
        client: &request.client,
    };
    security_events::record(&**tx, &app.identifiers, request.requested_at, event).await?;
    let mail = ResetPassword {
        context: context(request.requested_at, &request.client),
        link: reset_link(app, tx, user, now).await?,
    };
    app.mailer.post(tx, now, recipient(user), &mail).await?;
    Ok(true)
}

/// Emails the new address of a pending change. If another account has it by now, that owner is informed instead.
async fn confirm_new_email(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    account: &Account,
) -> Result<(), InternalError> {
    let now = app.clock.now();
    let user = &account.user;
    let (Some(address), Some(canonical)) = (&user.pending_email, &account.pending_email_canonical)
    else {
        return Ok(());
    };
    let owner = queries::find_by_email(&**tx, canonical).await?;
    let owner = owner.filter(|owner| owner.user.id != user.id);
    let counted = match &owner {
        Some(_) => may_cause::<AddressInUse>(app, tx, canonical).await?,
        None => may_cause::<ConfirmNewEmail>(app, tx, canonical).await?,
    };
    if !counted {
        return Ok(());
    }
    // Created in any case: the listed links of an account must not reveal whether the address is taken.
    let link = verification_link(app, tx, (user, address), now).await?;
    if let Some(owner) = owner {
        return post_address_in_use(app, tx, request, &owner.user).await;
    }
    let mail = ConfirmNewEmail {
        context: context(request.requested_at, &request.client),
        link,
    };
    let to = Recipient {
        address,
        ..recipient(user)
    };
    app.mailer.post(tx, now, to, &mail).await
}

async fn address_in_use(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    owner: &Account,
) -> Result<(), InternalError> {
    if !may_cause::<AddressInUse>(app, tx, &owner.email_canonical).await? {
        return Ok(());
    }
    post_address_in_use(app, tx, request, &owner.user).await
}

async fn post_address_in_use(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    owner: &User,
) -> Result<(), InternalError> {
    let now = app.clock.now();
    let mail = AddressInUse {
        context: context(request.requested_at, &request.client),
    };
    app.mailer.post(tx, now, recipient(owner), &mail).await
}

/// Callers ensure that it is sent at most once a day.
async fn sign_ins_failing(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    owner: &Account,
) -> Result<(), InternalError> {
    if !may_cause::<SignInsFailing>(app, tx, &owner.email_canonical).await? {
        return Ok(());
    }
    let mail = SignInsFailing {
        context: context(request.requested_at, &request.client),
    };
    let now = app.clock.now();
    app.mailer
        .post(tx, now, recipient(&owner.user), &mail)
        .await
}
