//! Replaces the recovery codes.

use super::super::account_state::lock_active;
use super::super::notices::{Notice, notify};
use super::super::queries;
use super::{call_off_removal, require_recent};
use crate::app::App;
use crate::client::Client;
use crate::errors::{InternalError, OperationError, retry_conflict};
use crate::factors::RecoveryCode;
use crate::rate_limits::Action;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Viewer, confirm_active};

/// Replaces every recovery code of the viewer. Returns the new ones, or `None` if the account has no second factor.
pub(crate) async fn regenerate_recovery_codes(
    app: &App,
    viewer: &Viewer,
    client: &Client,
) -> Result<Option<Vec<RecoveryCode>>, OperationError> {
    let (now, user_id) = (app.clock.now(), viewer.user_id());
    let known = app.factors.available(app.db.read(), user_id).await?;
    require_recent(app, viewer, known, now)?;
    app.rate_limits
        .charge_account(Action::Profile, client, &viewer.user_id().to_string())
        .await?;
    retry_conflict(&*app.entropy, async || {
        let tx = app.db.begin_write().await?;
        confirm_active(&*tx, viewer, now).await?;
        if !lock_active(&*tx, user_id).await? {
            return Err(OperationError::Unauthenticated);
        }
        let has = app.factors.available(&*tx, user_id).await?;
        if !has.any() {
            return Ok(None);
        }
        // It may have got the factor since.
        require_recent(app, viewer, has, now)?;
        let source = (&app.identifiers, &*app.entropy);
        let codes = app
            .factors
            .replace_codes(&*tx, user_id, source, now)
            .await?;
        let event = NewEvent {
            user_id,
            actor: Actor::User(user_id),
            kind: EventKind::RecoveryCodesGenerated,
            session_id: Some(viewer.session_id()),
            client,
        };
        security_events::record(&*tx, &app.identifiers, now, event).await?;
        let user = queries::find_user(&*tx, user_id).await?;
        let user = user.ok_or_else(|| InternalError::new("an account vanished under a lock"))?;
        let session = Some(viewer.session_id());
        call_off_removal(app, &tx, (&user, session), (now, client)).await?;
        let notice = Notice::RecoveryCodesGenerated;
        notify(app, &tx, &user, notice, (now, client)).await?;
        tx.commit().await?;
        tracing::info!(user = %user_id, "recovery codes generated");
        Ok(Some(codes))
    })
    .await
}
