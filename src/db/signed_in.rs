//! A signed-in request's session with its user.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{DbErr, QueryResult, TryGetable};

use super::entity::{sessions, users};
use super::{Db, SessionId, UserId};
use crate::traces::in_span;

/// The columns of a session that are read. Those of its user follow, in the order of the entity.
pub(super) const COLUMNS: [sessions::Column; 9] = [
    sessions::Column::Id,
    sessions::Column::UserId,
    sessions::Column::CreatedAt,
    sessions::Column::AuthenticatedAt,
    sessions::Column::Methods,
    sessions::Column::ExpiresAt,
    sessions::Column::IdleExpiresAt,
    sessions::Column::RefreshGeneration,
    sessions::Column::SeenGeneration,
];

/// A session that was not revoked, with its user. The fields are those of the tables' rows.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(super) id: SessionId,
    pub(super) user_id: UserId,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) authenticated_at: Option<DateTime<Utc>>,
    pub(crate) methods: Option<String>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) idle_expires_at: DateTime<Utc>,
    pub(crate) refresh_generation: i32,
    pub(crate) seen_generation: Option<i32>,
    pub(crate) user: users::Model,
}

impl SignedIn {
    /// Reads a row by position, because finding each column by its name takes several times as long.
    pub(super) fn read(row: &QueryResult) -> Result<Self, DbErr> {
        let mut columns = Columns { row, next: 0 };
        Ok(Self {
            id: columns.next()?,
            user_id: columns.next()?,
            created_at: columns.next()?,
            authenticated_at: columns.next()?,
            methods: columns.next()?,
            expires_at: columns.next()?,
            idle_expires_at: columns.next()?,
            refresh_generation: columns.next()?,
            seen_generation: columns.next()?,
            user: users::Model {
                id: columns.next()?,
                email: columns.next()?,
                email_canonical: columns.next()?,
                username: columns.next()?,
                username_canonical: columns.next()?,
                name: columns.next()?,
                avatar_url: columns.next()?,
                locale: columns.next()?,
                password_changed_at: columns.next()?,
                created_at: columns.next()?,
                updated_at: columns.next()?,
                last_login_at: columns.next()?,
                deletion_scheduled_for: columns.next()?,
                email_verified_at: columns.next()?,
                verification_due_at: columns.next()?,
                pending_email: columns.next()?,
                pending_email_canonical: columns.next()?,
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
        in_span("session look-up", self.signed_in.get((user_id, session_id))).await
    }
}
