//! Statements outside a transaction.

use std::sync::Arc;

use sea_orm::prelude::async_trait;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::availability::Availability;
use super::pools::{Pool, Pools};
use super::transaction::to_its_end;
use crate::config::PoolMode;

/// Runs queries on the current pool. During an outage they fail at once.
#[derive(Clone)]
pub(crate) struct Reads {
    pools: Pools,
    /// `None` if a failure is not one of the database.
    availability: Option<Arc<Availability>>,
    /// Of a purpose of their own, whatever the current task is.
    own: Option<Pool>,
}

impl Reads {
    pub(super) fn new(pools: Pools, availability: Arc<Availability>) -> Self {
        Self {
            pools,
            availability: Some(availability),
            own: None,
        }
    }

    /// Returns those on `replica`.
    pub(super) fn of_replica(pools: Pools, replica: Pool) -> Self {
        Self {
            pools,
            availability: None,
            own: Some(replica),
        }
    }

    /// Returns the same on the connections of look-ups.
    pub(super) fn for_lookups(&self) -> Self {
        Self {
            own: Some(self.pools.lookups.clone()),
            ..self.clone()
        }
    }

    fn pool(&self) -> &Pool {
        self.own.as_ref().unwrap_or_else(|| self.pools.current())
    }

    fn admit(&self) -> Result<(), DbErr> {
        let admitted = self.availability.as_ref().map(|it| it.admit());
        admitted.unwrap_or(Ok(()))
    }

    fn note<T>(&self, answer: Result<T, DbErr>) -> Result<T, DbErr> {
        match &self.availability {
            Some(availability) => availability.note(answer),
            None => answer,
        }
    }
}

/// Runs a prepared statement. The driver prepares and executes it in two round trips, for which a pooler in transaction
/// mode may assign two connections. It therefore needs a transaction there.
macro_rules! prepared {
    ($reads:ident, $method:ident($statement:ident)) => {{
        $reads.admit()?;
        let pool = $reads.pool();
        let answer = match pool.mode {
            PoolMode::Session => pool.connections.$method($statement).await,
            PoolMode::Transaction => {
                let pool: Pool = pool.clone();
                to_its_end(async move {
                    let transaction = pool.begin(Default::default()).await?;
                    let answer = transaction.$method($statement).await?;
                    transaction.commit().await?;
                    Ok(answer)
                })
                .await
            }
        };
        $reads.note(answer)
    }};
}

#[async_trait::async_trait]
impl ConnectionTrait for Reads {
    fn get_database_backend(&self) -> DbBackend {
        self.pool().connections.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        prepared!(self, execute_raw(statement))
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.admit()?;
        let pool = &self.pool().connections;
        self.note(pool.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        prepared!(self, query_one_raw(statement))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        prepared!(self, query_all_raw(statement))
    }
}
