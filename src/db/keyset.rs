//! Keyset paging: continues after a row in an order by time and, within a moment, by id.
//!
//! Each condition repeats its bound on the time alone. With it both databases seek to the row in an index instead of
//! reading every row before it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, Value,
};
use uuid::Uuid;

/// The number of rows in a page of an export.
pub(crate) const PAGE: u64 = 500;

/// The time and id of a row, after which the next page begins.
pub(crate) type Place = (DateTime<Utc>, Uuid);

/// A page of a list.
pub(crate) struct Page<T> {
    /// The items, latest first.
    pub(crate) items: Vec<T>,
    /// Whether earlier ones follow.
    pub(crate) has_more: bool,
}

impl<T> Page<T> {
    /// Converts each item.
    pub(crate) fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(convert).collect(),
            has_more: self.has_more,
        }
    }
}

/// Returns the latest `first` rows of `query`, or those that follow the one at `after`.
pub(crate) async fn latest_page<E: EntityTrait>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    (at_column, id_column): (E::Column, E::Column),
    (first, after): (u64, Option<Place>),
) -> Result<Page<E::Model>, DbErr> {
    let query = match after {
        Some((at, id)) => query.filter(rows_before((at_column, at), (id_column, id))),
        None => query,
    };
    // One more, which says whether another page follows.
    let mut items = query
        .order_by_desc(at_column)
        .order_by_desc(id_column)
        .limit(first + 1)
        .all(db)
        .await?;
    let has_more = items.len() as u64 > first;
    items.truncate(usize::try_from(first).unwrap_or(usize::MAX));
    Ok(Page { items, has_more })
}

/// The rows after the one at `at` with the identifier `id`, in ascending order.
pub(crate) fn rows_after<C: ColumnTrait>(
    (at_column, at): (C, DateTime<Utc>),
    (id_column, id): (C, impl Into<Value>),
) -> Condition {
    let same_moment = Condition::all().add(at_column.eq(at)).add(id_column.gt(id));
    Condition::all()
        .add(at_column.gte(at))
        .add(Condition::any().add(at_column.gt(at)).add(same_moment))
}

/// Selects the rows after the one at `at` with the id `id`, in descending order.
pub(crate) fn rows_before<C: ColumnTrait>(
    (at_column, at): (C, DateTime<Utc>),
    (id_column, id): (C, impl Into<Value>),
) -> Condition {
    let same_moment = Condition::all().add(at_column.eq(at)).add(id_column.lt(id));
    Condition::all()
        .add(at_column.lte(at))
        .add(Condition::any().add(at_column.lt(at)).add(same_moment))
}
