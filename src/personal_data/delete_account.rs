//! Schedules the deletion of an account.

use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, IntoActiveModel as _};
use secrecy::{ExposeSecret, SecretString};

use super::receipt::seal_receipt;
use super::{AccountDeletion, DeletionStatus};
use crate::accounts::{
    EmailAddress, Proof, ProofError, Reauthenticated, User, context, may_notify, recipient,
    schedule_deletion, secure_account_link, verify_proof,
};
use crate::app::App;
use crate::client::Client;
use crate::db::entity::account_deletions as table;
use crate::db::{DeletionId, UserId, WriteTransaction};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::mail::{DeletionRequested, TokenLink};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Viewer, confirm_active, end_all};

/// The user's input.
pub(crate) struct DeleteAccount {
    /// Proof that the viewer is the owner.
    pub(crate) proof: Option<Proof>,
    /// The account's email address, typed by the user.
    pub(crate) confirmation: String,
}

/// Why a deletion is not scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeleteAccountError {
    /// No proof was submitted.
    CurrentPasswordRequired,
    /// The current password is incorrect.
    CurrentPasswordIncorrect,
    /// The confirmation is not the account's address.
    ConfirmationMismatch,
}

impl From<ProofError> for DeleteAccountError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Required => Self::CurrentPasswordRequired,
            ProofError::PasswordIncorrect => Self::CurrentPasswordIncorrect,
        }
    }
}

/// Schedules the deletion and revokes every session. The account is removed after the grace period.
pub(crate) async fn delete_account(
    app: &App,
    viewer: &Viewer,
    command: DeleteAccount,
    client: &Client,
) -> Result<UserResult<AccountDeletion, DeleteAccountError>, OperationError> {
    let now = app.clock.now();
    let (user, known) = verify_proof(app, viewer, command.proof.as_ref(), client).await?;
    let mut errors = Vec::new();
    let known = known.map_err(|error| errors.push(error.into())).ok();
    let canonical = |text: &str| {
        text.parse::<EmailAddress>()
            .ok()
            .map(|it| it.canonical().to_owned())
    };
    if canonical(&command.confirmation).is_none_or(|typed| canonical(&user.email) != Some(typed)) {
        errors.push(DeleteAccountError::ConfirmationMismatch);
    }
    let Some(known) = known.filter(|_| errors.is_empty()) else {
        return Ok(Err(errors));
    };
    retry_conflict(&*app.entropy, || {
        schedule(app, viewer, (&known, &user), (now, client))
    })
    .await
}

/// Records the deletion if the account is unchanged since the confirmation was compared.
async fn schedule(
    app: &App,
    viewer: &Viewer,
    (known, user): (&Reauthenticated, &User),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<AccountDeletion, DeleteAccountError>, OperationError> {
    let (row, receipt, cancel_token) = new_deletion(app, user.id, now)?;
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    let scheduled = schedule_deletion(&*tx, (user.id, known), row.scheduled_for).await?;
    let Some(scheduled) = scheduled else {
        return Ok(Err(vec![DeleteAccountError::CurrentPasswordIncorrect]));
    };
    if scheduled.email != user.email {
        return Ok(Err(vec![DeleteAccountError::ConfirmationMismatch]));
    }
    let user = scheduled;
    table::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(&*tx)
        .await?;
    end_all(&*tx, user.id, now).await?;
    let event = NewEvent {
        user_id: user.id,
        actor: Actor::User(user.id),
        kind: EventKind::DeletionRequested,
        session_id: Some(viewer.session_id()),
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    let cancel = TokenLink {
        token: cancel_token,
        until: row.scheduled_for,
        stored: None,
    };
    tell(app, &tx, (&user, cancel), (now, client)).await?;
    tx.commit().await?;
    tracing::info!(user = %user.id, scheduled_for = %row.scheduled_for, "account deletion scheduled");
    Ok(Ok(AccountDeletion::from_row(
        &row,
        receipt.expose_secret().to_owned(),
    )))
}

/// Creates the deletion, its receipt and the token of the link that cancels it.
fn new_deletion(
    app: &App,
    user_id: UserId,
    now: DateTime<Utc>,
) -> Result<(table::Model, SecretString, SecretString), InternalError> {
    let (receipt, receipt_hash) = app.deletion_receipts.mint(&*app.entropy);
    let (cancel_token, cancel_token_hash) = app.cancel_tokens.mint(&*app.entropy);
    let id = DeletionId(app.identifiers.next(now));
    let row = table::Model {
        id,
        receipt_hash,
        user_id: Some(user_id),
        status: DeletionStatus::Pending.name().to_owned(),
        requested_at: now,
        scheduled_for: now + app.config.deletion.grace,
        completed_at: None,
        removed: None,
        cancelled_at: None,
        cancel_token_hash: Some(cancel_token_hash),
        sealed_receipt: Some(seal_receipt(app, id, &receipt)?),
    };
    Ok((row, receipt, cancel_token))
}

/// Notifies the owner, with a link that cancels the deletion and the link "This was not me".
async fn tell(
    app: &App,
    tx: &WriteTransaction,
    (user, cancel): (&User, TokenLink),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    if !may_notify(app, tx, (user, "deletion_requested"), now).await? {
        return Ok(());
    }
    let mail = DeletionRequested {
        context: context(now, client),
        cancel,
        secure_account: secure_account_link(app, tx, (user, None), now).await?,
    };
    app.mailer.post(tx, now, recipient(user), &mail).await
}
