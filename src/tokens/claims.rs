//! What an access token says.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::db::{SessionId, UserId};

/// The claims of a token, without personal data. Other claims are ignored (RFC 7519, section 4): a newer version, which
/// runs beside this one during an upgrade, may add some.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WireClaims {
    pub(super) iss: String,
    pub(super) aud: String,
    pub(super) sub: String,
    pub(super) sid: String,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    pub(super) jti: String,
    /// For other services; not used here. Versions that do not write it run beside this one during an upgrade.
    #[serde(default)]
    pub(super) client_id: String,
    /// For other services, too: when the user was authenticated, how, and how strongly (RFC 9068, section 2.2.1). A session
    /// decides here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) auth_time: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) amr: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) acr: String,
}

/// The authentication level of a single factor (NIST SP 800-63B-4, section 2).
const SINGLE_FACTOR: &str = "aal1";

/// The authentication level of two factors.
const MULTI_FACTOR: &str = "aal2";

/// Says of the methods of a token that they are different factors (RFC 8176, section 2).
const MULTIPLE_FACTORS: &str = "mfa";

/// The subject of a new access token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bearer<'a> {
    /// The `sub`.
    pub(crate) user_id: UserId,
    /// The `sid`.
    pub(crate) session_id: SessionId,
    /// The generation of the refresh token that is issued with it.
    pub(crate) generation: u32,
    /// The `auth_time`: when the user proved a credential last.
    pub(crate) authenticated_at: DateTime<Utc>,
    /// The `amr`: the authentication methods, separated by spaces (RFC 8176).
    pub(crate) methods: &'a str,
    /// Whether they are two factors: the `acr`.
    pub(crate) is_multi_factor: bool,
}

impl Bearer<'_> {
    pub(super) fn acr(&self) -> &'static str {
        if self.is_multi_factor {
            MULTI_FACTOR
        } else {
            SINGLE_FACTOR
        }
    }

    pub(super) fn amr(&self) -> Vec<String> {
        let both = self.is_multi_factor.then_some(MULTIPLE_FACTORS);
        let methods = self.methods.split(' ').filter(|name| !name.is_empty());
        methods.chain(both).map(str::to_owned).collect()
    }
}

/// The verified claims of an access token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claims {
    /// The `sub`: the user.
    pub(crate) user_id: UserId,
    /// The `sid`: the session.
    pub(crate) session_id: SessionId,
    /// The generation of the refresh token that was issued with it; `None` if an earlier version issued it.
    pub(crate) generation: Option<u32>,
    pub(super) expires_at: DateTime<Utc>,
}
