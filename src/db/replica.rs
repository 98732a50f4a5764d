//! A read-only replica, and whether it is read.
//!
//! It is read only while it is known to follow the database: a row that is written to the database must arrive there,
//! whatever prevents it: an outage, a replay that stopped, the address of another database. No request waits for the check.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, QueryResult, Statement};
use tokio::time::{Instant, sleep, timeout};

use super::pools::{Pool, Pools, as_worker};
use super::reads::Reads;
use crate::errors::reason;

/// By how many seconds a replica may lag behind.
const MAX_LAG: f64 = 60.0;

/// How often it is checked while it is read.
const BETWEEN_CHECKS: Duration = Duration::from_secs(5);

/// How long an answer may take before the database is read instead.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often to look for the written row, and how long to wait before each.
const LOOKS: u32 = 8;
const BEFORE_LOOK: Duration = Duration::from_millis(100);

/// Writes the row to the database. The time is the server's, because the clock of an instance may be wrong.
const WRITE: &str = "INSERT INTO write_probes (id, probed_at) VALUES (3, clock_timestamp()) \
     ON CONFLICT (id) DO UPDATE SET probed_at = excluded.probed_at";
const READ: &str = "SELECT extract(epoch FROM clock_timestamp() - probed_at)::float8 AS lag \
     FROM write_probes WHERE id = 3";

/// A replica of the database.
pub(super) struct Replica {
    reads: Reads,
    database: Reads,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    is_checking: bool,
    checked_at: Option<Instant>,
    follows: bool,
    /// What the log said last.
    is_reported_as: Option<bool>,
}

impl Replica {
    pub(super) fn new(pools: &Pools, pool: &Pool, database: Reads) -> Self {
        Self {
            reads: Reads::of_replica(pools.clone(), pool.clone()),
            database,
            state: Mutex::default(),
        }
    }

    /// Returns the answer of the replica; `None` if it is not to be read, or gives no answer in time. A replica also rejects
    /// what the database does not: a query that conflicts with what it replays, or one for the newest migration.
    pub(super) async fn query_all(
        self: &Arc<Self>,
        statement: Statement,
    ) -> Option<Vec<QueryResult>> {
        if !self.is_read() {
            return None;
        }
        match timeout(PATIENCE, self.reads.query_all_raw(statement)).await {
            Ok(Ok(answer)) => return Some(answer),
            Ok(Err(error)) => self.note(Err(reason(&error))),
            Err(_) => self.note(Err(SILENT.to_owned())),
        }
        None
    }

    /// Returns whether the replica followed the database lately. Starts a check if the last one is too old.
    fn is_read(self: &Arc<Self>) -> bool {
        let mut state = self.state();
        let age = state.checked_at.map(|at| at.elapsed());
        if !state.is_checking && age.is_none_or(|age| age >= BETWEEN_CHECKS) {
            state.is_checking = true;
            let replica = self.clone();
            tokio::spawn(as_worker(async move {
                let checked = timeout(PATIENCE * 2, replica.check()).await;
                replica.note(checked.unwrap_or_else(|_| Err(SILENT.to_owned())));
            }));
        }
        state.follows && age.is_some_and(|age| age.as_secs_f64() < MAX_LAG)
    }

    async fn check(&self) -> Result<(), String> {
        let written = self.database.execute_unprepared(WRITE).await;
        written.map_err(|error| reason(&error))?;
        let mut lag = None;
        for _ in 0..LOOKS {
            sleep(BEFORE_LOOK).await;
            lag = self.lag().await.map_err(|error| reason(&error))?;
            if lag.is_some_and(|lag| lag < MAX_LAG) {
                return Ok(());
            }
        }
        Err(match lag {
            Some(lag) => format!("it lags behind by {lag:.0} s"),
            None => "it does not follow this database".to_owned(),
        })
    }

    async fn lag(&self) -> Result<Option<f64>, DbErr> {
        let statement = Statement::from_string(DbBackend::Postgres, READ);
        let row = self.reads.query_one_raw(statement).await?;
        row.map(|row| row.try_get("", "lag")).transpose()
    }

    fn note(&self, outcome: Result<(), String>) {
        let mut state = self.state();
        state.is_checking = false;
        state.checked_at = Some(Instant::now());
        state.follows = outcome.is_ok();
        if state.is_reported_as == Some(state.follows) {
            return;
        }
        state.is_reported_as = Some(state.follows);
        match outcome {
            Ok(()) => tracing::info!("replica follows the database"),
            Err(reason) => tracing::warn!(reason, "replica not read"),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const SILENT: &str = "it does not answer";
