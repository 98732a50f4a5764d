//! Keyset paging: reading on from a row in an order by time and, within a moment, by identifier.
//!
//! Each condition repeats its bound on the time alone: with it both databases seek to the row in an index
//! instead of reading every row in front of it.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, Value};
use uuid::Uuid;

/// Rows in a page of an export.
pub(crate) const PAGE: u64 = 500;

/// The time and the identifier of a row, where the next page begins.
pub(crate) type Place = (DateTime<Utc>, Uuid);

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

/// The rows after the one at `at` with the identifier `id`, in descending order.
pub(crate) fn rows_before<C: ColumnTrait>(
    (at_column, at): (C, DateTime<Utc>),
    (id_column, id): (C, impl Into<Value>),
) -> Condition {
    let same_moment = Condition::all().add(at_column.eq(at)).add(id_column.lt(id));
    Condition::all()
        .add(at_column.lte(at))
        .add(Condition::any().add(at_column.lt(at)).add(same_moment))
}
