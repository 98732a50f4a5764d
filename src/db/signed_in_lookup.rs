//! The look-up of every signed-in request: its session and its user, by one statement for many requests.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use sea_orm::sea_query::extension::postgres::PgExpr as _;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, Postgres, Sqlite};
use sea_orm::{
    ColumnTrait, ConnAcquireErr, ConnectionTrait as _, DbBackend, DbErr, EntityTrait,
    Iterable as _, JoinType, QueryFilter, QueryResult, QuerySelect as _, QueryTrait as _,
    RelationTrait as _, RuntimeErr, Statement,
};
use tokio::time::timeout;
use uuid::Uuid;

use super::availability::Availability;
use super::coalescer::{Lookup, MAX_KEYS};
use super::entity::{sessions, users};
use super::observe::observed;
use super::pools::{LIFETIME, Pool, Pools, TRUSTED_WHILE_IDLE};
use super::reads::Reads;
use super::signed_in::{COLUMNS, SignedIn};
use super::writability::Writability;
use super::{SessionId, UserId};
use crate::config::PoolMode;
use crate::metrics::StatementMetrics;

/// The number of different texts of the statement.
const TEXTS: usize = MAX_KEYS.ilog2() as usize + 1;

/// Looks up sessions with their users.
pub(super) struct SignedInLookup {
    pub(super) pools: Pools,
    pub(super) availability: Arc<Availability>,
    pub(super) writability: Arc<Writability>,
    /// Reads on the connections of look-ups.
    pub(super) reads: Reads,
    /// How long to wait for a connection or a sign of life.
    pub(super) patience: Duration,
    pub(super) observer: StatementMetrics,
    /// The texts of the statement for 1, 2, 4 and so on ids, once they were needed.
    pub(super) texts: [OnceLock<String>; TEXTS],
}

/// A connection for look-ups.
pub(super) enum Connection {
    Postgres(PoolConnection<Postgres>),
    Sqlite(PoolConnection<Sqlite>),
    /// A pooler assigns one to each statement.
    OfPooler,
}

impl Lookup for SignedInLookup {
    type Connection = Connection;
    /// Both ids, so that a token whose ids do not belong together finds nothing.
    type Key = (UserId, SessionId);
    type Row = SignedIn;

    async fn connect(&self) -> Result<Connection, DbErr> {
        let pool = &self.pools.lookups;
        if pool.mode == PoolMode::Transaction {
            return Ok(Connection::OfPooler);
        }
        self.availability.admit()?;
        // A success proves nothing: the driver may not have contacted the server.
        match timeout(self.patience, connection_of(pool)).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(sqlx::Error::PoolTimedOut)) | Err(_) => {
                let error = DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
                self.availability.note(Err(error))
            }
            Ok(Err(other)) => {
                let error = DbErr::Conn(RuntimeErr::SqlxError(Arc::new(other)));
                self.availability.note(Err(error))
            }
        }
    }

    async fn is_fit(&self, connection: &mut Connection, opened: Duration, used: Duration) -> bool {
        if opened >= LIFETIME || !self.writability.trusts(opened) {
            return false;
        }
        if used < TRUSTED_WHILE_IDLE {
            return true;
        }
        let pinged = async {
            match connection {
                Connection::Postgres(connection) => connection.ping().await.is_ok(),
                Connection::Sqlite(_) | Connection::OfPooler => true,
            }
        };
        timeout(self.patience, pinged).await.unwrap_or(false)
    }

    fn close(connection: Connection) {
        match connection {
            Connection::Postgres(connection) => drop(connection.detach()),
            Connection::Sqlite(connection) => drop(connection.detach()),
            Connection::OfPooler => {}
        }
    }

    async fn rows(
        &self,
        connection: &mut Connection,
        keys: Vec<Self::Key>,
    ) -> Result<HashMap<Self::Key, Arc<Self::Row>>, DbErr> {
        self.observer.observe_lookup(keys.len());
        let ids = Ids::of(keys);
        let sent_at = Instant::now();
        let rows = match connection {
            Connection::Postgres(connection) => {
                let query = sqlx::query(self.text(&ids));
                let query = query.bind(ids.sessions).bind(ids.users);
                self.fetched(query.fetch_all(&mut **connection).await, sent_at)?
            }
            Connection::Sqlite(connection) => {
                let ids = ids.padded();
                let query = sqlx::query(self.text(&ids));
                let all = ids.sessions.into_iter().chain(ids.users);
                let query = all.fold(query, sqlx::query::Query::bind);
                self.fetched(query.fetch_all(&mut **connection).await, sent_at)?
            }
            Connection::OfPooler => {
                let statement = by_ids(DbBackend::Postgres, &ids);
                self.reads.query_all_raw(statement).await?
            }
        };
        let rows = rows.iter().map(|row| {
            let row = SignedIn::read(row)?;
            Ok(((row.user_id, row.id), Arc::new(row)))
        });
        rows.collect()
    }
}

