//! The security events of the viewer's account.

use sea_orm::DbErr;

use crate::app::App;
use crate::db::{Page, Place};
use crate::security_events::{SecurityEvent, list_security_events};
use crate::sessions::Viewer;

/// Returns the first `first` security events of the viewer's account after `after`, newest first.
pub(crate) async fn list_history(
    app: &App,
    viewer: &Viewer,
    first: u64,
    after: Option<Place>,
) -> Result<Page<SecurityEvent>, DbErr> {
    list_security_events(app.db.read_lagging(), viewer.user_id(), first, after).await
}
