//! Keeps the dummy hashes for unknown identifiers similar to the hashes of the accounts. Called by a worker.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::app::App;
use crate::db::UserId;
use crate::db::entity::passwords as table;
use crate::errors::OperationError;
use crate::passwords::StoredPassword;

/// How many accounts are read in one turn.
const BATCH: u64 = 2000;

type Row = (UserId, String, String, Option<String>);

/// Reads the next accounts, and creates the missing dummies for their kinds of hashes.
pub(crate) async fn survey_passwords(app: &App) -> Result<(), OperationError> {
    let (after, was_completed) = app.passwords.survey_position();
    let next = table::Entity::find()
        .filter(table::Column::UserId.gt(after))
        .order_by_asc(table::Column::UserId);
    let batch = read(app, next).await?;
    let is_last = u64::try_from(batch.len()).is_ok_and(|read| read < BATCH);
    let newest = if is_last || was_completed {
        Vec::new()
    } else {
        let newest = table::Entity::find()
            .filter(table::Column::UserId.lt(Uuid::max()))
            .order_by_desc(table::Column::UserId);
        read(app, newest).await?
    };
    let last = batch.last().filter(|_| !is_last).map(|(id, ..)| id.0);
    let (batch, newest) = (passwords(batch), passwords(newest));
    app.passwords.survey(&batch, last, &newest);
    Ok(())
}

async fn read(app: &App, accounts: Select<table::Entity>) -> Result<Vec<Row>, DbErr> {
    accounts
        .select_only()
        .columns([
            table::Column::UserId,
            table::Column::Hash,
            table::Column::Scheme,
            table::Column::PepperId,
        ])
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read_lagging())
        .await
}

fn passwords(rows: Vec<Row>) -> Vec<StoredPassword> {
    rows.into_iter()
        .map(|(_, hash, scheme, pepper_id)| StoredPassword {
            hash,
            scheme,
            pepper_id,
        })
        .collect()
}
