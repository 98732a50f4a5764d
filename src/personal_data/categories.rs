//! The kinds of personal data, each implemented by the feature that owns its tables.

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::Value;

use super::export_document::{Document, ExportError};
use super::inventory::{Category, PersonalData};
use crate::app::App;
use crate::db::{Place, UserId, WriteTransaction};
use crate::{mail, security_events, sessions, tokens};

/// One-time links.
pub(super) struct Links;

#[async_trait]
impl PersonalData for Links {
    fn category(&self) -> &'static Category {
        &Category {
            table: "one_time_tokens",
            key: "links",
            name: "Links in emails",
            description: "Emailed links that still work or expired recently, with the address they were sent to.",
        }
    }

    async fn count(&self, app: &App, user_id: UserId) -> Result<u64, DbErr> {
        tokens::count(app.db.read(), user_id).await
    }

    async fn export(
        &self,
        _: &App,
        db: &DatabaseTransaction,
        user_id: UserId,
        document: &mut (dyn Document + Send),
    ) -> Result<(), ExportError> {
        list(document, self, tokens::export(db, user_id).await?)
    }

    async fn forget(&self, _: &App, tx: &WriteTransaction, user_id: UserId) -> Result<u64, DbErr> {
        tokens::forget(&**tx, user_id).await
    }
}

/// The security history.
pub(super) struct SecurityEvents;

#[async_trait]
impl PersonalData for SecurityEvents {
    fn category(&self) -> &'static Category {
        &Category {
            table: "security_events",
            key: "securityEvents",
            name: "Security events",
            description: "Sign-ins and changes, with the IP addresses and devices they came from.",
        }
    }

    async fn count(&self, app: &App, user_id: UserId) -> Result<u64, DbErr> {
        security_events::count(app.db.read(), user_id).await
    }

    async fn export(
        &self,
        _: &App,
        db: &DatabaseTransaction,
        user_id: UserId,
        document: &mut (dyn Document + Send),
    ) -> Result<(), ExportError> {
        pages(document, self, |after| {
            security_events::export(db, user_id, after)
        })
        .await
    }

    async fn forget(&self, _: &App, tx: &WriteTransaction, user_id: UserId) -> Result<u64, DbErr> {
        security_events::forget(&**tx, user_id).await
    }
}

/// Sessions.
pub(super) struct Sessions;

#[async_trait]
impl PersonalData for Sessions {
    fn category(&self) -> &'static Category {
        &Category {
            table: "sessions",
            key: "sessions",
            name: "Sessions",
            description: "Your active and past sessions, with their IP addresses and devices.",
        }
    }

    async fn count(&self, app: &App, user_id: UserId) -> Result<u64, DbErr> {
        sessions::count(app.db.read(), user_id).await
    }

    async fn export(
        &self,
        _: &App,
        db: &DatabaseTransaction,
        user_id: UserId,
        document: &mut (dyn Document + Send),
    ) -> Result<(), ExportError> {
        pages(document, self, |after| sessions::export(db, user_id, after)).await
    }

    async fn forget(&self, _: &App, tx: &WriteTransaction, user_id: UserId) -> Result<u64, DbErr> {
        sessions::forget(&**tx, user_id).await
    }
}

/// Queued emails.
pub(super) struct Outbox;

#[async_trait]
impl PersonalData for Outbox {
    fn category(&self) -> &'static Category {
        &Category {
            table: "outbox",
            key: "mails",
            name: "Queued emails",
            description: "Emails waiting to be sent to you, encrypted, and records of those that could not be delivered.",
        }
    }

    async fn count(&self, app: &App, user_id: UserId) -> Result<u64, DbErr> {
        mail::count(app.db.read(), user_id).await
    }

    async fn export(
        &self,
        _: &App,
        db: &DatabaseTransaction,
        user_id: UserId,
        document: &mut (dyn Document + Send),
    ) -> Result<(), ExportError> {
        list(document, self, mail::export(db, user_id).await?)
    }

    async fn forget(&self, _: &App, tx: &WriteTransaction, user_id: UserId) -> Result<u64, DbErr> {
        mail::forget(&**tx, user_id).await
    }
}

/// Writes `records` as a list under the key of `data`.
pub(super) fn list(
    document: &mut (dyn Document + Send),
    data: &dyn PersonalData,
    records: Vec<Value>,
) -> Result<(), ExportError> {
    document.begin(data.category().key)?;
    records.into_iter().try_for_each(|it| document.record(it))?;
    document.end()
}

/// Writes the records that `read` returns page by page as a list under the key of `data`.
async fn pages<F>(
    document: &mut (dyn Document + Send),
    data: &dyn PersonalData,
    mut read: impl FnMut(Option<Place>) -> F + Send,
) -> Result<(), ExportError>
where
    F: Future<Output = Result<(Vec<Value>, Option<Place>), DbErr>> + Send,
{
    document.begin(data.category().key)?;
    let mut after = None;
    loop {
        let (records, next) = read(after).await?;
        records.into_iter().try_for_each(|it| document.record(it))?;
        after = next;
        if after.is_none() {
            return document.end();
        }
    }
}
