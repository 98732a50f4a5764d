//! Records security events.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

use super::{Actor, EventKind};
use crate::client::Client;
use crate::db::entity::security_events as table;
use crate::db::{SecurityEventId, SessionId, UserId};
use crate::entropy::Identifiers;

/// An event to be recorded.
pub(crate) struct NewEvent<'a> {
    /// The subject: the account whose history the event enters.
    pub(crate) user_id: UserId,
    /// Who caused it.
    pub(crate) actor: Actor,
    /// The kind.
    pub(crate) kind: EventKind,
    /// The session, if any.
    pub(crate) session_id: Option<SessionId>,
    /// The client of the request.
    pub(crate) client: &'a Client,
}

/// Records `event` in the transaction `db` of the change.
pub(crate) async fn record(
    db: &impl ConnectionTrait,
    identifiers: &Identifiers,
    now: DateTime<Utc>,
    event: NewEvent<'_>,
) -> Result<(), DbErr> {
    let row = table::ActiveModel {
        id: Set(SecurityEventId(identifiers.next(now))),
        user_id: Set(event.user_id),
        kind: Set(event.kind.name().to_owned()),
        occurred_at: Set(now),
        actor_kind: Set(Some(event.actor.kind().to_owned())),
        actor_id: Set(event.actor.id()),
        session_id: Set(event.session_id),
        ip_address: Set(event.client.ip_text()),
        user_agent: Set(event.client.user_agent.clone()),
    };
    table::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(|_| ())
}
