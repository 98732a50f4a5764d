//! `sessions`, owned by `sessions`: one row per sign-in, kept for a while after it ended.

use sea_orm::entity::prelude::*;

use crate::db::{SessionId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub user_id: UserId,
    pub created_at: DateTimeUtc,
    pub last_used_at: DateTimeUtc,
    /// When it ends unless it is refreshed before.
    pub idle_expires_at: DateTimeUtc,
    /// When it ends in any case.
    pub expires_at: DateTimeUtc,
    /// When it was ended before its time.
    pub ended_at: Option<DateTimeUtc>,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
    /// Keyed hash of the newest refresh token.
    pub refresh_token_hash: Vec<u8>,
    /// How many times the refresh token was rotated.
    pub refresh_generation: i32,
    /// When the latest rotations happened, in Unix milliseconds, oldest first, separated by spaces.
    pub recent_rotations: String,
    /// The newest generation of the refresh token that is known to have arrived at the client, by the access token that
    /// was issued with it.
    pub seen_generation: Option<i32>,
    /// When the user was authenticated last; in rows of a version that did not store it, when the session began.
    pub authenticated_at: Option<DateTimeUtc>,
    /// How, as `amr` values separated by spaces (RFC 8176); in rows of a version that did not store it, by password.
    pub methods: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
