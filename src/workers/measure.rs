//! Measures what waits in the database. A worker of its own, so that a worker that is stuck is seen.

use crate::app::App;
use crate::errors::InternalError;
use crate::personal_data::measure_deletions;

/// Counts the emails that wait, and the deletions that are due.
pub(super) async fn measure(app: &App) -> Result<(), InternalError> {
    app.mailer.measure(app.db.read(), app.clock.now()).await?;
    measure_deletions(app).await
}
