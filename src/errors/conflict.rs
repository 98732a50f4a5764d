//! Retries a transaction that failed only because of a concurrent one.

use std::time::Duration;

use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};

use crate::entropy::{self, Entropy};

use super::{InternalError, OperationError};

/// An error that may have been caused by a conflict.
pub(crate) trait MayConflict {
    /// Returns the error of the database, if it is one.
    fn of_database(&self) -> Option<&DbErr>;
}

impl MayConflict for DbErr {
    fn of_database(&self) -> Option<&DbErr> {
        Some(self)
    }
}

impl MayConflict for InternalError {
    fn of_database(&self) -> Option<&DbErr> {
        self.source.downcast_ref()
    }
}

impl MayConflict for OperationError {
    fn of_database(&self) -> Option<&DbErr> {
        match self {
            Self::Internal(error) => error.of_database(),
            _ => None,
        }
    }
}

/// The longest pause before the retry. The other transaction usually ends within it.
const MAX_PAUSE: Duration = Duration::from_millis(50);

/// Runs `transaction`, and retries it once after a deadlock or a serialization failure: the server has rolled it back
/// and let the other one proceed. Waits for a random time before, so that transactions that failed together do not meet
/// again.
///
/// One order of locks (docs/decisions/0024-one-lock-order.md) prevents deadlocks between changes of one account. This is for those that
/// the order does not cover, such as rows of several accounts.
pub(crate) async fn retry_conflict<T, E, F>(
    entropy: &dyn Entropy,
    transaction: impl Fn() -> F,
) -> Result<T, E>
where
    E: MayConflict,
    F: Future<Output = Result<T, E>>,
{
    match transaction().await {
        Err(error) if error.of_database().is_some_and(is_conflict) => {
            tracing::warn!("transaction retried after a conflict");
            let share = u16::from_le_bytes(entropy::bytes(entropy));
            tokio::time::sleep(MAX_PAUSE * u32::from(share) / u32::from(u16::MAX)).await;
            transaction().await
        }
        outcome => outcome,
    }
}

/// A deadlock (SQLSTATE `40P01`) or a serialization failure (`40001`).
fn is_conflict(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) =
        error
    else {
        return false;
    };
    let sqlx::Error::Database(error) = &**cause else {
        return false;
    };
    let code = error.code().unwrap_or_default();
    ["40P01", "40001"].contains(&&*code)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use sea_orm::DbErr;

    use super::retry_conflict;
    use crate::entropy::SeededEntropy;

    #[tokio::test]
    async fn other_errors_are_not_retried() {
        let runs = Cell::new(0);
        let outcome = retry_conflict(&SeededEntropy::new(1), async || {
            runs.set(runs.get() + 1);
            Err::<(), _>(DbErr::Custom("broken".to_owned()))
        })
        .await;
        assert!(outcome.is_err());
        assert_eq!(runs.get(), 1);
    }
}
