//! In which order emails leave: those with a link that somebody waits for before notices, and among either the first
//! to each recipient before the second, so that nobody's thousand emails delay another's one.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::db::MailId;
use crate::db::entity::outbox as table;

/// How many places a recipient's emails have; all beyond share the last one.
const PLACES: i16 = 4;

/// How many lanes there are.
pub(super) const LANES: i16 = 2 * PLACES;

/// The lane of one more email to `recipient`.
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
