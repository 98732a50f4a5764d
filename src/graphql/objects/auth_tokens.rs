use async_graphql::SimpleObject;
use secrecy::ExposeSecret;

use crate::graphql::scalars::DateTime;
use crate::sessions::IssuedTokens;

/// The tokens of a session. In cookie mode they are `HttpOnly` cookies instead, and `tokens` is null.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AuthTokens {
    /// The access token, a signed JWT. Send it as `Authorization: Bearer <accessToken>`.
    access_token: String,
    /// The access token's expiry (`exp` claim).
    access_token_expires_at: DateTime,
    /// The refresh token, an opaque string. Send it to `refreshSession` only.
    refresh_token: String,
    /// The refresh token's expiry. Each refresh extends it, up to the session's maximum lifetime.
    refresh_token_expires_at: DateTime,
    /// A secret that identifies this device to the account. Store it, also after signing out, and send it as
    /// `deviceToken` with the next sign-in. Null unless the session was created by a sign-in or a registration.
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
