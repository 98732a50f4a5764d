//! `sessions`, owned by `sessions`: one row for each sign-in, kept for a while after it ends.

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
    /// When the session expires unless it is refreshed.
    pub idle_expires_at: DateTimeUtc,
    /// When the session expires in any case.
    pub expires_at: DateTimeUtc,
    /// When the session was revoked.
    pub ended_at: Option<DateTimeUtc>,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
    /// The keyed hash of the newest refresh token.
    pub refresh_token_hash: Vec<u8>,
    /// How many times the refresh token was rotated.
    pub refresh_generation: i32,
    /// The times of the latest rotations, in Unix milliseconds, oldest first, separated by spaces.
    pub recent_rotations: String,
    /// The newest refresh token generation that is known to have reached the client, through the access token issued
    /// with it.
    pub seen_generation: Option<i32>,
    /// When the user was last authenticated; in rows of a version that did not store it, when the session was created.
    pub authenticated_at: Option<DateTimeUtc>,
    /// The authentication methods, as `amr` values separated by spaces (RFC 8176); in rows of a version that did not
    /// store them, a password.
    pub methods: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::users::Entity",
        from = "Column::UserId",
        to = "super::users::Column::Id"
    )]
    Users,
}

impl ActiveModelBehavior for ActiveModel {}
