//! Whether a session ended so recently that a browser may be about to receive the cookies of the next one.

use super::queries;
use crate::app::App;
use crate::errors::InternalError;
use crate::tokens::RefreshToken;

/// Returns true if the session of `refresh_token` ended within the reuse interval.
///
/// A sign-in ends the session that it replaces. The response to an earlier refresh of that session may reach
/// the browser after the response to the sign-in, so it must not clear the cookies.
pub(crate) async fn ended_recently(app: &App, refresh_token: &str) -> Result<bool, InternalError> {
    let Some(token) = RefreshToken::parse(refresh_token) else {
        return Ok(false);
    };
    let known = queries::find(app.db.read(), token.session_id).await?;
    let ended_at = known.and_then(|it| it.session.ended_at);
    let now = app.clock.now();
    Ok(ended_at.is_some_and(|at| now - at < app.config.tokens.reuse_interval))
}
