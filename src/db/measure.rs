//! Measures the connection pools and the clock of the server.

use chrono::{DateTime, Utc};
use sea_orm::DbBackend;
use sea_orm::sqlx::{self, Row as _};

use super::Db;
use super::pools::Pool;
use crate::metrics::{Connections, Metrics};

impl Db {
    /// Updates the metrics of connections.
    pub(crate) fn measure(&self, metrics: &Metrics) {
        for (name, pool) in self.pools.named() {
            metrics.database.set_connections(name, &counted(pool));
        }
    }

    /// Returns by how many seconds the clock of the server is ahead of `now`; 0 on SQLite, which has none of its own.
    pub(crate) async fn clock_skew(
        &self,
        now: impl Fn() -> DateTime<Utc>,
    ) -> Result<f64, sqlx::Error> {
        if !self.is_postgres() {
            return Ok(0.0);
        }
        // By the simple protocol, which poolers pass on as it is.
        let query = sqlx::raw_sql("SELECT extract(epoch FROM clock_timestamp())::float8");
        let pool = self.pools.health.connections.get_postgres_connection_pool();
        let mut connection = pool.acquire().await?;
        let sent_at = now();
        let row = query.fetch_one(&mut *connection).await?;
        // The server has read its clock half-way.
        let middle = sent_at + (now() - sent_at) / 2;
        let server: f64 = row.try_get(0)?;
        #[expect(clippy::cast_precision_loss, reason = "microseconds are not needed")]
        let own = middle.timestamp_millis() as f64 / 1_000.0;
        Ok(server - own)
    }
}

fn counted(pool: &Pool) -> Connections {
    let connections = &pool.connections;
    let (open, idle, max) = if connections.get_database_backend() == DbBackend::Postgres {
        let pool = connections.get_postgres_connection_pool();
        (
            pool.size(),
            pool.num_idle(),
            pool.options().get_max_connections(),
        )
    } else {
        let pool = connections.get_sqlite_connection_pool();
        (
            pool.size(),
            pool.num_idle(),
            pool.options().get_max_connections(),
        )
    };
    let idle = u32::try_from(idle).unwrap_or(u32::MAX);
    Connections { open, idle, max }
}
