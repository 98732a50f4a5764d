//! Failed sign-ins in a row: a wait for the network or device they come from, and for all strangers once an
//! account is under attack.
//!
//! A *stranger* is a client whose device and network have not signed in to the account. Failures never disable
//! a password, and a known device has a quota of its own, so strangers cannot lock an owner out. Identifiers
//! without an account run through the same counters and statements.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::failures::{EVERYWHERE, fresh, write};
use super::recognition::{Marks, Recognition, recognize};
use super::waits::{locked_until, may_notify, one_more, one_more_from_everywhere};
use crate::client::Client;
use crate::db::entity::login_failures as table;
use crate::db::{UserId, WriteTransaction};
use crate::entropy::Identifiers;
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

/// The account, or the identifier without an account, whose password is tried; or the second factor of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(super) hash: Vec<u8>,
    user_id: Option<UserId>,
}

/// The answer that no password is checked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LockedOut {
    /// Until when.
    pub(crate) until: DateTime<Utc>,
}

/// A failure that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// Whether it started a wait, for this client or for all strangers.
    pub(crate) locks: bool,
    /// Whether the owner is to be notified that the account is under attack.
    pub(crate) alerts: bool,
}

/// Counts attempts in the database: for every instance, and over restarts.
pub(crate) struct Lockout {
    hash: KeyedHash,
    pub(super) marks: Marks,
}

/// One client's try at one account.
#[derive(Debug)]
pub(crate) struct Attempt {
    subject: Subject,
    /// What the account knows of the client.
    pub(crate) recognition: Recognition,
    /// The `network` of each row that counts this client's failures.
    scopes: Vec<Vec<u8>>,
    /// Whether the account's own wait is for it, too.
    is_stranger: bool,
    /// Whether the owner may be notified of an attack.
    may_alert: bool,
}

impl Lockout {
    pub(crate) fn new(secret: &Secret) -> Result<Self, InternalError> {
        Ok(Self {
            hash: secret.keyed_hash("login failures")?,
            marks: Marks::new(secret)?,
        })
    }

    /// An account.
    pub(crate) fn account(&self, user_id: UserId) -> Subject {
        self.subject((b"account", &user_id.to_string()), Some(user_id))
    }

    /// The second factor of an account, whose codes are guessed apart from the password.
    pub(crate) fn second_factor(&self, user_id: UserId) -> Subject {
        self.subject((b"second factor", &user_id.to_string()), Some(user_id))
    }

    /// An identifier that names no account.
    pub(crate) fn unknown(&self, identifier: &str) -> Subject {
        self.subject((b"identifier", identifier), None)
    }

    fn subject(&self, (kind, name): (&[u8], &str), user_id: Option<UserId>) -> Subject {
        Subject {
            hash: self.hash.hash(&[kind, b"/", name.as_bytes()]).to_vec(),
            user_id,
        }
    }

    /// A try of `client` at `subject`.
    pub(crate) async fn attempt(
        &self,
        db: &impl ConnectionTrait,
        (subject, client): (Subject, &Client),
        now: DateTime<Utc>,
    ) -> Result<Attempt, DbErr> {
        // Of an identifier without an account the same is asked.
        let user_id = subject.user_id.unwrap_or(UserId(Uuid::nil()));
        let scope = |kind: &[u8], name: &[u8]| self.hash.hash(&[kind, b"/", name]).to_vec();
        let networks = client.networks();
        let mut scopes = networks
            .iter()
            .map(|network| scope(b"network", network.as_bytes()));
        let recognition = recognize(db, &self.marks, (user_id, client), now).await?;
        let is_stranger = recognition.is_stranger();
        let scopes = match recognition.device() {
            Some(mark) => vec![scope(b"device", mark)],
            None if is_stranger => scopes.collect(),
            None => scopes.by_ref().take(1).collect(),
        };
        Ok(Attempt {
            subject,
            recognition,
            scopes,
            is_stranger,
            may_alert: true,
        })
    }
}

impl Lockout {
    /// Records in the transaction `tx` that the owner of `subject` is notified at `now`. Returns `false` if the latest
    /// notice is too recent.
    pub(crate) async fn claim_notice(
        &self,
        tx: &WriteTransaction,
        subject: &Subject,
        identifiers: &Identifiers,
        now: DateTime<Utc>,
    ) -> Result<bool, DbErr> {
        let first = fresh(subject, EVERYWHERE, identifiers, now);
        write(tx, vec![first], false).await?;
        let rows = table::Entity::find()
            .filter(table::Column::Subject.eq(subject.hash.clone()))
            .filter(table::Column::Network.eq(EVERYWHERE))
            .all(&**tx)
            .await?;
        let may = rows.first().is_some_and(|row| may_notify(row, now));
        if may {
            table::Entity::update_many()
                .col_expr(table::Column::NotifiedAt, Expr::value(now))
                .filter(table::Column::Subject.eq(subject.hash.clone()))
                .filter(table::Column::Network.eq(EVERYWHERE))
                .exec(&**tx)
                .await?;
        }
        Ok(may)
    }
}

