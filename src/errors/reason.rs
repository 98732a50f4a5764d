//! Formats errors of the database for operators.

use sea_orm::sqlx;
use sea_orm::sqlx::postgres::PgDatabaseError;
use sea_orm::{DbErr, RuntimeErr};

/// The advice added to errors of a damaged SQLite file.
const DAMAGED: &str = "the file is damaged: restore a backup (docs/operate/backup.md)";

/// Returns the text of `error`, with advice if an SQLite file is damaged, and without the line of `PostgreSQL`'s source
/// code that the driver adds.
pub(crate) fn reason(error: &DbErr) -> String {
    let text = error.to_string();
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return text;
    };
    let sqlx::Error::Database(cause) = &**cause else {
        return text;
    };
    if let Some(postgres) = cause.try_downcast_ref::<PgDatabaseError>() {
        return text.replace(&postgres.to_string(), postgres.message());
    }
    if is_damage(&cause.code().unwrap_or_default()) {
        return format!("{text}; {DAMAGED}");
    }
    text
}

/// Returns whether an extended result code of SQLite is one of `SQLITE_CORRUPT` or `SQLITE_NOTADB`
/// (<https://sqlite.org/rescode.html>).
fn is_damage(code: &str) -> bool {
    code.parse::<u32>()
        .is_ok_and(|code| [11, 26].contains(&(code & 0xFF)))
}

#[cfg(test)]
mod tests {
    use super::is_damage;

    #[test]
    fn codes_of_a_corrupt_file_are_damage() {
        // SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_NOTADB
        for code in ["11", "779", "26"] {
            assert!(is_damage(code), "{code}");
        }
        // SQLITE_BUSY, SQLITE_FULL, SQLITE_CANTOPEN
        for code in ["5", "13", "14", ""] {
            assert!(!is_damage(code), "{code}");
        }
    }
}
