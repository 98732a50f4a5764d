//! Keyset paging: continues after a row in an order by time and, within a moment, by id.
//!
//! Each condition repeats its bound on the time alone. With it both databases seek to the row in an index instead of
//! reading every row before it.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, Value};
use uuid::Uuid;

/// The number of rows in a page of an export.
pub(crate) const PAGE: u64 = 500;

/// The time and id of a row, after which the next page begins.
pub(crate) type Place = (DateTime<Utc>, Uuid);

/// Selects the rows after the one at `at` with the id `id`, in ascending order.
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
