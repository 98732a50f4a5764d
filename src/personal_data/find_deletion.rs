//! The state of a deletion, for the holder of its receipt.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::AccountDeletion;
use crate::app::App;
use crate::db::entity::account_deletions as table;
use crate::errors::OperationError;

/// Returns the deletion to which `receipt` belongs.
pub(crate) async fn find_deletion(
    app: &App,
    receipt: &str,
) -> Result<Option<AccountDeletion>, OperationError> {
    let Some(hash) = app.deletion_receipts.recognise(receipt) else {
        return Ok(None);
    };
    let rows = table::Entity::find()
        .filter(table::Column::ReceiptHash.eq(hash))
        .all(app.db.read())
        .await?;
    let found = rows.into_iter().next();
    Ok(found.map(|row| AccountDeletion::from_row(&row, receipt.to_owned())))
}
