//! Writes emails into the outbox.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::Mailer;
use super::lanes::lane;
use super::language::Language;
use super::link_times;
use super::messages::Content;
use super::queued::QueuedNotice;
use super::translations::Translations;
use crate::db::entity::outbox as table;
use crate::db::{MailId, UserId, WriteTransaction};
use crate::errors::InternalError;

/// How long delivery to the owner of a removed account is attempted. The address must be removed within 24 hours, also
/// if the worker was down for a while.
const KEPT_WITHOUT_ACCOUNT: TimeDelta = TimeDelta::hours(23);

/// The recipient of an email.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipient<'a> {
    /// The account that the email is about; `None` if it is removed.
    pub(crate) user_id: Option<UserId>,
    /// The stored address, never one that was just submitted.
    pub(crate) address: &'a str,
    /// The reader's language (BCP 47).
    pub(crate) locale: Option<&'a str>,
}

/// The part of an email that is stored encrypted.
#[derive(Serialize, Deserialize)]
pub(super) struct Envelope {
    pub(super) to: String,
    pub(super) language: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    /// The expiry times in the bodies, with the lifetimes of the links: `link_times`.
    #[serde(default)]
    pub(super) times: Vec<(String, i64)>,
}

/// Returns the name to which the encrypted envelope of an email is bound.
pub(super) fn seal_name(id: MailId) -> String {
    format!("outbox/{id}")
}

impl Mailer {
    /// Writes an email in the transaction of the change that it reports. A worker sends it after the commit.
    pub(crate) async fn post<C: Content>(
        &self,
        tx: &WriteTransaction,
        now: DateTime<Utc>,
        to: Recipient<'_>,
        content: &C,
    ) -> Result<(), InternalError> {
        let id = MailId(self.identifiers.next(now));
        let sealed = self.seal((id, None), to, content)?;
        let kept = match to.user_id {
            Some(_) => self.retry_for,
            None => self.retry_for.min(KEPT_WITHOUT_ACCOUNT),
        };
        let recipient = self.recipient(to.address);
        let row = table::ActiveModel {
            id: Set(id),
            user_id: Set(to.user_id),
            kind: Set(C::KIND.to_owned()),
            sealed: Set(Some(sealed)),
            created_at: Set(now),
            expires_at: Set(now + kept),
            next_attempt_at: Set(now),
            lease: Set(None),
            attempts: Set(0),
            last_error: Set(None),
            dead_since: Set(None),
            lane: Set(lane(&**tx, &recipient, C::IS_AWAITED).await?),
            recipient: Set(Some(recipient)),
            links: Set(link_times::as_text(&content.links())),
            repeats: Set(0),
        };
        table::Entity::insert(row)
            .exec_without_returning(&**tx)
            .await?;
        self.dispatcher.announce(tx);
        Ok(())
    }

    /// Like [`Mailer::post`], but replaces the notice `queued` if there is one.
    pub(crate) async fn post_notice<C: Content>(
        &self,
        tx: &WriteTransaction,
        (now, queued): (DateTime<Utc>, Option<&QueuedNotice>),
        to: Recipient<'_>,
        content: &C,
    ) -> Result<(), InternalError> {
        let Some(queued) = queued else {
            return self.post(tx, now, to, content).await;
        };
        let sealed = self.seal((queued.id, Some(queued)), to, content)?;
        table::Entity::update_many()
            .col_expr(table::Column::Sealed, Expr::value(Some(sealed)))
            .col_expr(
                table::Column::Links,
                Expr::value(link_times::as_text(&content.links())),
            )
            .col_expr(table::Column::Repeats, Expr::value(queued.repeats + 1))
            .filter(table::Column::Id.eq(queued.id))
            .exec(&**tx)
            .await?;
        self.dispatcher.announce(tx);
        Ok(())
    }

    /// Identifies an address in `outbox`, which stores it under no other name.
    pub(super) fn recipient(&self, address: &str) -> Vec<u8> {
        self.recipients
            .hash(&[b"outbox/", address.as_bytes()])
            .to_vec()
    }

    fn seal<C: Content>(
        &self,
        (id, queued): (MailId, Option<&QueuedNotice>),
        to: Recipient<'_>,
        content: &C,
    ) -> Result<Vec<u8>, InternalError> {
        let translations = Translations {
            language: Language::for_locale(to.locale),
            service: &self.service,
        };
        let mut body = content.body(&translations, &self.links);
        if let Some(queued) = queued {
            let count = (queued.repeats + 2).to_string();
            let since = Translations::time(queued.since);
            let values = [("count", count.as_str()), ("since", since.as_str())];
            body.remarks.push(translations.with("repeated", &values));
        }
        let rendered = body.render(&translations)?;
        let envelope = Envelope {
            to: to.address.to_owned(),
            language: translations.language.tag().to_owned(),
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            times: link_times::times(&content.links(), content.fixed_time()),
        };
        let plain = serde_json::to_vec(&envelope).map_err(InternalError::new)?;
        self.sealer.seal(&seal_name(id), &plain, &*self.entropy)
    }
}
