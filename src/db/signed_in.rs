//! The look-up of every signed-in request: its session and its user, by one statement for many requests.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::extension::postgres::PgExpr as _;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Postgres, Sqlite};
use sea_orm::{
    ColumnTrait, ConnAcquireErr, ConnectionTrait as _, DbBackend, DbErr, DerivePartialModel,
    EntityTrait, FromQueryResult as _, JoinType, PartialModelTrait as _, QueryFilter,
    QueryResult, QuerySelect as _, QueryTrait as _, RelationTrait as _, RuntimeErr, Statement,
};
use prometheus_client::metrics::counter::Counter;
use uuid::Uuid;

use super::availability::Availability;
use super::coalescer::Lookup;
use super::entity::{sessions, users};
use super::observe::observed;
use super::pools::Pools;
use super::reads::Reads;
use super::{Db, SessionId, UserId};
use crate::config::PoolMode;

/// A session that was not revoked, and its user.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "sessions::Entity")]
pub(crate) struct SignedIn {
    id: SessionId,
    user_id: UserId,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) authenticated_at: Option<DateTime<Utc>>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) idle_expires_at: DateTime<Utc>,
    pub(crate) refresh_generation: i32,
    pub(crate) seen_generation: Option<i32>,
    #[sea_orm(nested)]
    pub(crate) user: users::Model,
}

impl Db {
    /// Returns the session of this id and user with its user; `None` if there is none or it was revoked. It may have
    /// expired. A revocation that was committed before the call is seen.
    pub(crate) async fn signed_in(
        &self,
        user_id: UserId,
        session_id: SessionId,
    ) -> Result<Option<Arc<SignedIn>>, DbErr> {
        self.signed_in.get((user_id, session_id)).await
    }
}

/// Looks up sessions with their users.
pub(super) struct SignedInLookup {
    pub(super) pools: Pools,
    pub(super) availability: Arc<Availability>,
    pub(super) reads: Reads,
    pub(super) statements: Counter,
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
        self.availability.admit()?;
        let pool = &self.pools.lookups;
        let connections = &pool.connections;
        let connection = match connections.get_database_backend() {
            DbBackend::Postgres if pool.mode == PoolMode::Transaction => Ok(Connection::OfPooler),
            DbBackend::Postgres => {
                let pool = connections.get_postgres_connection_pool();
                pool.acquire().await.map(Connection::Postgres)
            }
            _ => {
                let pool = connections.get_sqlite_connection_pool();
                pool.acquire().await.map(Connection::Sqlite)
            }
        };
        let connection = connection.map_err(|error| match error {
            sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
            other => DbErr::Conn(RuntimeErr::SqlxError(Arc::new(other))),
        });
        self.availability.note(connection)
    }

    fn abandon(connection: Connection) {
        match connection {
            Connection::Postgres(connection) => drop(connection.detach()),
            Connection::Sqlite(connection) => drop(connection),
            Connection::OfPooler => {}
        }
    }

    async fn rows(
        &self,
        connection: &mut Connection,
        keys: Vec<Self::Key>,
    ) -> Result<HashMap<Self::Key, Arc<Self::Row>>, DbErr> {
        let ids: Vec<Uuid> = keys.into_iter().map(|(_, session)| session.into()).collect();
        let rows = match connection {
            Connection::Postgres(connection) => {
                let statement = self.statement(&ids);
                let query = sqlx::query(AssertSqlSafe(statement.sql.as_str())).bind(ids);
                self.fetched(query.fetch_all(&mut **connection).await)?
            }
            Connection::Sqlite(connection) => {
                let ids = padded(ids);
                let statement = self.statement(&ids);
                let query = sqlx::query(AssertSqlSafe(statement.sql.as_str()));
                let query = ids.into_iter().fold(query, sqlx::query::Query::bind);
                self.fetched(query.fetch_all(&mut **connection).await)?
            }
            Connection::OfPooler => {
                let statement = by_ids(DbBackend::Postgres, &ids);
                self.reads.query_all_raw(statement).await?
            }
        };
        let rows = rows.iter().map(|row| {
            let row = SignedIn::from_query_result(row, "")?;
            Ok(((row.user_id, row.id), Arc::new(row)))
        });
        rows.collect()
    }
}

impl SignedInLookup {
    /// Returns the statement, counted.
    fn statement(&self, ids: &[Uuid]) -> Statement {
        let backend = self.pools.lookups.connections.get_database_backend();
        let statement = by_ids(backend, ids);
        self.statements.inc();
        observed(&statement);
        statement
    }

    fn fetched<R: Into<QueryResult>>(
        &self,
        rows: Result<Vec<R>, sqlx::Error>,
    ) -> Result<Vec<QueryResult>, DbErr> {
        let rows = rows.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))));
        let rows = self.availability.note(rows)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }
}

fn by_ids(backend: DbBackend, ids: &[Uuid]) -> Statement {
    let column = sessions::Column::Id;
    let ids = match backend {
        DbBackend::Postgres => column.into_expr().eq_any(ids.to_vec()),
        _ => column.is_in(ids.iter().copied()),
    };
    let select = sessions::Entity::find()
        .join(JoinType::InnerJoin, sessions::Relation::Users.def())
        .filter(ids)
        .filter(sessions::Column::EndedAt.is_null());
    SignedIn::select_cols(select.select_only()).build(backend)
}

/// Repeats the last id until their number is a power of two, so that SQLite prepares few statements.
fn padded(mut ids: Vec<Uuid>) -> Vec<Uuid> {
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}
