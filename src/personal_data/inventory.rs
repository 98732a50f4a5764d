//! Who holds personal data, in which table, under which name for the person it is about.
//!
//! A test reads the live schema and fails for a table that is not here.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::export_document::{Document, ExportError};
use crate::app::App;
use crate::db::{UserId, WriteTransaction};
use crate::{accounts, mail, rate_limits, security_events, sessions, tokens};

/// One kind of personal data.
pub(crate) struct Category {
    /// Its table; the first of them where there are several.
    pub(crate) table: &'static str,
    /// Its name in an export.
    pub(crate) key: &'static str,
    /// Its name for people.
    pub(crate) name: &'static str,
    /// What it is, in a sentence.
    pub(crate) description: &'static str,
}

/// Every kind, in the order in which it is removed: what refers to the account before the account, and what
/// is locked first by other changes before what is locked later.
pub(crate) const CATEGORIES: [Category; 7] = [
    Category {
        table: "one_time_tokens",
        key: "links",
        name: "Links in mails",
        description: "The links that were mailed to you and still count or expired lately, with the address they went to.",
    },
    Category {
        table: "security_events",
        key: "securityEvents",
        name: "Security events",
        description: "The history of sign-ins and changes, with the addresses and devices they came from.",
    },
    Category {
        table: "sessions",
        key: "sessions",
        name: "Sessions",
        description: "The places where you are or were signed in, with their addresses and devices.",
    },
    Category {
        table: "outbox",
        key: "mails",
        name: "Mails on their way",
        description: "The mails that wait to be sent to you, encrypted, and records of those that could not be.",
    },
    Category {
        table: "login_failures",
        key: "loginFailures",
        name: "Wrong passwords",
        description: "How many wrong passwords were tried in a row on your account, and from how many networks and devices, as hashes.",
    },
    Category {
        table: "known_devices",
        key: "knownDevices",
        name: "Known devices",
        description: "The devices and networks from which you signed in, as hashes, with when each was last used.",
    },
    Category {
        table: "users",
        key: "account",
        name: "Account",
        description: "Your e-mail address and one that waits to be verified, username, name, picture address, language and password hash.",
    },
];

/// Tables that belong to a category under another table's name.
#[cfg(test)]
const ALSO: [&str; 2] = ["mail_requests", "pending_registrations"];

/// Tables that hold nothing about a person once a deletion was carried out. A username that is held back
/// names nobody: it is what a stranger typed beside an address not theirs. The counts of emails to an address
/// are kept under a keyed hash of it, and are gone a day after the last one.
#[cfg(test)]
const NOT_PERSONAL: [&str; 6] = [
    "account_deletions",
    "mail_counts",
    "signing_keys",
    "seaql_migrations",
    "username_reservations",
    "write_probes",
];

/// How many records of each category there are, in the order of [`CATEGORIES`].
pub(crate) async fn count(
    app: &App,
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<[u64; 7], DbErr> {
    Ok([
        tokens::count(db, user_id).await?,
        security_events::count(db, user_id).await?,
        sessions::count(db, user_id).await?,
        mail::count(db, user_id).await?,
        rate_limits::count(db, &app.lockout.account(user_id)).await?,
        rate_limits::count_devices(db, user_id).await?,
        accounts::count(db, user_id).await?,
    ])
}

/// Writes every record of each category to `document`, by its name in an export. What has a page is read a page at a
/// time.
pub(super) async fn export(
    app: &App,
    db: &DatabaseTransaction,
    user_id: UserId,
    document: &mut (impl Document + Send),
) -> Result<(), ExportError> {
    let [links, events, places, mails, failures, devices, account] =
        CATEGORIES.map(|category| category.key);
    document.value(account, accounts::export(db, user_id).await?)?;
    document.begin(places)?;
    let mut after = None;
    loop {
        let (records, next) = sessions::export(db, user_id, after).await?;
        records.into_iter().try_for_each(|it| document.record(it))?;
        after = next;
        if after.is_none() {
            break;
        }
    }
    document.end()?;
    document.begin(events)?;
    loop {
        let (records, next) = security_events::export(db, user_id, after).await?;
        records.into_iter().try_for_each(|it| document.record(it))?;
        after = next;
        if after.is_none() {
            break;
        }
    }
    document.end()?;
    let subject = app.lockout.account(user_id);
    for (key, records) in [
        (links, tokens::export(db, user_id).await?),
        (mails, mail::export(db, user_id).await?),
        (failures, rate_limits::export(db, &subject).await?),
        (devices, rate_limits::export_devices(db, user_id).await?),
    ] {
        document.begin(key)?;
        records.into_iter().try_for_each(|it| document.record(it))?;
        document.end()?;
    }
    Ok(())
}

/// Removes every record of each category; returns how many there were, in the order of [`CATEGORIES`].
pub(crate) async fn forget(
    app: &App,
    tx: &WriteTransaction,
    user_id: UserId,
) -> Result<[u64; 7], DbErr> {
    // In the order of every change of an account. Once the account itself is locked, nothing new can refer to it.
    let failures = app.lockout.account(user_id);
    sessions::lock_sessions(&**tx, user_id, app.clock.now()).await?;
    rate_limits::lock(&**tx, &failures).await?;
    accounts::lock_account(&**tx, user_id).await?;
    Ok([
        tokens::forget(&**tx, user_id).await?,
        security_events::forget(&**tx, user_id).await?,
        sessions::forget(&**tx, user_id).await?,
        mail::forget(&**tx, user_id).await?,
        rate_limits::forget(&**tx, &failures).await?,
        rate_limits::forget_devices(&**tx, user_id).await?,
        accounts::forget(&**tx, user_id).await?,
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use migration::{Migrator, MigratorTrait};
    use sea_orm::{ConnectionTrait, Database, Statement};

    use super::{ALSO, CATEGORIES, NOT_PERSONAL};

    #[tokio::test]
    async fn every_table_of_the_live_schema_has_an_owner_or_holds_nothing_personal() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        let sql =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let rows = db
            .query_all_raw(Statement::from_string(sea_orm::DbBackend::Sqlite, sql))
            .await
            .unwrap();
        let live: BTreeSet<String> = rows
            .iter()
            .map(|row| row.try_get::<String>("", "name").unwrap())
            .collect();
        let listed: BTreeSet<String> = CATEGORIES
            .iter()
            .map(|category| category.table)
            .chain(ALSO)
            .chain(NOT_PERSONAL)
            .map(str::to_owned)
            .collect();
        assert_eq!(
            live, listed,
            "list every table in personal_data/inventory.rs"
        );
    }
}
