//! Statements outside of a transaction.

use std::sync::Arc;

use sea_orm::prelude::async_trait;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::availability::Availability;
use super::pools::Pools;

/// Runs queries on the current pool. During an outage they fail at once.
#[derive(Clone)]
pub(crate) struct Reads {
    pub(super) pools: Pools,
    pub(super) availability: Arc<Availability>,
}

#[async_trait::async_trait]
impl ConnectionTrait for Reads {
    fn get_database_backend(&self) -> DbBackend {
        self.pools.current().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.availability.admit()?;
        self.availability
            .note(self.pools.current().execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.availability.admit()?;
        self.availability
            .note(self.pools.current().execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.availability.admit()?;
        self.availability
            .note(self.pools.current().query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.availability.admit()?;
        self.availability
            .note(self.pools.current().query_all_raw(statement).await)
    }
}
