//! Reloads the signing keys, which another instance or an operator may have rotated.

use crate::app::App;
use crate::errors::InternalError;

/// Loads the keys of the database and uses them from now on.
pub(super) async fn reload_keys(app: &App) -> Result<(), InternalError> {
    let keys = app.signing_keys.load(&app.db).await?;
    app.access_tokens.replace_keys(keys);
    Ok(())
}
