//! Queued notices: a second notice of the same kind to the same recipient replaces the first, so that no account fills
//! the outbox while the mail server is unreachable.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Mailer;
use super::link_times;
use super::messages::Content;
use super::outbox::Recipient;
use crate::db::entity::outbox as table;
use crate::db::{MailId, OneTimeTokenId, WriteTransaction};
use crate::errors::InternalError;

/// A queued notice that no worker is sending.
#[derive(Debug)]
pub(crate) struct QueuedNotice {
    pub(super) id: MailId,
    /// The time of the first event that it covers.
    pub(super) since: DateTime<Utc>,
    /// The number of further events that it covers.
    pub(super) repeats: i32,
    /// The token of its link "This was not me".
    pub(crate) link: Option<OneTimeTokenId>,
}

impl Mailer {
    /// Finds and locks the queued notice of kind `C` to `to`, so that it is not sent before the transaction ends.
    pub(crate) async fn find_queued<C: Content>(
        &self,
        tx: &WriteTransaction,
        to: Recipient<'_>,
    ) -> Result<Option<QueuedNotice>, InternalError> {
        let rows: Vec<(MailId, DateTime<Utc>, i32, Option<String>)> = table::Entity::find()
            .select_only()
            .columns([
                table::Column::Id,
                table::Column::CreatedAt,
                table::Column::Repeats,
                table::Column::Links,
            ])
            .filter(table::Column::Recipient.eq(self.recipient(to.address)))
            .filter(table::Column::DeadSince.is_null())
            .filter(table::Column::UserId.eq(to.user_id))
            .filter(table::Column::Kind.eq(C::KIND))
            .filter(table::Column::Lease.is_null())
            .order_by_desc(table::Column::Id)
            .limit(1)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .into_tuple()
            .all(&**tx)
            .await?;
        let found = rows.into_iter().next();
        Ok(found.map(|(id, since, repeats, links)| QueuedNotice {
            id,
            since,
            repeats,
            link: link_times::read(links.as_deref()).first().map(|it| it.0),
        }))
    }
}
