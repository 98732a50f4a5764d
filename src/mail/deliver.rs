//! Sending what waits in the outbox.
//!
//! A worker claims a mail before it sends it: it moves the mail's next attempt behind the time that sending
//! can take, and notes its claim. Of several instances one claims it (`FOR UPDATE SKIP LOCKED`; on SQLite
//! there is one writer at a time); if that one is killed, the mail is due again when the claim ends. A mail
//! that was handed over in the very moment of a crash goes out twice, with one `Message-ID`.

use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::{BoxFuture, join_all};
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Mailer;
use super::lanes::lanes;
use super::link_times::{self, Lifetime};
use super::outbox::{Envelope, seal_name};
use super::retry::pause;
use super::transport::Failure;
use crate::clock::Clock;
use crate::db::entity::outbox as table;
use crate::db::{Db, MailId, WriteTransaction};
use crate::errors::InternalError;

/// How many mails are sent at a time.
const AT_A_TIME: u64 = 4;
/// How much longer than sending may take a claim lasts.
const MARGIN: TimeDelta = TimeDelta::seconds(30);

/// Sends every mail that is due, or those under way once `stop` is cancelled; returns how many it tried. One
/// that cannot be sent does not hold up the others and is tried again later.
pub(crate) async fn deliver_due(
    mailer: &Mailer,
    db: &Db,
    (clock, start_lifetimes): (&dyn Clock, StartLifetimes),
    stop: &CancellationToken,
) -> Result<usize, InternalError> {
    let _turn = mailer.sending.lock().await;
    let mut tried = 0;
    while !stop.is_cancelled() {
        let claimed = claim(mailer, db, clock.now()).await?;
        if claimed.is_empty() {
            break;
        }
        tried += claimed.len();
        let attempts = claimed
            .iter()
            .map(|row| attempt(mailer, db, (clock, start_lifetimes), row));
        for outcome in join_all(attempts).await {
            outcome?;
        }
    }
    Ok(tried)
}

/// Starts the lifetimes of the links in an email, in the transaction that notes that it was handed over.
pub(crate) type StartLifetimes =
    for<'a> fn(&'a WriteTransaction, &'a [Lifetime]) -> BoxFuture<'a, Result<(), DbErr>>;

/// What is due in `lane`, longest first.
fn due_in(lane: i16, now: DateTime<Utc>) -> Select<table::Entity> {
    table::Entity::find()
        .filter(table::Column::GivenUpAt.is_null())
        .filter(table::Column::Lane.eq(lane))
        .filter(table::Column::NextAttemptAt.lte(now))
        .order_by_asc(table::Column::NextAttemptAt)
}

/// The first lane in which something is due. Looking costs no turn of the one writer that SQLite has.
async fn first_lane(db: &Db, now: DateTime<Utc>) -> Result<Option<i16>, DbErr> {
    for lane in lanes() {
        let found: Vec<MailId> = due_in(lane, now)
            .select_only()
            .column(table::Column::Id)
            .limit(1)
            .into_tuple()
            .all(db.read())
            .await?;
        if !found.is_empty() {
            return Ok(Some(lane));
        }
    }
    Ok(None)
}

