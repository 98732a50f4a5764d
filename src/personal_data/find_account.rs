//! Finds an account for an operator.

use uuid::Uuid;

use crate::accounts::{find_user, find_user_by_email};
use crate::app::App;
use crate::db::UserId;
use crate::errors::InternalError;

/// Returns the account with this id or email address.
pub(crate) async fn find_account(
    app: &App,
    account: &str,
) -> Result<Option<UserId>, InternalError> {
    let db = app.db.read();
    let user = match account.parse::<Uuid>() {
        Ok(id) => find_user(db, UserId(id)).await?,
        Err(_) => find_user_by_email(db, account).await?,
    };
    Ok(user.map(|user| user.id))
}
