//! Wrong passwords in a row: a wait for who types them, and in the end the password is off.
//!
//! What was typed counts whether or not it names an account. Waits are for one account from one network, so
//! that strangers cannot lock an owner out; only a hundred failures in a row, from everywhere, turn the password
//! off (NIST SP 800-63B-4, section 3.2.2).

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

use crate::client::Client;
use crate::db::entity::login_failures as table;
use crate::db::{UserId, WriteTransaction, delete_batch};
use crate::entropy::Identifiers;
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

/// From this failure on there is a wait.
const FIRST_WAIT_AT: i32 = 5;
/// The first wait; it doubles with each further failure.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
/// The longest wait.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
/// So many failures in a row, from everywhere, and the password is off.
const OFF_AT: i32 = 100;
/// How long failures are remembered.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// Whose password is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject(pub(super) Vec<u8>);

/// That no password is checked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LockedOut {
    /// Until when; `None` until the password is reset.
    pub(crate) until: Option<DateTime<Utc>>,
}

/// A failure that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// Whether it locks the account, for a while or until the password is reset.
    pub(crate) locks: bool,
}

/// Counts attempts, in the database: for every instance, and over restarts.
pub(crate) struct Lockout {
    hash: KeyedHash,
}

impl Lockout {
    pub(crate) fn new(secret: &Secret) -> Result<Self, InternalError> {
        Ok(Self {
            hash: secret.keyed_hash("login failures")?,
        })
    }

    /// An account.
    pub(crate) fn account(&self, user_id: UserId) -> Subject {
        self.subject(b"account", &user_id.to_string())
    }

    /// What was typed and names no account.
    pub(crate) fn unknown(&self, identifier: &str) -> Subject {
        self.subject(b"identifier", identifier)
    }

    fn subject(&self, kind: &[u8], name: &str) -> Subject {
        Subject(self.hash.hash(&[kind, b"/", name.as_bytes()]).to_vec())
    }

    fn network(&self, client: &Client) -> Vec<u8> {
        let network = client.network();
        self.hash.hash(&[b"network/", network.as_bytes()]).to_vec()
    }

    /// Whether a password may be checked at `now`.
    pub(crate) async fn check(
        &self,
        db: &impl ConnectionTrait,
        (subject, client): (&Subject, &Client),
        now: DateTime<Utc>,
    ) -> Result<Result<(), LockedOut>, DbErr> {
        let rows = self.its_rows(subject, client).all(db).await?;
        Ok(judge(&rows, 0, now))
    }

    /// Counts a failure in the transaction `tx`; not while there is a wait, which one that was checked at the
    /// same moment may have started.
    pub(crate) async fn fail(
        &self,
        tx: &WriteTransaction,
        identifiers: &Identifiers,
        (subject, client): (&Subject, &Client),
        now: DateTime<Utc>,
    ) -> Result<Result<Failure, LockedOut>, DbErr> {
        let mut counted = Vec::new();
        // In one order, for whoever counts at the same moment.
        for network in [Vec::new(), self.network(client)] {
            let id = identifiers.next(now);
            counted.push(count(&**tx, id, (subject, network), now).await?);
        }
        if let Err(locked) = judge(&counted, 1, now) {
            return Ok(Err(locked));
        }
        let [total, here] = [&counted[0], &counted[1]];
        let locked_until = wait_after(here.failures).map(|wait| now + wait);
        table::Entity::update_many()
            .col_expr(table::Column::LockedUntil, Expr::value(locked_until))
            .filter(table::Column::Id.eq(here.id))
            .exec(&**tx)
            .await?;
        let locks = locked_until.is_some() || total.failures == OFF_AT;
        Ok(Ok(Failure { locks }))
    }

