//! Statements for which a replica may be read.

use std::sync::Arc;

use sea_orm::prelude::async_trait;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::reads::Reads;
use super::replica::Replica;

/// Reads lists from the replica, and from the database if there is none or it is not read. All else is the database's.
#[derive(Clone)]
pub(crate) struct LaggingReads {
    pub(super) database: Reads,
    pub(super) replica: Option<Arc<Replica>>,
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
        self.database.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        if let Some(replica) = &self.replica {
            let answer = replica.query_all(statement.clone()).await;
            if let Some(rows) = answer {
                return Ok(rows);
            }
        }
        self.database.query_all_raw(statement).await
    }
}
