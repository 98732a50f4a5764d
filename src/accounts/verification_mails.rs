//! The emails that verify the address of an unverified account.

use super::answer_mail_requests::may_cause;
use super::links::{registration_link, reset_link, secure_account_link, verification_link};
use super::notices::{context, recipient};
use super::pending_registrations::{self, PendingRegistration};
use super::queries::Account;
use crate::app::App;
use crate::client::Client;
use crate::db::WriteTransaction;
use crate::errors::InternalError;
use crate::mail::{EventContext, ProveAddress, Recipient, VerifyEmail};
use crate::security_events::find_registration;
use crate::tokens::Effect;

/// Verifies the account as it was registered, for its owner or right after the registration.
pub(super) async fn verify_email(
    app: &App,
    tx: &WriteTransaction,
    account: &Account,
) -> Result<(), InternalError> {
    if !may_cause::<VerifyEmail>(app, tx, &account.email_canonical).await? {
        return Ok(());
    }
    let (user, now) = (&account.user, app.clock.now());
    let secure_account =
        secure_account_link(app, tx, (user, Some(Effect::RemoveAccount)), now).await?;
    let mail = VerifyEmail {
        registration: registration(tx, account).await?,
        link: verification_link(app, tx, (user, &user.email), now).await?,
        secure_account: Some(secure_account),
    };
    app.mailer.post(tx, now, recipient(user), &mail).await
}

/// Verifies the address by choosing a password, whichever registration it was.
pub(super) async fn prove_address(
    app: &App,
    tx: &WriteTransaction,
    account: &Account,
) -> Result<(), InternalError> {
    if !may_cause::<ProveAddress>(app, tx, &account.email_canonical).await? {
        return Ok(());
    }
    let (user, now) = (&account.user, app.clock.now());
    let waiting = pending_registrations::list(&**tx, user.id, now).await?;
    let registration = if waiting.is_empty() {
        let secure_account =
            secure_account_link(app, tx, (user, Some(Effect::RemoveAccount)), now).await?;
        Some((registration(tx, account).await?, secure_account))
    } else {
        None
    };
    let mail = ProveAddress {
        registration,
        link: reset_link(app, tx, user, now).await?,
    };
    app.mailer.post(tx, now, recipient(user), &mail).await
}

/// Verifies the account as one of its further registrations: one email for each that has none yet. A registration whose
/// email is withheld ends.
pub(super) async fn verify_registrations(
    app: &App,
    tx: &WriteTransaction,
    account: &Account,
) -> Result<(), InternalError> {
    let waiting = pending_registrations::list(&**tx, account.user.id, app.clock.now()).await?;
    for registration in waiting.iter().filter(|it| it.link_id.is_none()) {
        if may_cause::<VerifyEmail>(app, tx, &account.email_canonical).await? {
            verify_registration(app, tx, account, registration).await?;
        } else {
            pending_registrations::end(&**tx, registration).await?;
        }
    }
    Ok(())
}

async fn verify_registration(
    app: &App,
    tx: &WriteTransaction,
    account: &Account,
    registration: &PendingRegistration,
) -> Result<(), InternalError> {
    let (user, now) = (&account.user, app.clock.now());
    let link = registration_link(app, tx, (user, &registration.email), now).await?;
    if let Some((id, _)) = link.stored {
        pending_registrations::set_link(&**tx, registration.id, id).await?;
    }
    let ip_address = registration.ip_address.as_deref();
    let ip_address = ip_address.and_then(|text| text.parse().ok());
    let client = Client::new(ip_address, registration.user_agent.as_deref());
    let mail = VerifyEmail {
        registration: context(registration.registered_at, &client),
        link,
        secure_account: None,
    };
    let to = Recipient {
        address: &registration.email,
        locale: registration.locale.as_deref(),
        ..recipient(user)
    };
    app.mailer.post(tx, now, to, &mail).await
}

/// Describes the creation of the account rather than the request for this email, because they may have different
/// origins.
async fn registration(
    tx: &WriteTransaction,
    account: &Account,
) -> Result<EventContext, InternalError> {
    let user = &account.user;
    let found = find_registration(&**tx, user.id).await?;
    let (at, client) = found.unwrap_or((user.created_at, Client::default()));
    Ok(context(at, &client))
}
