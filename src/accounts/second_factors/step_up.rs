//! Step-up: what a sensitive operation demands of the session.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::errors::OperationError;
use crate::factors::Available;
use crate::sessions::{Level, Viewer};

/// How far the clock may have been set back since the authentication.
const SKEW: TimeDelta = TimeDelta::minutes(1);

/// Requires that the viewer was authenticated recently, and by two factors if the account has a second one (ASVS 5.0,
/// 7.5.1). Returns [`OperationError::StepUpRequired`] otherwise.
pub(in crate::accounts) fn require_recent(
    app: &App,
    viewer: &Viewer,
    available: Available,
    now: DateTime<Utc>,
) -> Result<(), OperationError> {
    let max_age = app.config.tokens.step_up_ttl;
    let since = viewer.authenticated_at();
    let is_recent = since > now - max_age && since <= now + SKEW;
    if is_recent && is_strong(viewer, available) {
        return Ok(());
    }
    Err(step_up_required(app, viewer, available))
}

/// Requires that the viewer was authenticated by two factors if the account has a second one. It may have got one since a
/// change was started, and somebody with a session from before must not complete it.
pub(super) fn require_strong(
    app: &App,
    viewer: &Viewer,
    available: Available,
) -> Result<(), OperationError> {
    if is_strong(viewer, available) {
        return Ok(());
    }
    Err(step_up_required(app, viewer, available))
}

fn is_strong(viewer: &Viewer, available: Available) -> bool {
    !available.any() || viewer.level() == Level::MultiFactor
}

fn step_up_required(app: &App, viewer: &Viewer, available: Available) -> OperationError {
    app.metrics.factors.step_ups.inc();
    tracing::info!(user = %viewer.user_id(), "step-up required");
    OperationError::StepUpRequired {
        max_age: app.config.tokens.step_up_ttl,
        methods: methods(available, viewer.level()),
    }
}

/// Returns what the user can prove, preferred first, by the names of the API.
fn methods(available: Available, level: Level) -> Vec<&'static str> {
    // Without a first factor, the others are not enough.
    let needs_first = !available.any() || level == Level::Incomplete;
    [
        available.passkey.then_some("PASSKEY"),
        needs_first.then_some("PASSWORD"),
        (available.totp && !needs_first).then_some("TOTP"),
        (available.recovery_code && !needs_first).then_some("RECOVERY_CODE"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
