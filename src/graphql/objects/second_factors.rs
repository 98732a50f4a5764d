use async_graphql::{ID, SimpleObject};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use tokio::sync::OnceCell;

use crate::accounts;
use crate::factors;
use crate::graphql::scalars::DateTime;

/// The second factors of a user.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SecondFactors {
    /// The authenticator app. Null if none is confirmed.
    totp: Option<Totp>,
    /// The passkeys, oldest first, at most 20. Each is a second factor, and a sign-in of its own.
    passkeys: Vec<Passkey>,
    /// How many recovery codes are unused. 0 without a second factor.
    recovery_codes_left: i32,
    /// When all of them will be removed, because the user reported them as lost (`requestFactorRemoval`). Null if that is not
    /// scheduled. Cancel it with `cancelFactorRemoval`.
    removal_scheduled_for: Option<DateTime>,
}

/// An authenticator app, which shows codes that change (RFC 6238).
#[derive(SimpleObject)]
pub(in crate::graphql) struct Totp {
    /// The id, for `removeFactor`.
    id: ID,
    /// When the app was confirmed.
    confirmed_at: DateTime,
    /// When a code was last accepted after that. Null before the first time.
    last_used_at: Option<DateTime>,
}

/// A passkey (Web Authentication).
#[derive(SimpleObject)]
pub(in crate::graphql) struct Passkey {
    /// The id, for `removeFactor`.
    id: ID,
    /// The credential ID in base64url, for the browser's signal methods.
    credential_id: String,
    /// The name that the user gave it, or that of the device.
    name: String,
    /// When it was added.
    created_at: DateTime,
    /// When it was last used after that. Null before the first time.
    last_used_at: Option<DateTime>,
    /// Whether a password manager copies it to the user's other devices.
    synced: bool,
}

/// The second factors of a query's viewer, read once for any number of fields.
#[derive(Default)]
pub(crate) struct FactorsOnce(pub(super) OnceCell<accounts::Factors>);

impl From<accounts::Factors> for SecondFactors {
    fn from(factors: accounts::Factors) -> Self {
        Self {
            totp: factors.app.map(Totp::from),
            passkeys: factors.passkeys.into_iter().map(Passkey::from).collect(),
            recovery_codes_left: i32::try_from(factors.recovery_codes_left).unwrap_or(i32::MAX),
            removal_scheduled_for: factors.removal_scheduled_for.map(DateTime::from),
        }
    }
}

impl From<factors::AuthenticatorApp> for Totp {
    fn from(app: factors::AuthenticatorApp) -> Self {
        Self {
            id: app.id.to_string().into(),
            confirmed_at: app.confirmed_at.into(),
            last_used_at: app.last_used_at.map(DateTime::from),
        }
    }
}

impl From<factors::Passkey> for Passkey {
    fn from(passkey: factors::Passkey) -> Self {
        Self {
            id: passkey.id.to_string().into(),
            credential_id: BASE64_URL_SAFE_NO_PAD.encode(&passkey.credential_id),
            name: passkey.name,
            created_at: passkey.created_at.into(),
            last_used_at: passkey.last_used_at.map(DateTime::from),
            synced: passkey.synced,
        }
    }
}
