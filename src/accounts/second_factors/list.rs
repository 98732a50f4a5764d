//! Lists the second factors of a user.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use crate::app::App;
use crate::factors::{AuthenticatorApp, Passkey, codes_left, find_app, find_removal};
use crate::sessions::Viewer;

/// The second factors of a user.
#[derive(Clone, Debug)]
pub(crate) struct Factors {
    /// The authenticator app.
    pub(crate) app: Option<AuthenticatorApp>,
    /// The passkeys, oldest first.
    pub(crate) passkeys: Vec<Passkey>,
    /// How many recovery codes are unused.
    pub(crate) recovery_codes_left: u64,
    /// When all of them are removed, if that is scheduled.
    pub(crate) removal_scheduled_for: Option<DateTime<Utc>>,
}

/// Returns the viewer's second factors.
pub(crate) async fn list_factors(app: &App, viewer: &Viewer) -> Result<Factors, DbErr> {
    let (db, user_id) = (app.db.read(), viewer.user_id());
    let removal = find_removal(db, user_id).await?;
    Ok(Factors {
        app: find_app(db, user_id).await?,
        passkeys: app.factors.passkeys(db, user_id).await?,
        recovery_codes_left: codes_left(db, user_id).await?,
        removal_scheduled_for: removal.map(|removal| removal.scheduled_for),
    })
}
