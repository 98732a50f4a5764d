//! Everything that is due, once.

use crate::app::App;
use crate::errors::InternalError;
use crate::personal_data::carry_out_due_deletions;
use crate::{security_events, sessions};

/// Carries out due deletions and removes what was kept long enough.
pub(crate) async fn run_due_work(app: &App) -> Result<(), InternalError> {
    carry_out_due_deletions(app).await?;
    sweep(app).await
}

async fn sweep(app: &App) -> Result<(), InternalError> {
    let now = app.clock.now();
    let tx = app.db.begin_write().await?;
    let sessions = sessions::sweep(&*tx, now).await?;
    let oldest = now - app.config.deletion.event_retention;
    let events = security_events::sweep(&*tx, oldest).await?;
    tx.commit().await?;
    let keys = app.signing_keys.sweep(&app.db, now).await?;
    if sessions + events + keys > 0 {
        tracing::info!(sessions, events, keys, "removed what was kept long enough");
    }
    Ok(())
}
