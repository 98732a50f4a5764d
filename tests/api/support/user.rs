//! A signed-in user.

use std::ops::Deref;

use serde_json::{Value, json};

use super::{Client, Reply, TestApp};

/// Everybody's password, until it is changed.
pub(crate) const PASSWORD: &str = "violet otters juggle quietly";

/// A client with an account and the credentials of a session.
#[derive(Clone)]
pub(crate) struct SignedUp {
    client: Client,
    pub(crate) user_id: String,
    pub(crate) session_id: String,
    pub(crate) email: String,
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
    /// What the account knows the device by.
    pub(crate) device_token: String,
}

impl SignedUp {
    pub(crate) async fn register(app: &TestApp, name: &str) -> Self {
        let email = format!("{name}@example.org");
        let input = json!({ "email": email, "username": name, "password": PASSWORD });
        let reply = app.anonymous().register(input).await;
        Self::from_reply(&app.anonymous(), &reply)
    }

    /// Creates the user from a payload with user, session and tokens.
    #[track_caller]
    pub(crate) fn from_reply(client: &Client, reply: &Reply) -> Self {
        let payload = reply.ok();
        let text = |pointer: &str| {
            payload
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_else(|| panic!("{payload:#}"))
                .to_owned()
        };
        Self {
            client: client.bearing(&text("/tokens/accessToken")),
            user_id: text("/user/id"),
            session_id: text("/session/id"),
            email: text("/user/email"),
            access_token: text("/tokens/accessToken"),
            refresh_token: text("/tokens/refreshToken"),
            device_token: payload["tokens"]["deviceToken"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        }
    }

    /// Follows the link in the newest mail to the user's address.
    pub(crate) async fn verify_address(&self, app: &TestApp) {
        let token = app.last_mail_to(&self.email).await.token("verify-email");
        let reply = app.anonymous().verify_email(&token).await;
        assert_eq!(reply.ok()["user"]["emailVerified"], true);
    }

    /// Signs in once more, as another device would.
    pub(crate) async fn login_again(&self) -> Self {
        let reply = self.client.signed_out().login(&self.email, PASSWORD).await;
        Self::from_reply(&self.client, &reply)
    }

    /// Returns whether the access token is accepted.
    pub(crate) async fn is_signed_in(&self) -> bool {
        let reply = self.client.me().await;
        if reply.at("/data/me/id") == &Value::String(self.user_id.clone()) {
            return true;
        }
        reply.assert_error("UNAUTHENTICATED");
        false
    }
}

impl Deref for SignedUp {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}
