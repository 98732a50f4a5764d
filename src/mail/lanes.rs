//! The order of delivery: emails with a link that a user waits for come before notices. Within each group, the first
//! email to every recipient comes before the second, so that many emails to one recipient do not delay others.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::db::MailId;
use crate::db::entity::outbox as table;

/// The number of positions of a recipient's emails; all further ones share the last position.
const PLACES: i16 = 4;

/// The number of lanes.
pub(super) const LANES: i16 = 2 * PLACES;

/// Returns the lane of one more email to `recipient`.
pub(super) async fn lane(
    db: &impl ConnectionTrait,
    recipient: &[u8],
    is_urgent: bool,
) -> Result<i16, DbErr> {
    let most = u64::try_from(PLACES - 1).unwrap_or_default();
    let waiting: Vec<MailId> = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::Recipient.eq(recipient.to_vec()))
        .filter(table::Column::DeadSince.is_null())
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    let place = i16::try_from(waiting.len()).unwrap_or(PLACES - 1);
    Ok(if is_urgent { place } else { PLACES + place })
}
