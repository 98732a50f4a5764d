//! Who holds personal data, in which table, under which name for the person it is about.
//!
//! A test reads the live schema and fails for a table that is not here.

use sea_orm::DbErr;

use crate::db::{UserId, WriteTransaction};
use crate::{accounts, security_events, sessions};
use sea_orm::ConnectionTrait;

/// One kind of personal data.
pub(crate) struct Category {
    /// Its table.
    pub(crate) table: &'static str,
    /// Its name for people.
    pub(crate) name: &'static str,
    /// What it is, in a sentence.
    pub(crate) description: &'static str,
}

/// Every kind, in the order in which it is removed: what refers to the account before the account.
pub(crate) const CATEGORIES: [Category; 3] = [
    Category {
        table: "security_events",
        name: "Security events",
        description: "The history of sign-ins and changes, with the addresses and devices they came from.",
    },
    Category {
        table: "sessions",
        name: "Sessions",
        description: "The places where you are or were signed in, with their addresses and devices.",
    },
    Category {
        table: "users",
        name: "Account",
        description: "Your e-mail address, username, name, picture address, language and password hash.",
    },
];

/// Tables that hold nothing about a person once a deletion was carried out.
#[cfg(test)]
pub(crate) const NOT_PERSONAL: [&str; 3] =
    ["account_deletions", "signing_keys", "seaql_migrations"];

/// How many records of each category there are, in the order of [`CATEGORIES`].
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<[u64; 3], DbErr> {
    Ok([
        security_events::count(db, user_id).await?,
        sessions::count(db, user_id).await?,
        accounts::count(db, user_id).await?,
    ])
}

/// Removes every record of each category; returns how many there were, in the order of [`CATEGORIES`].
pub(crate) async fn forget(tx: &WriteTransaction, user_id: UserId) -> Result<[u64; 3], DbErr> {
    Ok([
        security_events::forget(&**tx, user_id).await?,
        sessions::forget(&**tx, user_id).await?,
        accounts::forget(&**tx, user_id).await?,
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use migration::{Migrator, MigratorTrait};
    use sea_orm::{ConnectionTrait, Database, Statement};

    use super::{CATEGORIES, NOT_PERSONAL};

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
            .chain(NOT_PERSONAL)
            .map(str::to_owned)
            .collect();
        assert_eq!(
            live, listed,
            "list every table in personal_data/inventory.rs"
        );
    }
}
