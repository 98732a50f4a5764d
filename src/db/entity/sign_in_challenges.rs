//! `sign_in_challenges`, owned by `factors`: sign-ins that wait for their second step.

use sea_orm::entity::prelude::*;

use crate::db::{ChallengeId, PasswordVersion, SessionId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_challenges")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChallengeId,
    /// The keyed hash of the token.
    pub token_hash: Vec<u8>,
    pub user_id: UserId,
    /// The keyed hash of the `User-Agent` header of the client that began the sign-in.
    pub client_hash: Vec<u8>,
    /// The methods of the first step, as `amr` values separated by spaces.
    pub methods: String,
    /// The time of the first step.
    pub authenticated_at: DateTimeUtc,
    /// The password of the first step; the challenge is void if the account has another one.
    pub password_version: Option<PasswordVersion>,
    /// The session that the sign-in replaces, and its user.
    pub replaces_user: Option<UserId>,
    pub replaces_session: Option<SessionId>,
    /// Whether the account was used from such a place before.
    pub is_familiar: bool,
    /// Wrong codes.
    pub failures: i32,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
