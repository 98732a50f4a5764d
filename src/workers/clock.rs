//! Keeps an instance whose clock is ahead from removing what has not expired.

use std::time::Duration;

use tokio::time::timeout;

use crate::app::App;
use crate::errors::InternalError;

/// How far ahead of the database's clock this instance's may be, in seconds. Whatever is removed was kept for minutes at
/// least.
const TOLERANCE: f64 = 10.0;

/// How long the database may take to tell the time.
const PATIENCE: Duration = Duration::from_secs(2);

/// Returns an error if the clock of this instance is ahead of the database's on `PostgreSQL`. A removal by a wrong clock
/// cannot be undone; other instances go on with it.
pub(super) async fn check_clock(app: &App) -> Result<(), InternalError> {
    if !app.clock.is_synchronized() {
        return Ok(());
    }
    let asked = timeout(PATIENCE, app.db.clock_skew(|| app.clock.now())).await;
    let skew = asked.map_err(|_| InternalError::new("the database does not tell the time"))?;
    let ahead = -skew.map_err(InternalError::new)?;
    if ahead > TOLERANCE {
        return Err(InternalError::new(format!(
            "nothing removed: the clock is {ahead:.0} s ahead of the database's; set the clock of the machine or the database"
        )));
    }
    Ok(())
}
