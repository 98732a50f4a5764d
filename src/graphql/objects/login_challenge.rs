use async_graphql::SimpleObject;
use secrecy::ExposeSecret as _;

use super::AuthenticationMethod;
use crate::accounts::PendingSignIn;
use crate::graphql::scalars::{DateTime, Json};

/// A sign-in after its first step. It authenticates nothing: `completeLogin` completes it, or, if `methods` is empty, a
/// factor that is set up with `enrollTotp` and `confirmTotp`, or `startPasskey` and `addPasskey`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LoginChallenge {
    /// The secret of the sign-in. Keep it in memory. It is valid for the client that began the sign-in alone.
    token: String,
    /// The expiry.
    expires_at: DateTime,
    /// What the user can prove, preferred first. Empty if a second factor is required and the account has none.
    methods: Vec<AuthenticationMethod>,
    /// The options for `navigator.credentials.get()`, if `PASSKEY` is listed:
    /// pass them to `PublicKeyCredential.parseRequestOptionsFromJSON()`.
    passkey_options: Option<Json>,
    /// When the account's second factors will be removed, because the user reported them as lost. Null if that is not
    /// scheduled.
    factor_removal_scheduled_for: Option<DateTime>,
}

impl From<PendingSignIn> for LoginChallenge {
    fn from(pending: PendingSignIn) -> Self {
        Self {
            token: pending.token.expose_secret().to_owned(),
            expires_at: pending.expires_at.into(),
            methods: pending.methods.into_iter().map(Into::into).collect(),
            passkey_options: pending.passkey_options.map(Json::from),
            factor_removal_scheduled_for: pending.removal_scheduled_for.map(DateTime::from),
        }
    }
}
