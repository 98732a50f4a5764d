//! Exports all data stored about a user (GDPR, articles 15 and 20).

use std::collections::HashSet;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::export_document::{Document, ExportError, InMemory, Written};
use super::inventory::export;
use crate::accounts::{Proof, ProofError, verify_proof};
use crate::app::App;
use crate::client::Client;
use crate::db::{UserId, WriteTransaction};
use crate::errors::{InternalError, OperationError, UserResult};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Viewer, confirm_active};

/// The maximum size in bytes of a document that a request returns.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// When to retry while another export of the account is in progress.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// Why data is not exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportDataError {
    /// No proof was submitted.
    CurrentPasswordRequired,
    /// The current password is incorrect.
    CurrentPasswordIncorrect,
    /// The document exceeds 16 MiB.
    TooLarge,
}

impl From<ProofError> for ExportDataError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Required => Self::CurrentPasswordRequired,
            ProofError::PasswordIncorrect => Self::CurrentPasswordIncorrect,
        }
    }
}

/// Exports everything that is stored about the viewer except secrets: no hash, no token, no content of an email with
/// active links. Limited like password checks, and to one export at a time.
pub(crate) async fn export_data(
    app: &App,
    viewer: &Viewer,
    proof: Option<Proof>,
    client: &Client,
) -> Result<UserResult<Value, ExportDataError>, OperationError> {
    let now = app.clock.now();
    let user_id = viewer.user_id();
    if let (_, Err(error)) = verify_proof(app, viewer, proof.as_ref(), client).await? {
        return Ok(Err(vec![error.into()]));
    }
    let Some(_turn) = Turn::take(&app.exports, user_id) else {
        return Err(refuse_second(user_id));
    };
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    let event = NewEvent {
        user_id,
        actor: Actor::User(user_id),
        kind: EventKind::DataExported,
        session_id: Some(viewer.session_id()),
        client,
    };
    record(app, tx, now, event).await?;
    let mut document = InMemory::new(MAX_BYTES);
    match write(app, user_id, now, &mut document).await {
        Ok(true) => {
            tracing::info!(user = %user_id, "data exported");
            Ok(Ok(document.finish()))
        }
        Ok(false) => Err(refuse_second(user_id)),
        Err(ExportError::TooLarge) => {
            tracing::warn!(user = %user_id, "data not exported: too large for a request, use `gatehouse export`");
            Ok(Err(vec![ExportDataError::TooLarge]))
        }
        Err(error) => Err(InternalError::new(error).into()),
    }
}

/// Writes everything that is stored about `user_id` to `out`, for an operator, whatever its size.
pub(crate) async fn export_account(
    app: &App,
    user_id: UserId,
    out: impl Write + Send,
) -> Result<(), InternalError> {
    let now = app.clock.now();
    let event = NewEvent {
        user_id,
        actor: Actor::CommandLine,
        kind: EventKind::DataExported,
        session_id: None,
        client: &Client::new(None, Some("gatehouse export")),
    };
    record(app, app.db.begin_write().await?, now, event).await?;
    let mut document = Written::new(out).map_err(InternalError::new)?;
    match write(app, user_id, now, &mut document).await {
        Ok(true) => document.finish().map_err(InternalError::new),
        Ok(false) => Err(InternalError::new(
            "another export of this account is under way",
        )),
        Err(error) => Err(InternalError::new(error)),
    }
}

async fn record(
    app: &App,
    tx: WriteTransaction,
    now: DateTime<Utc>,
    event: NewEvent<'_>,
) -> Result<(), InternalError> {
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    Ok(tx.commit().await?)
}

/// Reads in one snapshot without blocking writers; `false` if another instance exports the same account.
async fn write(
    app: &App,
    user_id: UserId,
    now: DateTime<Utc>,
    document: &mut (impl Document + Send),
) -> Result<bool, ExportError> {
    let tx = app.db.begin_snapshot().await?;
    if !app
        .db
        .is_only_one(&tx, &format!("export/{user_id}"))
        .await?
    {
        return Ok(false);
    }
    document.value("service", json!(app.config.tokens.issuer))?;
    document.value("exportedAt", json!(now))?;
    export(app, &tx, user_id, document).await?;
    tx.commit().await?;
    Ok(true)
}

fn refuse_second(user_id: UserId) -> OperationError {
    tracing::info!(reason = "export_under_way", user = %user_id, "request rejected: rate limit");
    OperationError::RateLimited {
        retry_after: RETRY_AFTER,
    }
}

/// The exclusive export of an account in this process. Ends when dropped.
struct Turn<'a> {
    exports: &'a Mutex<HashSet<UserId>>,
    user_id: UserId,
}

impl<'a> Turn<'a> {
    fn take(exports: &'a Mutex<HashSet<UserId>>, user_id: UserId) -> Option<Self> {
        let mut under_way = exports.lock().unwrap_or_else(PoisonError::into_inner);
        // Created only for the first one, because dropping it ends the export.
        under_way.insert(user_id).then(|| Self { exports, user_id })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut under_way = self.exports.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.remove(&self.user_id);
    }
}
