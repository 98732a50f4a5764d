//! Transactions that write.

use std::future::Future;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{Notify, OwnedSemaphorePermit};

use super::Db;

/// A transaction that may write. Dropped without [`WriteTransaction::commit`], it is rolled back.
pub(crate) struct WriteTransaction {
    inner: DatabaseTransaction,
    turn: Option<OwnedSemaphorePermit>,
    once_committed: Mutex<Vec<Arc<Notify>>>,
}

impl Db {
    /// Begins a transaction that may write. On SQLite it takes the write lock at once: a transaction that
    /// reads first and writes later would fail when another one wrote in between.
    pub(crate) async fn begin_write(&self) -> Result<WriteTransaction, DbErr> {
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
        let connection = self.connection.clone();
        to_its_end(async move {
            let inner = connection.begin_with_options(options).await?;
            Ok(WriteTransaction {
                inner,
                turn,
                once_committed: Mutex::default(),
            })
        })
        .await
    }

    /// Begins a transaction that waits for every other one begun under the same `name`, on any instance.
    pub(crate) async fn begin_exclusive(&self, name: &str) -> Result<WriteTransaction, DbErr> {
        let tx = self.begin_write().await?;
        if self.is_postgres() {
            let lock = Statement::from_sql_and_values(
                sea_orm::DbBackend::Postgres,
                "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
                [format!("gatehouse/{name}").into()],
            );
            tx.execute_raw(lock).await?;
        }
        Ok(tx)
    }
}

impl WriteTransaction {
    /// Tells `notify` once this is committed; never if it is not.
    pub(crate) fn once_committed(&self, notify: &Arc<Notify>) {
        self.once_committed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(notify.clone());
    }

    /// Makes everything that was written lasting, all at once.
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

/// Runs `work` to its end even when whoever waits for it leaves: a request whose client hangs up is dropped
/// where it stands, and a connection that was cut off in the middle of BEGIN or COMMIT is in no known state.
async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, DbErr>> + Send + 'static,
) -> Result<T, DbErr> {
    tokio::spawn(work)
        .await
        .map_err(|error| DbErr::Custom(error.to_string()))?
}

impl Deref for WriteTransaction {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}
