//! Lists the second factors of users.

use std::collections::HashMap;

use sea_orm::DbErr;

use crate::app::App;
use crate::db::UserId;
use crate::factors::{AuthenticatorApp, Passkey, codes_left, find_app};

/// The second factors of a user.
#[derive(Clone, Debug)]
pub(crate) struct Factors {
    /// The authenticator app.
    pub(crate) app: Option<AuthenticatorApp>,
    /// The passkeys, oldest first.
    pub(crate) passkeys: Vec<Passkey>,
    /// How many recovery codes are unused.
    pub(crate) recovery_codes_left: u64,
}

/// Returns the second factors of each of these users.
pub(crate) async fn factors_of(
    app: &App,
    users: &[UserId],
) -> Result<HashMap<UserId, Factors>, DbErr> {
    let db = app.db.read();
    let mut found = HashMap::with_capacity(users.len());
    for user_id in users {
        let factors = Factors {
            app: find_app(db, *user_id).await?,
            passkeys: app.factors.passkeys(db, *user_id).await?,
            recovery_codes_left: codes_left(db, *user_id).await?,
        };
        found.insert(*user_id, factors);
    }
    Ok(found)
}
