//! Previews what deleting the account would remove and keep.

use chrono::{DateTime, Utc};

use super::inventory::{Counted, count};
use crate::app::App;
use crate::errors::OperationError;
use crate::sessions::Viewer;

/// The effects of a deletion that is requested now.
#[derive(Clone)]
pub(crate) struct DeletionPreview {
    /// What would be removed, with the number of records of each kind.
    pub(crate) removed: Vec<Counted>,
    /// When it would be completed.
    pub(crate) would_complete_by: DateTime<Utc>,
}

/// Counts the data stored about the viewer. Changes nothing.
pub(crate) async fn deletion_preview(
    app: &App,
    viewer: &Viewer,
) -> Result<DeletionPreview, OperationError> {
    let now = app.clock.now();
    Ok(DeletionPreview {
        removed: count(app, viewer.user_id()).await?,
        would_complete_by: now + app.config.deletion.grace,
    })
}
