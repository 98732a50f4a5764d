//! `security_events`, owned by `security_events`: the security events of accounts.

use sea_orm::entity::prelude::*;

use crate::db::{SecurityEventId, SessionId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "security_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SecurityEventId,
    pub user_id: UserId,
    /// A `security_events::Kind` by its name in the API.
    pub kind: String,
    pub occurred_at: DateTimeUtc,
    /// A `security_events::Actor` by its kind; unset in rows of a version that did not store it.
    pub actor_kind: Option<String>,
    /// The user who acted.
    pub actor_id: Option<Uuid>,
    /// The session in which the event happened; that row may be removed.
    pub session_id: Option<SessionId>,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
