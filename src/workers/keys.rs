//! Keeping the signing keys fresh: another instance, or an operator, may have rotated them.

use crate::app::App;
use crate::errors::InternalError;

/// Puts the keys of the database in force.
pub(super) async fn reload_keys(app: &App) -> Result<(), InternalError> {
    let keys = app.signing_keys.load(&app.db).await?;
    app.access_tokens.replace_keys(keys);
    Ok(())
}
