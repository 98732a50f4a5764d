//! Distinguishes outages of the database from errors of a statement.

use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};

use super::{InternalError, MayConflict as _};

impl InternalError {
    /// Returns whether the cause is an outage of the database, so that a retry may succeed.
    pub(crate) fn is_outage(&self) -> bool {
        self.of_database().is_some_and(is_outage)
    }
}

/// Returns whether `error` says that no connection was available or that it was lost.
pub(crate) fn is_outage(error: &DbErr) -> bool {
    let cause = match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return true,
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
            cause
        }
        _ => return false,
    };
    match &**cause {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| is_outage_code(&code)),
        _ => false,
    }
}

/// A connection exception (SQLSTATE class `08`), too many connections (`53300`), a server that stops or starts (`57P01`
/// to `57P03`), or one that became read-only in a failover (`25006`).
fn is_outage_code(code: &str) -> bool {
    code.len() == 5
        && (code.starts_with("08") || ["53300", "57P01", "57P02", "57P03", "25006"].contains(&code))
}

#[cfg(test)]
mod tests {
    use super::is_outage_code;

    #[test]
    fn only_codes_of_a_server_that_is_away_are_an_outage() {
        for code in ["08006", "08001", "53300", "57P01", "25006"] {
            assert!(is_outage_code(code), "{code}");
        }
        // unique_violation, statement timeout, deadlock, SQLITE_ERROR, SQLITE_CONSTRAINT
        for code in ["23505", "57014", "40P01", "8", "19", "0800"] {
            assert!(!is_outage_code(code), "{code}");
        }
    }
}
