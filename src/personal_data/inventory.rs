//! The inventory of personal data: its tables, and its names for the user.
//!
//! A test reads the live schema and fails if it has a table that is not listed here.

use sea_orm::{DatabaseTransaction, DbErr};

use super::account_categories::{Account, KnownDevices, LoginFailures, SecondFactors};
use super::categories::{Links, Outbox, SecurityEvents, Sessions};
use super::export_document::{Document, ExportError};
use crate::app::App;
use crate::db::{UserId, WriteTransaction};
use crate::{accounts, lockout, sessions};

/// One kind of personal data.
pub(crate) struct Category {
    /// Its table; the first of them if there are several.
    pub(crate) table: &'static str,
    /// Its key in an export.
    pub(crate) key: &'static str,
    /// Its name for users.
    pub(crate) name: &'static str,
    /// A description for users, in a sentence.
    pub(crate) description: &'static str,
}

/// What Gatehouse can do with one kind of personal data. A new kind is a type that implements this, listed in
/// [`INVENTORY`].
#[async_trait::async_trait]
pub(super) trait PersonalData: Sync {
    /// Returns its category.
    fn category(&self) -> &'static Category;

    /// Counts the records of `user_id`.
    async fn count(&self, app: &App, user_id: UserId) -> Result<u64, DbErr>;

    /// Writes the records of `user_id` to `document`, read from the snapshot `db`, without secrets.
    async fn export(
        &self,
        app: &App,
        db: &DatabaseTransaction,
        user_id: UserId,
        document: &mut (dyn Document + Send),
    ) -> Result<(), ExportError>;

    /// Removes the records of `user_id` and returns how many there were.
    async fn forget(&self, app: &App, tx: &WriteTransaction, user_id: UserId)
    -> Result<u64, DbErr>;
}

/// All kinds, in the order of removal: references to the account before the account, and in lock order.
pub(super) const INVENTORY: [&dyn PersonalData; 8] = [
    &Links,
    &SecurityEvents,
    &Sessions,
    &Outbox,
    &LoginFailures,
    &KnownDevices,
    &SecondFactors,
    &Account,
];

/// Tables that are covered by another table's category.
#[cfg(test)]
const ALSO: [&str; 7] = [
    "factor_removals",
    "mail_requests",
    "passkeys",
    "passwords",
    "pending_registrations",
    "recovery_codes",
    "sign_in_challenges",
];

/// Tables that hold no personal data after a deletion is completed. A reserved username identifies no person: a
/// stranger submitted it with another person's address. The times of emails to an address are stored under a keyed hash
/// of it, and removed a day after the last one.
#[cfg(test)]
const NOT_PERSONAL: [&str; 7] = [
    "account_deletions",
    "mail_counts",
    "signing_keys",
    "seaql_migrations",
    "used_ceremonies",
    "username_reservations",
    "write_probes",
];

/// A kind of personal data with its number of records.
pub(crate) type Counted = (&'static Category, u64);

/// Counts the records of each kind, in the order of the inventory.
pub(super) async fn count(app: &App, user_id: UserId) -> Result<Vec<Counted>, DbErr> {
    let mut counts = Vec::with_capacity(INVENTORY.len());
    for data in INVENTORY {
        counts.push((data.category(), data.count(app, user_id).await?));
    }
    Ok(counts)
}

/// Writes every record to `document`, the account first.
pub(super) async fn export(
    app: &App,
    db: &DatabaseTransaction,
    user_id: UserId,
    document: &mut (dyn Document + Send),
) -> Result<(), ExportError> {
    for data in INVENTORY.iter().rev() {
        data.export(app, db, user_id, document).await?;
    }
    Ok(())
}

/// Removes every record and returns how many there were of each kind, in the order of the inventory.
pub(super) async fn forget(
    app: &App,
    tx: &WriteTransaction,
    user_id: UserId,
) -> Result<Vec<Counted>, DbErr> {
    // In lock order. Once the account itself is locked, nothing new can refer to it.
    let (subject, now) = (app.lockout.account(user_id), app.clock.now());
    sessions::lock_sessions(&**tx, user_id, now).await?;
    lockout::lock(tx, &subject, &app.identifiers, now).await?;
    accounts::lock_account(&**tx, user_id).await?;
    let mut counts = Vec::with_capacity(INVENTORY.len());
    for data in INVENTORY {
        counts.push((data.category(), data.forget(app, tx, user_id).await?));
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use migration::{Migrator, MigratorTrait};
    use sea_orm::{ConnectionTrait, Database, Statement};

    use super::{ALSO, INVENTORY, NOT_PERSONAL};

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
        let listed: BTreeSet<String> = INVENTORY
            .iter()
            .map(|data| data.category().table)
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
