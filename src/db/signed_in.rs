//! The look-up of every signed-in request: its session and its user, by one statement for many requests.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use prometheus_client::metrics::counter::Counter;
use sea_orm::sea_query::extension::postgres::PgExpr as _;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Postgres, Sqlite};
use sea_orm::{
    ColumnTrait, ConnAcquireErr, ConnectionTrait as _, DbBackend, DbErr, EntityTrait, JoinType,
    QueryFilter, QueryResult, QuerySelect as _, QueryTrait as _, RelationTrait as _, RuntimeErr,
    Statement, TryGetable,
};
use uuid::Uuid;

use super::availability::Availability;
use super::coalescer::{Lookup, MAX_KEYS};
use super::entity::{sessions, users};
use super::observe::observed;
use super::pools::Pools;
use super::reads::Reads;
use super::{Db, SessionId, UserId};
use crate::config::PoolMode;

/// The columns that are read, in the order in which [`SignedIn::read`] takes them.
const COLUMNS: ([sessions::Column; 8], [users::Column; 11]) = (
    [
        sessions::Column::Id,
        sessions::Column::UserId,
        sessions::Column::CreatedAt,
        sessions::Column::AuthenticatedAt,
        sessions::Column::ExpiresAt,
        sessions::Column::IdleExpiresAt,
        sessions::Column::RefreshGeneration,
        sessions::Column::SeenGeneration,
    ],
    [
        users::Column::Email,
        users::Column::EmailVerifiedAt,
        users::Column::PendingEmail,
        users::Column::Username,
        users::Column::Name,
        users::Column::AvatarUrl,
        users::Column::Locale,
        users::Column::CreatedAt,
        users::Column::UpdatedAt,
        users::Column::LastLoginAt,
        users::Column::PasswordChangedAt,
    ],
);

/// A session that was not revoked, with its user. The fields are those of the tables' rows.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    id: SessionId,
    pub(crate) user_id: UserId,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) authenticated_at: Option<DateTime<Utc>>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) idle_expires_at: DateTime<Utc>,
    pub(crate) refresh_generation: i32,
    pub(crate) seen_generation: Option<i32>,
    pub(crate) user: SignedInUser,
}

/// The columns of a user that any request may show.
#[derive(Clone, Debug)]
pub(crate) struct SignedInUser {
    pub(crate) email: String,
    pub(crate) email_verified_at: Option<DateTime<Utc>>,
    pub(crate) pending_email: Option<String>,
    pub(crate) username: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) avatar_url: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) last_login_at: Option<DateTime<Utc>>,
    pub(crate) password_changed_at: DateTime<Utc>,
}

impl SignedIn {
    /// Reads a row by position: finding each column by its name takes longer than all else.
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        let mut columns = Columns { row, next: 0 };
        Ok(Self {
            id: columns.next()?,
            user_id: columns.next()?,
            created_at: columns.next()?,
            authenticated_at: columns.next()?,
            expires_at: columns.next()?,
            idle_expires_at: columns.next()?,
            refresh_generation: columns.next()?,
            seen_generation: columns.next()?,
            user: SignedInUser {
                email: columns.next()?,
                email_verified_at: columns.next()?,
                pending_email: columns.next()?,
                username: columns.next()?,
                name: columns.next()?,
                avatar_url: columns.next()?,
                locale: columns.next()?,
                created_at: columns.next()?,
                updated_at: columns.next()?,
                last_login_at: columns.next()?,
                password_changed_at: columns.next()?,
            },
        })
    }
}

struct Columns<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl Columns<'_> {
    fn next<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        let value = self.row.try_get_by_index(self.next)?;
        self.next += 1;
        Ok(value)
    }
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

/// The number of different texts of the statement.
const TEXTS: usize = MAX_KEYS.ilog2() as usize + 1;

/// Looks up sessions with their users.
pub(super) struct SignedInLookup {
    pub(super) pools: Pools,
    pub(super) availability: Arc<Availability>,
    pub(super) reads: Reads,
    pub(super) statements: Counter,
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
        let ids = Ids::of(keys);
        let rows = match connection {
            Connection::Postgres(connection) => {
                let query = sqlx::query(self.text(&ids));
                let query = query.bind(ids.sessions).bind(ids.users);
                self.fetched(query.fetch_all(&mut **connection).await)?
            }
            Connection::Sqlite(connection) => {
                let ids = ids.padded();
                let query = sqlx::query(self.text(&ids));
                let all = ids.sessions.into_iter().chain(ids.users);
                let query = all.fold(query, sqlx::query::Query::bind);
                self.fetched(query.fetch_all(&mut **connection).await)?
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
    /// Returns the text of the statement for as many ids, and counts it.
    fn text(&self, ids: &Ids) -> AssertSqlSafe<&str> {
        let backend = self.pools.lookups.connections.get_database_backend();
        // One for every number of ids on PostgreSQL, where they are one array.
        let which = match backend {
            DbBackend::Postgres => 0,
            _ => ids.sessions.len().ilog2() as usize,
        };
        self.statements.inc();
        observed(|| by_ids(backend, ids));
        AssertSqlSafe(self.texts[which].get_or_init(|| by_ids(backend, ids).sql))
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

/// Returns the statement that selects [`COLUMNS`]. With the ids of the users, `PostgreSQL` reads no small table of users
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
        .columns(COLUMNS.0)
        .columns(COLUMNS.1)
        .join(JoinType::InnerJoin, sessions::Relation::Users.def())
        .filter(id)
        .filter(owner)
        .filter(sessions::Column::EndedAt.is_null())
        .build(backend)
}