impl SignedInLookup {
    /// Returns the text of the statement for as many ids.
    fn text(&self, ids: &Ids) -> AssertSqlSafe<&str> {
        let backend = self.pools.lookups.connections.get_database_backend();
        // One for every number of ids on PostgreSQL, where they are one array.
        let which = match backend {
            DbBackend::Postgres => 0,
            _ => ids.sessions.len().ilog2() as usize,
        };
        observed(|| by_ids(backend, ids));
        AssertSqlSafe(self.texts[which].get_or_init(|| by_ids(backend, ids).sql))
    }

    fn fetched<R: Into<QueryResult>>(
        &self,
        rows: Result<Vec<R>, sqlx::Error>,
        sent_at: Instant,
    ) -> Result<Vec<QueryResult>, DbErr> {
        self.observer.observe(sent_at.elapsed(), rows.is_err());
        let rows = rows.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))));
        let rows = self.availability.note(rows)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }
}

/// The ids of sessions, and those of their users beside them.
struct Ids {
    sessions: Vec<Uuid>,
    users: Vec<Uuid>,
}

impl Ids {
    fn of(keys: Vec<(UserId, SessionId)>) -> Self {
        let ids = keys.into_iter();
        let (sessions, users) = ids.map(|(user, session)| (session.0, user.0)).unzip();
        Self { sessions, users }
    }

    /// Repeats the last ids until their number is a power of two, so that SQLite prepares few statements.
    fn padded(mut self) -> Self {
        for ids in [&mut self.sessions, &mut self.users] {
            if let Some(last) = ids.last().copied() {
                ids.resize(ids.len().next_power_of_two(), last);
            }
        }
        self
    }
}

async fn connection_of(pool: &Pool) -> Result<Connection, sqlx::Error> {
    let connections = &pool.connections;
    if connections.get_database_backend() == DbBackend::Postgres {
        let pool = connections.get_postgres_connection_pool();
        return pool.acquire().await.map(Connection::Postgres);
    }
    let pool = connections.get_sqlite_connection_pool();
    pool.acquire().await.map(Connection::Sqlite)
}

/// Returns the statement that selects [`COLUMNS`] and those of the user. With the ids of the users, `PostgreSQL` reads no small table of users
/// as a whole.
fn by_ids(backend: DbBackend, ids: &Ids) -> Statement {
    let (id, owner) = (sessions::Column::Id, users::Column::Id);
    let (id, owner) = match backend {
        DbBackend::Postgres => (
            id.into_expr().eq_any(ids.sessions.clone()),
            owner.into_expr().eq_any(ids.users.clone()),
        ),
        _ => (
            id.is_in(ids.sessions.iter().copied()),
            owner.is_in(ids.users.iter().copied()),
        ),
    };
    sessions::Entity::find()
        .select_only()
        .columns(COLUMNS)
        .columns(users::Column::iter())
        .join(JoinType::InnerJoin, sessions::Relation::Users.def())
        .filter(id)
        .filter(owner)
        .filter(sessions::Column::EndedAt.is_null())
        .build(backend)
}
