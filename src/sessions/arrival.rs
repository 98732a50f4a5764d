//! Evidence that a refresh token reached its client: the access token that was issued with it is used.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::app::App;
use crate::db::SessionId;
use crate::db::entity::sessions as table;

/// Records that the refresh token of `generation` arrived, once for each generation. Best effort: a request is not refused
/// if recording fails; reuse of the previous refresh token is then detected one rotation later.
pub(super) async fn note_arrival(app: &App, session: &table::Model, generation: Option<u32>) {
    let Some(generation) = generation.and_then(|number| i32::try_from(number).ok()) else {
        return;
    };
    // The first refresh token has none before it.
    let is_news = generation > 0
        && generation == session.refresh_generation
        && session.seen_generation < Some(generation);
    if !is_news || !app.refresh_tokens.is_first_sight(session.id, generation) {
        return;
    }
    if let Err(error) = record(app, session.id, generation).await {
        tracing::warn!(session = %session.id, %error, "arrival of a refresh token not recorded");
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
