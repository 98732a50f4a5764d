//! Cancels an email change before it takes effect.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use super::{User, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::entity::users as table;
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Viewer, confirm_active};
use crate::tokens::{Purpose, void_tokens_to};

/// Why nothing was canceled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CancelEmailChangeError {
    /// No email change is pending.
    NoPendingChange,
}

/// Keeps the viewer's address and invalidates the link sent to the new one.
pub(crate) async fn cancel_email_change(
    app: &App,
    viewer: &Viewer,
    client: &Client,
) -> Result<UserResult<User, CancelEmailChangeError>, OperationError> {
    retry_conflict(&*app.entropy, || keep_address(app, viewer, client)).await
}

async fn keep_address(
    app: &App,
    viewer: &Viewer,
    client: &Client,
) -> Result<UserResult<User, CancelEmailChangeError>, OperationError> {
    let now = app.clock.now();
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    let user = queries::find_user(&*tx, viewer.user_id()).await?;
    let Some(pending) = user.and_then(|user| user.pending_email) else {
        return Ok(Err(vec![CancelEmailChangeError::NoPendingChange]));
    };
    let update = queries::without_pending(queries::update(viewer.user_id()))
        .filter(table::Column::PendingEmailCanonical.is_not_null())
        .col_expr(table::Column::UpdatedAt, Expr::value(now));
    if update.exec(&*tx).await?.rows_affected != 1 {
        return Ok(Err(vec![CancelEmailChangeError::NoPendingChange]));
    }
    void_tokens_to(&*tx, viewer.user_id(), Purpose::VerifyEmail, &pending).await?;
    let event = NewEvent {
        user_id: viewer.user_id(),
        actor: Actor::User(viewer.user_id()),
        kind: EventKind::EmailChangeCancelled,
        session_id: Some(viewer.session_id()),
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    let user = queries::find_user(&*tx, viewer.user_id()).await?;
    tx.commit().await?;
    tracing::info!(user = %viewer.user_id(), "email change canceled");
    user.map(Ok)
        .ok_or_else(|| InternalError::new("an account vanished under a change").into())
}