    /// Takes the failures from the network of `client` back in the transaction `tx`: the password was right.
    /// Not while there is a wait: of many that are tried at once, those count that come before it.
    pub(crate) async fn succeed(
        &self,
        tx: &WriteTransaction,
        (subject, client): (&Subject, &Client),
        now: DateTime<Utc>,
    ) -> Result<Result<(), LockedOut>, DbErr> {
        let rows = self
            .its_rows(subject, client)
            .order_by_asc(table::Column::Network)
            .lock_exclusive()
            .all(&**tx)
            .await?;
        if let Err(locked) = judge(&rows, 0, now) {
            return Ok(Err(locked));
        }
        if !rows.is_empty() {
            table::Entity::delete_many()
                .filter(table::Column::Id.is_in(rows.iter().map(|row| row.id)))
                .exec(&**tx)
                .await?;
        }
        Ok(Ok(()))
    }

    fn its_rows(&self, subject: &Subject, client: &Client) -> Select<table::Entity> {
        table::Entity::find()
            .filter(table::Column::Subject.eq(subject.0.clone()))
            .filter(table::Column::Network.is_in([Vec::new(), self.network(client)]))
    }
}

/// What the counts mean for one more try, without the `counted` that it has just added.
fn judge(rows: &[table::Model], counted: i32, now: DateTime<Utc>) -> Result<(), LockedOut> {
    for row in rows {
        if row.network.is_empty() {
            if row.failures - counted >= OFF_AT {
                return Err(LockedOut { until: None });
            }
        } else if let Some(until) = row.locked_until.filter(|until| *until > now) {
            return Err(LockedOut { until: Some(until) });
        }
    }
    Ok(())
}

/// Takes all failures of `subject` back; returns in how many records they were.
pub(crate) async fn clear(db: &impl ConnectionTrait, subject: &Subject) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::Subject.eq(subject.0.clone()))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}

/// Removes at most `most` of the failures that nobody added to for long, oldest first. Returns how many were
/// removed.
pub(crate) async fn sweep(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let expired = table::Entity::find()
        .filter(table::Column::LastFailedAt.lt(now - REMEMBERED))
        .order_by_asc(table::Column::LastFailedAt);
    delete_batch::<_, Uuid>(db, expired, table::Column::Id, most).await
}

async fn count(
    db: &impl ConnectionTrait,
    id: Uuid,
    (subject, network): (&Subject, Vec<u8>),
    now: DateTime<Utc>,
) -> Result<table::Model, DbErr> {
    let row = table::ActiveModel {
        id: Set(id),
        subject: Set(subject.0.clone()),
        network: Set(network.clone()),
        failures: Set(1),
        locked_until: Set(None),
        last_failed_at: Set(now),
    };
    let one_more = OnConflict::columns([table::Column::Subject, table::Column::Network])
        .value(
            table::Column::Failures,
            Expr::col((table::Entity, table::Column::Failures)).add(1),
        )
        .value(table::Column::LastFailedAt, now)
        .to_owned();
    table::Entity::insert(row)
        .on_conflict(one_more)
        .exec_without_returning(db)
        .await?;
    let rows = table::Entity::find()
        .filter(table::Column::Subject.eq(subject.0.clone()))
        .filter(table::Column::Network.eq(network))
        .all(db)
        .await?;
    rows.into_iter()
        .next()
        .ok_or_else(|| DbErr::RecordNotFound("a failure just counted".to_owned()))
}

fn wait_after(failures: i32) -> Option<TimeDelta> {
    let doublings = u32::try_from(failures.checked_sub(FIRST_WAIT_AT)?).ok()?;
    let wait = FIRST_WAIT * 2_i32.pow(Ord::min(doublings, 8));
    Some(Ord::min(wait, LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::wait_after;

    #[test]
    fn the_wait_starts_with_the_fifth_failure_and_doubles_to_a_quarter_of_an_hour() {
        let minutes = |failures| wait_after(failures).map(|wait: TimeDelta| wait.num_minutes());
        assert_eq!(minutes(1), None);
        assert_eq!(minutes(4), None);
        for (failures, wait) in [
            (5, 1),
            (6, 2),
            (7, 4),
            (8, 8),
            (9, 15),
            (99, 15),
            (i32::MAX, 15),
        ] {
            assert_eq!(minutes(failures), Some(wait), "{failures}");
        }
    }
}
