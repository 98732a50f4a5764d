//! The security events of the viewer's account.

use sea_orm::DbErr;

use crate::app::App;
use crate::db::{Page, Place};
use crate::security_events::{SecurityEvent, list_security_events};
use crate::sessions::Viewer;

/// Returns the first `first` security events of the viewer's account after `after`, newest first. If the list `may_lag`,
/// those of the last moment may be missing.
pub(crate) async fn list_history(
    app: &App,
    viewer: &Viewer,
    first: u64,
    after: Option<Place>,
    may_lag: bool,
) -> Result<Page<SecurityEvent>, DbErr> {
    let user_id = viewer.user_id();
    if may_lag {
        list_security_events(app.db.read_lagging(), user_id, first, after).await
    } else {
        list_security_events(app.db.read(), user_id, first, after).await
    }
}
