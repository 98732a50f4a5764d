//! Classifies errors of the database.

use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::errors::reason;

/// An error of a command's statement, formatted for operators.
#[derive(Debug, thiserror::Error)]
#[error("{}", reason(.0))]
pub(crate) struct StatementError(#[from] DbErr);

/// Returns whether `error` is a violation of the unique index on `column`, written `table.column`.
///
/// `PostgreSQL` names the index, SQLite the column. Indexes are named `<table>_<column>_key`.
pub(crate) fn violates(error: &DbErr, column: &str) -> bool {
    let index = format!("{}_key", column.replace('.', "_"));
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(message)) => message
            .split(|c: char| c.is_whitespace() || "\",".contains(c))
            .any(|word| word == column || word == index),
        _ => false,
    }
}

/// Returns whether `error` says that a row refers to a missing one.
pub(crate) fn refers_to_nothing(error: &DbErr) -> bool {
    matches!(
        error.sql_err(),
        Some(SqlErr::ForeignKeyConstraintViolation(_))
    )
}

/// Returns whether `error` says that no write can succeed now, whatever the statement: the disk is full or failing, the
/// file or the server is read-only, or the server is unreachable.
pub(super) fn is_storage_fault(error: &DbErr) -> bool {
    match driver_error(error) {
        Some(sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed) => true,
        _ => code(error).is_some_and(|code| is_storage_code(&code)),
    }
}

/// Returns whether `error` says that the connection, not the statement, is unusable: the server is shutting down or
/// starting (SQLSTATE `57P01` to `57P03`), or has become read-only in a failover (`25006`).
pub(super) fn wants_new_connection(error: &DbErr) -> bool {
    code(error).is_some_and(|code| ["57P01", "57P02", "57P03", "25006"].contains(&code.as_str()))
}

/// Returns whether `error` says that the server accepts no writes (SQLSTATE `25006`).
pub(super) fn is_read_only(error: &DbErr) -> bool {
    code(error).as_deref() == Some("25006")
}

/// Classifies the primary result code of SQLite or the class of an SQLSTATE.
fn is_storage_code(code: &str) -> bool {
    // READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: <https://sqlite.org/rescode.html>
    const OF_SQLITE: [u32; 6] = [8, 10, 11, 13, 14, 26];
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => OF_SQLITE.contains(&(number & 0xFF)),
        // An SQLSTATE has five characters: connection, resources, system error, internal error.
        _ => {
            ["08", "53", "58", "XX"]
                .iter()
                .any(|class| code.starts_with(class))
                || ["25006", "57P01", "57P02", "57P03"].contains(&code)
        }
    }
}

/// Returns the extended result code of SQLite in decimal, or the SQLSTATE of `PostgreSQL`.
fn code(error: &DbErr) -> Option<String> {
    match driver_error(error)? {
        sqlx::Error::Database(error) => error.code().map(std::borrow::Cow::into_owned),
        _ => None,
    }
}

fn driver_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause))
        | DbErr::Conn(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_storage_code;

    #[test]
    fn codes_of_a_full_broken_or_read_only_store_are_storage_faults() {
        // SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_READONLY_DBMOVED
        for code in [
            "13", "778", "1034", "1032", "53100", "58030", "25006", "08006", "57P01",
        ] {
            assert!(is_storage_code(code), "{code}");
        }
        // SQLITE_BUSY, SQLITE_CONSTRAINT_UNIQUE, unique_violation, deadlock, statement timeout
        for code in ["5", "2067", "23505", "40P01", "57014", "55P03"] {
            assert!(!is_storage_code(code), "{code}");
        }
    }
}
