//! The statements of a transaction that writes. After one has failed, no further statement is sent and nothing is
//! committed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::prelude::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use super::writability::Writability;

/// The statements of a transaction.
///
/// After an error SQLite may have rolled the transaction back by itself (<https://sqlite.org/lang_transaction.html>,
/// section 3): later statements would be committed at once and one by one. `PostgreSQL` answers the COMMIT of a failed
/// transaction with a ROLLBACK that the driver does not notice.
pub(crate) struct Statements {
    pub(super) transaction: DatabaseTransaction,
    pub(super) writability: Arc<Writability>,
    failed: AtomicBool,
}

impl Statements {
    pub(super) fn new(transaction: DatabaseTransaction, writability: Arc<Writability>) -> Self {
        Self {
            transaction,
            writability,
            failed: AtomicBool::new(false),
        }
    }

    /// Commits, or rolls everything back if a statement has failed.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        self.check()?;
        let committed = self.transaction.commit().await;
        match &committed {
            Ok(()) => self.writability.committed(),
            Err(error) => self.writability.failed(error),
        }
        committed
    }

    fn check(&self) -> Result<(), DbErr> {
        if self.failed.load(Ordering::Acquire) {
            let reason = "a statement of this transaction has failed; it is rolled back";
            return Err(DbErr::Custom(reason.to_owned()));
        }
        Ok(())
    }

    fn watched<T>(&self, answer: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(error) = &answer {
            self.failed.store(true, Ordering::Release);
            self.writability.failed(error);
        }
        answer
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Statements {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.check()?;
        self.watched(self.transaction.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.check()?;
        self.watched(self.transaction.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.check()?;
        self.watched(self.transaction.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.check()?;
        self.watched(self.transaction.query_all_raw(statement).await)
    }
}
