//! Reads sessions: the viewer's list, and single ones for security events.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::{Session, Viewer, queries};
use crate::app::App;
use crate::db::entity::sessions as table;
use crate::db::{Page, Place, SessionId, latest_page};

/// Returns the first `first` active sessions of the viewer behind `after`, newest first.
pub(crate) async fn list_sessions(
    app: &App,
    viewer: &Viewer,
    first: u64,
    after: Option<Place>,
) -> Result<Page<Session>, DbErr> {
    let query = queries::active(app.clock.now()).filter(table::Column::UserId.eq(viewer.user_id()));
    let order = (table::Column::CreatedAt, table::Column::Id);
    let page = latest_page(app.db.read(), query, order, (first, after)).await?;
    Ok(page.map(queries::session))
}

/// Returns the session of this id, also if it has ended.
pub(crate) async fn get_session(
    db: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<Session>, DbErr> {
    Ok(queries::find(db, id).await?.map(|known| known.session))
}

/// Returns the sessions of these ids that are still stored, in one statement.
pub(crate) async fn sessions_by_id(
    app: &App,
    ids: &[SessionId],
) -> Result<HashMap<SessionId, Session>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::Id.is_in(ids.iter().copied()))
        .all(app.db.read())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, queries::session(row)))
        .collect())
}
