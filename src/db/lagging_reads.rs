//! Statements for which a replica may be read.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::prelude::async_trait;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use tokio::time::timeout;

use super::availability::{Availability, Server};
use super::pools::Pools;
use super::reads::Reads;

/// Runs queries on the replica, and on the database if there is none or it fails.
#[derive(Clone)]
pub(crate) struct LaggingReads {
    database: Reads,
    replica: Option<Reads>,
    patience: Duration,
}

impl LaggingReads {
    /// Waits for an answer of the replica for at most `patience`.
    pub(super) fn new(database: Reads, pools: &Pools, patience: Duration) -> Self {
        let replica = pools.replica.as_ref().map(|pool| {
            // Connections to a replica are not expected to write.
            let availability = Availability::new(Server::Replica, patience, Arc::default());
            Reads::of_replica(pools.clone(), pool.clone(), Arc::new(availability))
        });
        Self {
            database,
            replica,
            patience,
        }
    }

    /// Returns the answer of the replica; `None` if it gives none. A replica also fails where the database does not: if a
    /// query conflicts with what it replays, or if it lacks the newest migration.
    async fn in_time<T>(
        &self,
        replica: &Reads,
        answer: impl Future<Output = Result<T, DbErr>>,
    ) -> Option<T> {
        if let Ok(answer) = timeout(self.patience, answer).await {
            return answer.ok();
        }
        let silent = DbErr::Conn(RuntimeErr::Internal("it does not answer".to_owned()));
        replica.note::<T>(Err(silent)).ok()
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for LaggingReads {
    fn get_database_backend(&self) -> DbBackend {
        self.database.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.database.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.database.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        if let Some(replica) = &self.replica {
            let answer = replica.query_one_raw(statement.clone());
            if let Some(answer) = self.in_time(replica, answer).await {
                return Ok(answer);
            }
        }
        self.database.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        if let Some(replica) = &self.replica {
            let answer = replica.query_all_raw(statement.clone());
            if let Some(answer) = self.in_time(replica, answer).await {
                return Ok(answer);
            }
        }
        self.database.query_all_raw(statement).await
    }
}
