//! Writing the mails that were asked for without showing whether there is anybody to write to. Called by a
//! worker.

use super::links::{disavow_link, reset_link, verification_link};
use super::notices::{Notice, happening, notify, recipient};
use super::queries::{self, Account};
use super::{EmailAddress, User};
use crate::app::App;
use crate::client::Client;
use crate::db::WriteTransaction;
use crate::errors::{InternalError, caught};
use crate::mail::{
    AddressInUse, ConfirmNewEmail, MailRequest, Recipient, RequestKind, ResetPassword,
    SignInsFailing, VerifyEmail, list_requests, take_request,
};
use crate::rate_limits::Action;
use crate::security_events::{self, EventKind, NewEvent, find_registration};
use crate::tokens::Effect;

/// How many requests are read at once; the rest follows.
const BATCH: u64 = 100;

/// Answers every request there is. One that cannot be answered is logged, does not hold up the others, and is
/// left for the next turn.
pub(crate) async fn answer_mail_requests(app: &App) -> Result<(), InternalError> {
    let mut failed = Vec::new();
    loop {
        let requests = list_requests(app.db.read(), &failed, BATCH).await?;
        if requests.is_empty() {
            return Ok(());
        }
        for request in &requests {
            if let Err(error) = caught(answer(app, request)).await {
                tracing::error!(request = %request.id, %error, "a mail asked for could not be written");
                failed.push(request.id);
            }
        }
    }
}

/// One request, in a transaction of its own. Nobody is written to whose account is gone, or about to go.
async fn answer(app: &App, request: &MailRequest) -> Result<(), InternalError> {
    let tx = app.db.begin_write().await?;
    if !take_request(&*tx, request.id).await? {
        return Ok(());
    }
    let account = match request.user_id {
        Some(id) => queries::find_account(&*tx, id).await?,
        None => None,
    };
    if let Some(account) = account.filter(|account| account.deletion_scheduled_for.is_none()) {
        write(app, &tx, request, &account).await?;
    }
    Ok(tx.commit().await?)
}

async fn write(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    account: &Account,
) -> Result<(), InternalError> {
    let user = &account.user;
    let when = (request.requested_at, &request.client);
    match request.kind {
        RequestKind::ResetPassword => reset_password(app, tx, request, user).await,
        RequestKind::VerifyEmail if user.email_verified => Ok(()),
        RequestKind::VerifyEmail => verify_email(app, tx, user).await,
        RequestKind::VerifyPendingEmail => confirm_new_email(app, tx, request, account).await,
        RequestKind::TokenReused => notify(app, tx, user, Notice::TokenReused, when).await,
        RequestKind::AddressInUse => address_in_use(app, tx, request, user).await,
        RequestKind::SignInsFailing => sign_ins_failing(app, tx, request, user).await,
    }
}

async fn reset_password(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    user: &User,
) -> Result<(), InternalError> {
    let now = app.clock.now();
    let event = NewEvent {
        user_id: user.id,
        kind: EventKind::PasswordResetRequested,
        session_id: None,
        client: &request.client,
    };
    security_events::record(&**tx, &app.identifiers, request.requested_at, event).await?;
    let mail = ResetPassword {
        happening: happening(request.requested_at, &request.client),
        link: reset_link(app, tx, user, now).await?,
    };
    app.mailer.post(tx, now, recipient(user), &mail).await
}

async fn verify_email(app: &App, tx: &WriteTransaction, user: &User) -> Result<(), InternalError> {
    let now = app.clock.now();
    // Not who asks for the mail, but who made the account: it may have been somebody else.
    let registration = find_registration(&**tx, user.id).await?;
    let (at, client) = registration.unwrap_or((user.created_at, Client::default()));
    let mail = VerifyEmail {
        registration: happening(at, &client),
        link: verification_link(app, tx, (user, &user.email), now).await?,
        disavow: disavow_link(app, tx, (user, Some(Effect::RemoveAccount)), now).await?,
    };
    app.mailer.post(tx, now, recipient(user), &mail).await
}

/// To the address that a change waits for; when that has an account by now, its owner is told instead.
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
    // Made in any case: what is listed of an account's links must not tell whether the address is taken.
    let link = verification_link(app, tx, (user, address), now).await?;
    let owner = queries::find_by_email(&**tx, canonical).await?;
    if let Some(owner) = owner.filter(|owner| owner.user.id != user.id) {
        return address_in_use(app, tx, request, &owner.user).await;
    }
    let mail = ConfirmNewEmail {
        happening: happening(request.requested_at, &request.client),
        link,
    };
    let to = Recipient {
        address,
        ..recipient(user)
    };
    app.mailer.post(tx, now, to, &mail).await
}

/// However often a stranger names the address: the answer is the same, and mails beyond the limit are not
/// written.
async fn address_in_use(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    owner: &User,
) -> Result<(), InternalError> {
    let now = app.clock.now();
    let canonical = owner.email.parse::<EmailAddress>();
    let canonical = canonical.map_or_else(|_| owner.email.clone(), |it| it.canonical().to_owned());
    let account = format!("in use: {canonical}");
    let limits = &app.rate_limits;
    if !limits.permits_here(Action::Mail, &request.client, &account) {
        return Ok(());
    }
    let mail = AddressInUse {
        happening: happening(request.requested_at, &request.client),
    };
    app.mailer.post(tx, now, recipient(owner), &mail).await
}

/// Whoever asks has made sure that it is once a day.
async fn sign_ins_failing(
    app: &App,
    tx: &WriteTransaction,
    request: &MailRequest,
    owner: &User,
) -> Result<(), InternalError> {
    let mail = SignInsFailing {
        happening: happening(request.requested_at, &request.client),
    };
    let now = app.clock.now();
    app.mailer.post(tx, now, recipient(owner), &mail).await
}
