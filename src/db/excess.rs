//! Finds users who have more rows in a table than the limit.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::UserId;
use crate::entropy::first_identifier;

/// The number of rows, and then of users, in one statement.
const AT_ONCE: u64 = 1000;
const USERS_AT_ONCE: usize = 200;

/// The maximum number of rows read in one turn.
const MAX_ROWS: usize = 20_000;

/// Returns the users with rows added since `since` and more than `kept` rows. Only a user with a new row can exceed the
/// limit, so only the newest rows, by their ids, and the indexes by user are read.
pub(crate) async fn users_with_excess<E: EntityTrait>(
    db: &impl ConnectionTrait,
    (id, user_id): (E::Column, E::Column),
    since: DateTime<Utc>,
    kept: u64,
) -> Result<Vec<UserId>, DbErr> {
    let since = first_identifier(since);
    let mut users = Vec::new();
    let (mut before, mut looked_at) = (None, 0);
    while looked_at < MAX_ROWS {
        let mut page = E::find().filter(id.gt(since));
        if let Some(before) = before {
            page = page.filter(id.lt(before));
        }
        let rows: Vec<(Uuid, UserId)> = page
            .select_only()
            .columns([id, user_id])
            .order_by_desc(id)
            .limit(AT_ONCE)
            .into_tuple()
            .all(db)
            .await?;
        let Some((last, _)) = rows.last() else { break };
        before = Some(*last);
        looked_at += rows.len();
        users.extend(rows.into_iter().map(|(_, user)| user));
    }
    users.sort_unstable();
    users.dedup();
    let mut excessive = Vec::new();
    for some in users.chunks(USERS_AT_ONCE) {
        let found: Vec<UserId> = E::find()
            .select_only()
            .column(user_id)
            .filter(user_id.is_in(some.iter().copied()))
            .group_by(user_id)
            .having(id.count().gt(kept))
            .into_tuple()
            .all(db)
            .await?;
        excessive.extend(found);
    }
    Ok(excessive)
}
