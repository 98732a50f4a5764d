//! Observes every statement. For tests, which read the plan of each.

use std::borrow::Borrow;
use std::sync::OnceLock;

use sea_orm::Statement;

static OBSERVER: OnceLock<fn(&Statement)> = OnceLock::new();

/// Calls `observer` with each statement of this process. Only the first observer is used.
pub fn observe_statements(observer: fn(&Statement)) {
    let _an_earlier_one = OBSERVER.set(observer);
}

pub(super) fn observed<S: Borrow<Statement>>(statement: impl FnOnce() -> S) {
    if let Some(observer) = OBSERVER.get() {
        observer(statement().borrow());
    }
}
