//! Writing a mail into the outbox.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};

use super::Mailer;
use super::language::Language;
use super::messages::Content;
use super::words::Words;
use crate::db::entity::outbox as table;
use crate::db::{MailId, UserId, WriteTransaction};
use crate::errors::InternalError;

/// How long a mail to somebody whose account is gone is tried: its address must be gone within 24 hours,
/// also when the worker was down for a while.
const KEPT_WITHOUT_ACCOUNT: TimeDelta = TimeDelta::hours(23);

/// Who gets a mail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipient<'a> {
    /// Whose account it is about; `None` once that is gone.
    pub(crate) user_id: Option<UserId>,
    /// The stored address; never one that somebody has just typed.
    pub(crate) address: &'a str,
    /// The reader's language (BCP 47).
    pub(crate) locale: Option<&'a str>,
}

/// What lies encrypted in the outbox.
#[derive(Serialize, Deserialize)]
pub(super) struct Envelope {
    pub(super) to: String,
    pub(super) language: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// What the encrypted envelope of a mail is bound to.
pub(super) fn seal_name(id: MailId) -> String {
    format!("outbox/{id}")
}

impl Mailer {
    /// Writes a mail in the transaction of what it tells of. A worker sends it once that is committed.
    pub(crate) async fn post<C: Content>(
        &self,
        tx: &WriteTransaction,
        now: DateTime<Utc>,
        to: Recipient<'_>,
        content: &C,
    ) -> Result<(), InternalError> {
        let words = Words {
            language: Language::for_locale(to.locale),
            service: &self.service,
        };
        let rendered = content.letter(&words, &self.links).render(&words)?;
        let envelope = Envelope {
            to: to.address.to_owned(),
            language: words.language.tag().to_owned(),
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
        };
        let id = MailId(self.identifiers.next(now));
        let plain = serde_json::to_vec(&envelope).map_err(InternalError::new)?;
        let sealed = self.sealer.seal(&seal_name(id), &plain, &*self.entropy)?;
        let kept = match to.user_id {
            Some(_) => self.give_up_after,
            None => self.give_up_after.min(KEPT_WITHOUT_ACCOUNT),
        };
        let row = table::ActiveModel {
            id: Set(id),
            user_id: Set(to.user_id),
            kind: Set(C::KIND.to_owned()),
            sealed: Set(Some(sealed)),
            created_at: Set(now),
            expires_at: Set(now + kept),
            next_attempt_at: Set(now),
            claim: Set(None),
            attempts: Set(0),
            last_error: Set(None),
            given_up_at: Set(None),
        };
        table::Entity::insert(row)
            .exec_without_returning(&**tx)
            .await?;
        if let Some(written) = &self.written {
            tx.once_committed(written);
        }
        Ok(())
    }
}
