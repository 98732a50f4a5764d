//! Read-only transactions with a consistent snapshot.

use sea_orm::{
    AccessMode, ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, Statement, TransactionOptions,
};

use super::Db;
use super::transaction::to_its_end;

impl Db {
    /// Begins a transaction that sees the database as it was at its first read. It does not block writers.
    pub(crate) async fn begin_snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        let mut options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
            ..TransactionOptions::default()
        };
        if self.is_postgres() {
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        self.availability.admit()?;
        let pool = self.pools.current().clone();
        let begun = to_its_end(async move { pool.begin(options).await }).await;
        self.availability.note(begun)
    }

    /// Returns whether the transaction `tx` is the only one under `name`, on any instance, until it ends. On SQLite
    /// there is one instance, which has to track this itself.
    pub(crate) async fn is_only_one(
        &self,
        tx: &DatabaseTransaction,
        name: &str,
    ) -> Result<bool, DbErr> {
        if !self.is_postgres() {
            return Ok(true);
        }
        let lock = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked",
            [format!("gatehouse/{name}").into()],
        );
        let row = tx.query_one_raw(lock).await?;
        row.map_or(Ok(false), |row| row.try_get("", "locked"))
    }
}
