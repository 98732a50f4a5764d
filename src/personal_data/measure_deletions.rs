//! Measures the deletions that are due.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::carry_out_deletion::is_due;
use crate::app::App;
use crate::db::entity::account_deletions as table;
use crate::errors::InternalError;

/// The time within which a due deletion is to be completed.
const PROMISED: TimeDelta = TimeDelta::hours(24);

/// Updates the metrics of deletions that are due, and of those that are overdue.
pub(crate) async fn measure_deletions(app: &App) -> Result<(), InternalError> {
    let now = app.clock.now();
    let due = table::Entity::find().filter(is_due(now));
    let overdue = due
        .clone()
        .filter(table::Column::ScheduledFor.lt(now - PROMISED));
    let deletions = &app.metrics.deletions;
    let counted = |number| i64::try_from(number).unwrap_or(i64::MAX);
    deletions.due.set(counted(due.count(app.db.read()).await?));
    deletions
        .overdue
        .set(counted(overdue.count(app.db.read()).await?));
    Ok(())
}
