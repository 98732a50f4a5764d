//! Delivers the emails in the outbox.
//!
//! An email that was sent at the moment of a crash is delivered twice, with the same `Message-ID`.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use sea_orm::DbErr;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Mailer;
use super::lanes::LANES;
use super::link_times::{self, Lifetime};
use super::outbox::{Envelope, seal_name};
use crate::clock::Clock;
use crate::db::entity::outbox as table;
use crate::db::{Db, WriteTransaction};
use crate::errors::InternalError;
use crate::jobs::{self, DeliveryError, Job, JobTable, Queue};
use crate::traces::in_email_span;

/// Starts the lifetimes of the links in an email, in the transaction that removes it from the outbox.
pub(crate) type StartLifetimes =
    for<'a> fn(&'a WriteTransaction, &'a [Lifetime]) -> BoxFuture<'a, Result<(), DbErr>>;

/// The outbox, as jobs.
struct Outbox<'a> {
    mailer: &'a Mailer,
    start_lifetimes: StartLifetimes,
}

/// Attempts every email that is due, until `stop` is cancelled; returns how many attempts there were.
pub(crate) async fn deliver_due(
    mailer: &Mailer,
    db: &Db,
    (clock, start_lifetimes): (&dyn Clock, StartLifetimes),
    stop: &CancellationToken,
) -> Result<usize, InternalError> {
    let outbox = Outbox {
        mailer,
        start_lifetimes,
    };
    let dispatcher = &mailer.dispatcher;
    dispatcher.deliver_due(&outbox, (db, clock), stop).await
}

/// Makes dead letters of the emails that were attempted for long enough.
pub(crate) async fn bury_expired(
    mailer: &Mailer,
    db: &Db,
    now: DateTime<Utc>,
) -> Result<(), InternalError> {
    jobs::bury_expired::<table::Entity>(db, now, |letter| {
        mailer.metrics.emails.dead_lettered.inc();
        tracing::error!(mail = %letter.id, kind = letter.kind, attempts = letter.attempts,
            reason = letter.last_error.as_deref().unwrap_or("never attempted"),
            written_at = %letter.created_at, "email dead-lettered");
    })
    .await
}

impl JobTable for table::Entity {
    const ID: table::Column = table::Column::Id;
    const USER_ID: table::Column = table::Column::UserId;
    const KIND: table::Column = table::Column::Kind;
    const PAYLOAD: table::Column = table::Column::Sealed;
    const CREATED_AT: table::Column = table::Column::CreatedAt;
    const EXPIRES_AT: table::Column = table::Column::ExpiresAt;
    const NEXT_ATTEMPT_AT: table::Column = table::Column::NextAttemptAt;
    const LEASE: table::Column = table::Column::Lease;
    const ATTEMPTS: table::Column = table::Column::Attempts;
    const LAST_ERROR: table::Column = table::Column::LastError;
    const DEAD_SINCE: table::Column = table::Column::DeadSince;
    const LANE: table::Column = table::Column::Lane;
    const LANES: i16 = LANES;

    fn id(row: &table::Model) -> Uuid {
        row.id.into()
    }

    fn attempts(row: &table::Model) -> i32 {
        row.attempts
    }
}

impl Queue for Outbox<'_> {
    type Table = table::Entity;
    type Receipt = Vec<Lifetime>;

    fn timeout(&self) -> Duration {
        self.mailer.timeout
    }

    async fn deliver(
        &self,
        job: &Job<table::Model>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Lifetime>, DeliveryError> {
        let row = &job.row;
        let message = message(self.mailer, row, now).map_err(DeliveryError::permanent)?;
        let name = (row.id, row.created_at, job.attempt);
        let transport = &self.mailer.transport;
        let sent = transport.send(name, message, self.mailer.timeout);
        in_email_span((&row.kind, job.attempt), sent).await?;
        let links = link_times::read(row.links.as_deref()).into_iter();
        Ok(links.map(|(id, lifetime)| (id, now + lifetime)).collect())
    }

    /// Starts the links' lifetimes. Tokens are locked first, as by every change of an account.
    async fn complete(&self, tx: &WriteTransaction, links: Vec<Lifetime>) -> Result<(), DbErr> {
        (self.start_lifetimes)(tx, &links).await
    }

    fn record_delivery(&self, job: &Job<table::Model>) {
        self.mailer.metrics.emails.sent.inc();
        tracing::info!(mail = %job.row.id, kind = job.row.kind, "email sent");
    }

    fn record_failure(
        &self,
        job: &Job<table::Model>,
        error: &DeliveryError,
        next_attempt_at: DateTime<Utc>,
    ) {
        self.mailer.metrics.emails.attempts_failed.inc();
        tracing::warn!(mail = %job.row.id, kind = job.row.kind, attempts = job.attempt,
            reason = error.reason, %next_attempt_at,
            "email delivery failed, will be retried");
    }
}

/// Builds the message. Its id and date are the same at every attempt, unless it covers more events by now.
fn message(mailer: &Mailer, row: &table::Model, now: DateTime<Utc>) -> Result<Message, String> {
    let sealed = row.sealed.as_deref().unwrap_or_default();
    let plain = mailer
        .sealer
        .open(&seal_name(row.id), sealed)
        .ok_or("it was written under another GATEHOUSE_SECRET")?;
    let envelope: Envelope =
        serde_json::from_slice(&plain).map_err(|_| "it cannot be read".to_owned())?;
    let (local, domain) = envelope.to.rsplit_once('@').unwrap_or_default();
    let domain = idna::domain_to_ascii(domain).map_err(|_| "its address cannot be mailed to")?;
    let to = lettre::Address::new(local, domain).map_err(|_| "its address cannot be mailed to")?;
    let name = match row.repeats {
        0 => row.id.to_string(),
        repeats => format!("{}.{repeats}", row.id),
    };
    let put_off = |text: &str| link_times::put_off(text, &envelope.times, now);
    let (text, html) = (put_off(&envelope.text), put_off(&envelope.html));
    let header = |name: &'static str, value: String| {
        HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
    };
    Message::builder()
        .from(mailer.from.clone())
        .to(Mailbox::new(None, to))
        .subject(envelope.subject)
        .date(SystemTime::from(row.created_at))
        .message_id(Some(format!("<{name}@{}>", mailer.from.email.domain())))
        // Prevents automatic replies (RFC 3834, section 5).
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("Content-Language", envelope.language))
        .multipart(MultiPart::alternative_plain_html(text, html))
        .map_err(|error| error.to_string())
}