async fn claim(
    mailer: &Mailer,
    db: &Db,
    now: DateTime<Utc>,
) -> Result<Vec<table::Model>, InternalError> {
    let Some(first) = first_lane(db, now).await? else {
        return Ok(Vec::new());
    };
    let tx = db.begin_write().await?;
    let mut rows = Vec::new();
    for lane in lanes().filter(|lane| *lane >= first) {
        let room = AT_A_TIME.saturating_sub(rows.len() as u64);
        if room == 0 {
            break;
        }
        let due = due_in(lane, now)
            .limit(room)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        rows.extend(due.all(&*tx).await?);
    }
    if rows.is_empty() {
        return Ok(rows);
    }
    let claim = mailer.identifiers.next(now);
    let lasts = TimeDelta::from_std(mailer.timeout).map_err(InternalError::new)? + MARGIN;
    table::Entity::update_many()
        .col_expr(table::Column::Claim, Expr::value(claim))
        .col_expr(table::Column::NextAttemptAt, Expr::value(now + lasts))
        .col_expr(
            table::Column::Attempts,
            Expr::col(table::Column::Attempts).add(1),
        )
        .filter(table::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(&*tx)
        .await?;
    tx.commit().await?;
    for row in &mut rows {
        row.claim = Some(claim);
        row.attempts += 1;
    }
    Ok(rows)
}

async fn attempt(
    mailer: &Mailer,
    db: &Db,
    (clock, start_lifetimes): (&dyn Clock, StartLifetimes),
    row: &table::Model,
) -> Result<(), InternalError> {
    let handed_over_at = clock.now();
    let sent = match message(mailer, row, handed_over_at) {
        Ok(message) => {
            let name = (row.id, row.created_at, row.attempts);
            mailer.transport.send(name, message, mailer.timeout).await
        }
        Err(reason) => Err(Failure {
            reason,
            is_permanent: true,
        }),
    };
    match sent {
        Ok(()) => {
            mailer.metrics.mails_sent.inc();
            tracing::info!(mail = %row.id, kind = row.kind, "mail sent");
            let lifetimes: Vec<Lifetime> = link_times::read(row.links.as_deref())
                .into_iter()
                .map(|(id, lifetime)| (id, handed_over_at + lifetime))
                .collect();
            forget_sent(db, row, (&lifetimes, start_lifetimes)).await
        }
        Err(failure) => {
            mailer.metrics.mail_attempts_failed.inc();
            try_again_later(mailer, db, clock.now(), (row, failure)).await
        }
    }
}

/// The mail as it goes out; its name and date are the same at every attempt, unless it stands for more by now.
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
        // So that no machine answers it (RFC 3834, section 5).
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("Content-Language", envelope.language))
        .multipart(MultiPart::alternative_plain_html(text, html))
        .map_err(|error| error.to_string())
}

/// Conditional on the claim: an instance that was held up for longer than that has no say any more.
fn still_claimed(row: &table::Model) -> Condition {
    Condition::all()
        .add(table::Column::Id.eq(row.id))
        .add(table::Column::Claim.eq(row.claim))
}

/// The links' lifetimes start with the transaction that takes the email out of the outbox. Tokens are locked
/// first, as by every change of an account.
async fn forget_sent(
    db: &Db,
    row: &table::Model,
    (lifetimes, start_lifetimes): (&[Lifetime], StartLifetimes),
) -> Result<(), InternalError> {
    let tx = db.begin_write().await?;
    start_lifetimes(&tx, lifetimes).await?;
    table::Entity::delete_many()
        .filter(still_claimed(row))
        .exec(&*tx)
        .await?;
    Ok(tx.commit().await?)
}

async fn try_again_later(
    mailer: &Mailer,
    db: &Db,
    now: DateTime<Utc>,
    (row, failure): (&table::Model, Failure),
) -> Result<(), InternalError> {
    let attempts = u32::try_from(row.attempts).unwrap_or(u32::MAX);
    let next = now + pause(attempts, failure.is_permanent, &*mailer.entropy);
    tracing::warn!(mail = %row.id, kind = row.kind, attempts, reason = failure.reason, next_attempt_at = %next,
        "a mail could not be sent and will be tried again");
    let tx = db.begin_write().await?;
    table::Entity::update_many()
        .col_expr(table::Column::NextAttemptAt, Expr::value(next))
        .col_expr(table::Column::LastError, Expr::value(failure.reason))
        .col_expr(table::Column::Claim, Expr::value(None::<Uuid>))
        .filter(still_claimed(row))
        .exec(&*tx)
        .await?;
    Ok(tx.commit().await?)
}