impl Attempt {
    /// The same try by somebody who is signed in to the account, and so no stranger, wherever they are.
    pub(crate) fn within_session(mut self) -> Self {
        self.scopes.truncate(1);
        self.is_stranger = false;
        self
    }

    /// The same try at a second factor by somebody who is signed in: a session is no proof of the password, of which the
    /// notice tells.
    pub(crate) fn without_notice(mut self) -> Self {
        self.may_alert = false;
        self
    }

    /// Returns whether a password may be checked at `now`.
    pub(crate) async fn check(
        &self,
        db: &impl ConnectionTrait,
        now: DateTime<Utc>,
    ) -> Result<Result<(), LockedOut>, DbErr> {
        Ok(self.require_unlocked(&self.rows().all(db).await?, now))
    }

    /// Counts a failure in the transaction `tx`; not during a wait, which a try that was checked at the same
    /// moment may have started.
    pub(crate) async fn fail(
        &self,
        tx: &WriteTransaction,
        identifiers: &Identifiers,
        now: DateTime<Utc>,
    ) -> Result<Result<Failure, LockedOut>, DbErr> {
        // First the row of which each subject has one: those who count at the same moment wait for each other.
        let first = self.fresh(EVERYWHERE, identifiers, now);
        write(tx, vec![first], false).await?;
        let mut known = self.rows().all(&**tx).await?;
        if let Err(locked) = self.require_unlocked(&known, now) {
            return Ok(Err(locked));
        }
        let mut take = |network: &[u8]| {
            let found = known.iter().position(|row| row.network == network);
            match found {
                Some(index) => known.swap_remove(index),
                None => self.fresh(network, identifiers, now),
            }
        };
        let (mut total, is_attack) = one_more_from_everywhere(take(EVERYWHERE), now);
        let alerts = is_attack && self.may_alert && may_notify(&total, now);
        if alerts {
            total.notified_at = Some(now);
        }
        let mut rows = vec![total];
        rows.extend(self.scopes.iter().map(|scope| one_more(take(scope), now)));
        let locks = is_attack || rows[1..].iter().any(|row| row.locked_until.is_some());
        write(tx, rows, true).await?;
        Ok(Ok(Failure { locks, alerts }))
    }

    /// Forgets the failures of this client's networks or device in the transaction `tx`: the password was right.
    /// Not during a wait: of many tries at once, those that come before it are taken.
    pub(crate) async fn succeed(
        &self,
        tx: &WriteTransaction,
        now: DateTime<Utc>,
    ) -> Result<Result<(), LockedOut>, DbErr> {
        let rows = self
            .rows()
            .order_by_asc(table::Column::Network)
            .lock_exclusive()
            .all(&**tx)
            .await?;
        if let Err(locked) = self.require_unlocked(&rows, now) {
            return Ok(Err(locked));
        }
        // Those from everywhere stay: they are mostly not this client's, and a stranger must not see when
        // somebody signs in.
        let own = rows.iter().filter(|row| row.network != EVERYWHERE);
        let own: Vec<Uuid> = own.map(|row| row.id).collect();
        if !own.is_empty() {
            table::Entity::delete_many()
                .filter(table::Column::Id.is_in(own))
                .exec(&**tx)
                .await?;
        }
        Ok(Ok(()))
    }

    fn rows(&self) -> Select<table::Entity> {
        let networks = self.scopes.iter().map(Vec::as_slice).chain([EVERYWHERE]);
        table::Entity::find()
            .filter(table::Column::Subject.eq(self.subject.hash.clone()))
            .filter(table::Column::Network.is_in(networks))
    }

    fn require_unlocked(&self, rows: &[table::Model], now: DateTime<Utc>) -> Result<(), LockedOut> {
        let until = rows
            .iter()
            .filter(|row| self.is_stranger || row.network != EVERYWHERE)
            .filter_map(|row| locked_until(row, now))
            .max();
        until.map_or(Ok(()), |until| Err(LockedOut { until }))
    }

    fn fresh(&self, network: &[u8], identifiers: &Identifiers, now: DateTime<Utc>) -> table::Model {
        fresh(&self.subject, network, identifiers, now)
    }
}
