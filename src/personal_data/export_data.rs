//! Handing over everything held about a person (GDPR, articles 15 and 20).

use secrecy::SecretString;
use serde_json::{Value, json};

use super::inventory::export;
use crate::accounts::reauthenticate;
use crate::app::App;
use crate::client::Client;
use crate::errors::{Outcome, Refusal};
use crate::security_events::{self, EventKind, NewEvent};
use crate::sessions::{Viewer, confirm_standing};

/// What can be wrong with the wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportDataProblem {
    /// That is not the current password.
    CurrentPasswordIncorrect,
}

/// Everything that is kept about the viewer, without what would let somebody else in: no hash, no token, no
/// text of a mail with links that work. As often as passwords may be checked.
pub(crate) async fn export_data(
    app: &App,
    viewer: &Viewer,
    current_password: &SecretString,
    client: &Client,
) -> Result<Outcome<Value, ExportDataProblem>, Refusal> {
    let now = app.clock.now();
    let known = reauthenticate(app, viewer, current_password, client).await?;
    if known.is_none() {
        return Ok(Err(vec![ExportDataProblem::CurrentPasswordIncorrect]));
    }
    let tx = app.db.begin_write().await?;
    confirm_standing(&*tx, viewer, now).await?;
    let event = NewEvent {
        user_id: viewer.user_id(),
        kind: EventKind::DataExported,
        session_id: Some(viewer.session_id()),
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    let mut document = json!({
        "service": app.config.tokens.issuer,
        "exportedAt": now,
    });
    for (name, records) in export(app, &tx, viewer.user_id()).await? {
        document[name] = records;
    }
    tx.commit().await?;
    tracing::info!(user = %viewer.user_id(), "data exported");
    Ok(Ok(document))
}
