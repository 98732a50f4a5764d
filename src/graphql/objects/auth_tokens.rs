use async_graphql::SimpleObject;
use secrecy::ExposeSecret;

use crate::graphql::scalars::DateTime;
use crate::sessions::IssuedTokens;

/// The credentials of a signed-in session. In cookie mode they travel as `HttpOnly` cookies and `tokens` is null.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AuthTokens {
    /// A signed JWT. Send it as `Authorization: Bearer <accessToken>`.
    access_token: String,
    /// When the access token stops counting: its `exp` claim.
    access_token_expires_at: DateTime,
    /// Opaque, for `refreshSession` alone.
    refresh_token: String,
    /// When the refresh token stops counting unless it is used before.
    refresh_token_expires_at: DateTime,
    /// The secret by which the account recognizes this device. Store it, even after a sign-out, and send it as
    /// `deviceToken` with the next `login`. Null unless the session was started by `login` or `register`.
    device_token: Option<String>,
}

impl From<IssuedTokens> for AuthTokens {
    fn from(tokens: IssuedTokens) -> Self {
        Self {
            access_token: tokens.access_token.expose_secret().to_owned(),
            access_token_expires_at: tokens.access_token_expires_at.into(),
            refresh_token: tokens.refresh_token.expose_secret().to_owned(),
            refresh_token_expires_at: tokens.refresh_token_expires_at.into(),
            device_token: tokens
                .device
                .map(|device| device.token.expose_secret().to_owned()),
        }
    }
}
