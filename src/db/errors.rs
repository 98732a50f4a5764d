//! What an error of the database means.

use sea_orm::{DbErr, SqlErr};

/// Whether `error` is a violation of the unique index on `column`, written `table.column`.
///
/// `PostgreSQL` names the index, SQLite the column; ours are called `<table>_<column>_key`.
pub(crate) fn violates(error: &DbErr, column: &str) -> bool {
    let index = format!("{}_key", column.replace('.', "_"));
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(message)) => message
            .split(|c: char| c.is_whitespace() || "\",".contains(c))
            .any(|word| word == column || word == index),
        _ => false,
    }
}

/// Whether `error` says that a row refers to one that is not (any more) there.
pub(crate) fn refers_to_nothing(error: &DbErr) -> bool {
    matches!(
        error.sql_err(),
        Some(SqlErr::ForeignKeyConstraintViolation(_))
    )
}
