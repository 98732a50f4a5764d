//! Transactions that write.

use std::future::Future;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions,
};
use tokio::sync::{Notify, OwnedSemaphorePermit};

use super::Db;
use super::pools::Pool;
use super::statements::Statements;
use crate::traces::carried;

/// Removes the timeouts of a transaction on `PostgreSQL`.
pub(super) const WITHOUT_TIMEOUTS: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
     SET LOCAL idle_in_transaction_session_timeout = 0";

/// A transaction that may write. It is rolled back if dropped without [`WriteTransaction::commit`].
pub(crate) struct WriteTransaction {
    inner: Statements,
    turn: Option<OwnedSemaphorePermit>,
    once_committed: Mutex<Vec<Arc<Notify>>>,
}

impl Db {
    /// Begins a transaction that may write. On SQLite it acquires the write lock at once: a transaction that reads
    /// first and writes later would fail if another one wrote in between.
    pub(crate) async fn begin_write(&self) -> Result<WriteTransaction, DbErr> {
        self.availability.admit()?;
        self.availability
            .note(self.begin_on(self.pools.current()).await)
    }

    /// Begins a transaction that checks whether writing works.
    pub(super) async fn begin_probe(&self) -> Result<WriteTransaction, DbErr> {
        self.begin_on(&self.pools.health).await
    }

    async fn begin_on(&self, pool: &Pool) -> Result<WriteTransaction, DbErr> {
        let started_at = Instant::now();
        let turn = match &self.writers {
            Some(writers) => Some(
                writers
                    .clone()
                    .acquire_owned()
                    .await
                    .map_err(|e| DbErr::Custom(e.to_string()))?,
            ),
            None => None,
        };
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let (pool, writability) = (pool.clone(), self.writability.clone());
        let seconds = self.begin_seconds.clone();
        to_its_end(async move {
            let begun = pool.begin(options).await;
            seconds.observe(started_at.elapsed().as_secs_f64());
            let transaction = begun.inspect_err(|error| writability.failed(error))?;
            Ok(WriteTransaction {
                inner: Statements::new(transaction, writability),
                turn,
                once_committed: Mutex::default(),
            })
        })
        .await
    }

    /// Begins a transaction that waits for every other one begun under the same `name`, on any instance.
    pub(crate) async fn begin_exclusive(&self, name: &str) -> Result<WriteTransaction, DbErr> {
        let tx = self.begin_write().await?;
        self.exclude_others(&tx, name).await?;
        Ok(tx)
    }

    /// Like [`Db::begin_exclusive`], for work that may take longer than a request.
    pub(super) async fn begin_exclusive_without_timeouts(
        &self,
        name: &str,
    ) -> Result<WriteTransaction, DbErr> {
        let tx = self.begin_write().await?;
        if self.is_postgres() {
            tx.execute_unprepared(WITHOUT_TIMEOUTS).await?;
        }
        self.exclude_others(&tx, name).await?;
        Ok(tx)
    }

    async fn exclude_others(&self, tx: &WriteTransaction, name: &str) -> Result<(), DbErr> {
        if self.is_postgres() {
            let lock = Statement::from_sql_and_values(
                sea_orm::DbBackend::Postgres,
                "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
                [format!("gatehouse/{name}").into()],
            );
            tx.execute_raw(lock).await?;
        }
        Ok(())
    }
}

impl WriteTransaction {
    /// Notifies `notify` after the commit, and never without one.
    pub(crate) fn once_committed(&self, notify: &Arc<Notify>) {
        self.once_committed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(notify.clone());
    }

    /// Returns the transaction itself, for the migrations.
    pub(super) fn transaction(&self) -> &DatabaseTransaction {
        &self.inner.transaction
    }

    /// Commits all writes atomically. Fails and rolls back if a statement has failed.
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        to_its_end(async move {
            let committed = self.inner.commit().await;
            drop(self.turn);
            if committed.is_ok() {
                let waiting = self
                    .once_committed
                    .into_inner()
                    .unwrap_or_else(PoisonError::into_inner);
                for notify in waiting {
                    notify.notify_one();
                }
            }
            committed
        })
        .await
    }
}

/// Runs `work` to its end even if its caller is dropped: a request is dropped when its client disconnects, and a
/// connection that was interrupted in the middle of BEGIN or COMMIT is in an unknown state.
pub(super) async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, DbErr>> + Send + 'static,
) -> Result<T, DbErr> {
    tokio::spawn(carried(work))
        .await
        .map_err(|error| DbErr::Custom(error.to_string()))?
}

impl Deref for WriteTransaction {
    type Target = Statements;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sea_orm::ConnectionTrait as _;
    use tempfile::TempDir;

    use crate::config;
    use crate::db::Db;
    use crate::metrics::Metrics;

    async fn database(folder: &TempDir) -> Db {
        let config = config::Database::sqlite_in(folder.path());
        let db = Db::connect(&config, Duration::from_secs(1), &Metrics::new()).await;
        let db = db.unwrap();
        db.migrate().await.unwrap();
        db
    }

    #[tokio::test]
    async fn a_transaction_of_which_a_statement_failed_cannot_be_committed() {
        let folder = TempDir::new().unwrap();
        let db = database(&folder).await;
        let insert = "INSERT INTO write_probes (id, probed_at) VALUES (7, '2026-01-01T00:00:00Z')";
        let tx = db.begin_write().await.unwrap();
        tx.execute_unprepared(insert).await.unwrap();
        assert!(
            tx.execute_unprepared(insert).await.is_err(),
            "the same again"
        );
        assert!(
            tx.execute_unprepared("SELECT 1").await.is_err(),
            "nothing more is sent"
        );
        assert!(tx.commit().await.is_err());

        let tx = db.begin_write().await.unwrap();
        tx.execute_unprepared(insert).await.unwrap();
        tx.commit().await.unwrap();
    }
}
