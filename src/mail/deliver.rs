//! Sending what waits in the outbox.
//!
//! A worker claims a mail before it sends it: it moves the mail's next attempt behind the time that sending
//! can take, and notes its claim. Of several instances one claims it (`FOR UPDATE SKIP LOCKED`; on SQLite
//! there is one writer at a time); if that one is killed, the mail is due again when the claim ends. A mail
//! that was handed over in the very moment of a crash goes out twice, with one `Message-ID`.

use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockBehavior, LockType};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Mailer;
use super::outbox::{Envelope, seal_name};
use super::retry::pause;
use super::transport::Failure;
use crate::clock::Clock;
use crate::db::Db;
use crate::db::entity::outbox as table;
use crate::errors::InternalError;

/// How many mails are sent at a time.
const AT_A_TIME: u64 = 4;
/// How much longer than sending may take a claim lasts.
const MARGIN: TimeDelta = TimeDelta::seconds(30);

/// Sends every mail that is due, or those under way once `stop` is cancelled; returns how many it tried. One
/// that cannot be sent does not hold up the others and is tried again later; one that was tried long enough is
/// given up.
pub(crate) async fn deliver_due(
    mailer: &Mailer,
    db: &Db,
    clock: &dyn Clock,
    stop: &CancellationToken,
) -> Result<usize, InternalError> {
    let _turn = mailer.sending.lock().await;
    give_up_overdue(mailer, db, clock.now()).await?;
    let mut tried = 0;
    while !stop.is_cancelled() {
        let claimed = claim(mailer, db, clock.now()).await?;
        if claimed.is_empty() {
            break;
        }
        tried += claimed.len();
        for outcome in join_all(claimed.iter().map(|row| attempt(mailer, db, clock, row))).await {
            outcome?;
        }
    }
    Ok(tried)
}

fn is_due(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(table::Column::GivenUpAt.is_null())
        .add(table::Column::NextAttemptAt.lte(now))
}

/// Tried long enough, and not being tried now.
fn is_overdue(now: DateTime<Utc>) -> Condition {
    let nobody_is_at_it = Condition::any()
        .add(table::Column::Claim.is_null())
        .add(table::Column::NextAttemptAt.lte(now));
    Condition::all()
        .add(table::Column::GivenUpAt.is_null())
        .add(table::Column::ExpiresAt.lte(now))
        .add(nobody_is_at_it)
}

async fn claim(
    mailer: &Mailer,
    db: &Db,
    now: DateTime<Utc>,
) -> Result<Vec<table::Model>, InternalError> {
    let due = table::Entity::find()
        .filter(is_due(now))
        .order_by_asc(table::Column::NextAttemptAt)
        .order_by_asc(table::Column::Id)
        .limit(AT_A_TIME);
    // Looking first costs no turn of the one writer that SQLite has.
    if due.clone().all(db.read()).await?.is_empty() {
        return Ok(Vec::new());
    }
    let tx = db.begin_write().await?;
    let mut rows = due
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&*tx)
        .await?;
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
    clock: &dyn Clock,
    row: &table::Model,
) -> Result<(), InternalError> {
    let sent = match message(mailer, row) {
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
            forget_sent(db, row).await
        }
        Err(failure) => {
            mailer.metrics.mail_attempts_failed.inc();
            try_again_later(mailer, db, clock.now(), (row, failure)).await
        }
    }
}

/// The mail as it goes out; its name and date are the same at every attempt.
fn message(mailer: &Mailer, row: &table::Model) -> Result<Message, String> {
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
    let header = |name: &'static str, value: String| {
        HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
    };
    Message::builder()
        .from(mailer.from.clone())
        .to(Mailbox::new(None, to))
        .subject(envelope.subject)
        .date(SystemTime::from(row.created_at))
        .message_id(Some(format!("<{}@{}>", row.id, mailer.from.email.domain())))
        // So that no machine answers it (RFC 3834, section 5).
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("Content-Language", envelope.language))
        .multipart(MultiPart::alternative_plain_html(
            envelope.text,
            envelope.html,
        ))
        .map_err(|error| error.to_string())
}

/// Conditional on the claim: an instance that was held up for longer than that has no say any more.
fn still_claimed(row: &table::Model) -> Condition {
    Condition::all()
        .add(table::Column::Id.eq(row.id))
        .add(table::Column::Claim.eq(row.claim))
}

async fn forget_sent(db: &Db, row: &table::Model) -> Result<(), InternalError> {
    let tx = db.begin_write().await?;
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

/// Gives up what was tried long enough: its address and bodies go, what it was and why it failed stays for
/// the operator. The last mail to somebody whose account is gone leaves nothing.
async fn give_up_overdue(
    mailer: &Mailer,
    db: &Db,
    now: DateTime<Utc>,
) -> Result<(), InternalError> {
    let overdue = table::Entity::find()
        .filter(is_overdue(now))
        .all(db.read())
        .await?;
    for row in overdue {
        if give_up(db, &row, now).await? {
            mailer.metrics.mails_given_up.inc();
            tracing::error!(mail = %row.id, kind = row.kind, attempts = row.attempts,
                reason = row.last_error.as_deref().unwrap_or("it was never tried"),
                written_at = %row.created_at, "a mail was given up");
        }
    }
    Ok(())
}

async fn give_up(db: &Db, row: &table::Model, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let tx = db.begin_write().await?;
    let unchanged = Condition::all()
        .add(table::Column::Id.eq(row.id))
        .add(is_overdue(now));
    let changed = if row.user_id.is_none() {
        let removal = table::Entity::delete_many().filter(unchanged);
        removal.exec(&*tx).await?.rows_affected
    } else {
        let emptying = table::Entity::update_many()
            .col_expr(table::Column::GivenUpAt, Expr::value(now))
            .col_expr(table::Column::Sealed, Expr::value(None::<Vec<u8>>))
            .filter(unchanged);
        emptying.exec(&*tx).await?.rows_affected
    };
    tx.commit().await?;
    Ok(changed == 1)
}
