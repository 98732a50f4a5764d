//! What deleting the account would remove and keep.

use chrono::{DateTime, Utc};

use super::inventory::{Counted, count};
use crate::app::App;
use crate::errors::OperationError;
use crate::sessions::Viewer;

/// What a deletion asked for now would do.
#[derive(Clone)]
pub(crate) struct DeletionPreview {
    /// What would be removed, and how many records of each.
    pub(crate) removed: Vec<Counted>,
    /// When it would be carried out.
    pub(crate) would_complete_by: DateTime<Utc>,
}

/// Counts what is held about the viewer. Changes nothing.
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
