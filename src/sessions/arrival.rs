//! Evidence that a refresh token reached its client: the access token that was issued with it is used.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::app::App;
use crate::db::SessionId;
use crate::db::entity::sessions as table;

/// An access token that was issued with a refresh token, in use.
pub(super) struct Arrival {
    pub(super) session_id: SessionId,
    /// The generation of the refresh token that was issued with it.
    pub(super) generation: u32,
    /// The newest generation of the session.
    pub(super) newest: i32,
    /// The newest generation that is known to have arrived.
    pub(super) seen: Option<i32>,
}

/// Records that the refresh token of `generation` arrived, once for each generation. Best effort: a request is not refused
/// if recording fails; reuse of the previous refresh token is then detected one rotation later.
pub(super) async fn note_arrival(app: &App, arrival: Arrival) {
    let id = arrival.session_id;
    let Ok(generation) = i32::try_from(arrival.generation) else {
        return;
    };
    // The first refresh token has none before it.
    let is_news = generation > 0 && generation == arrival.newest && arrival.seen < Some(generation);
    if !is_news || !app.refresh_tokens.is_first_sight(id, generation) {
        return;
    }
    if let Err(error) = record(app, id, generation).await {
        tracing::warn!(session = %id, %error, "refresh token arrival not recorded");
    }
}

async fn record(app: &App, id: SessionId, generation: i32) -> Result<(), DbErr> {
    let tx = app.db.begin_write().await?;
    table::Entity::update_many()
        .col_expr(table::Column::SeenGeneration, Expr::value(generation))
        .filter(table::Column::Id.eq(id))
        .filter(table::Column::RefreshGeneration.eq(generation))
        .exec(&*tx)
        .await?;
    tx.commit().await
}
