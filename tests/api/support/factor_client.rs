//! The operations on second factors, and a user who has one.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::totp::code;
use super::{Client, PASSWORD, Reply, SignedUp, TestApp};

impl Client {
    /// Completes a sign-in: `proof` is the rest of the input beside the challenge.
    pub(crate) async fn complete_login(&self, challenge: &str, proof: Value) -> Reply {
        let mut input = proof;
        input["challenge"] = challenge.into();
        let document = include_str!("../documents/complete_login.graphql");
        self.graphql(document, json!({ "input": input })).await
    }

    pub(crate) async fn enroll_totp(&self, input: Value) -> Reply {
        let document = include_str!("../documents/enroll_totp.graphql");
        self.graphql(document, json!({ "input": input })).await
    }

    pub(crate) async fn confirm_totp(&self, input: Value) -> Reply {
        let document = include_str!("../documents/confirm_totp.graphql");
        self.graphql(document, json!({ "input": input })).await
    }

    pub(crate) async fn remove_factor(&self, id: &str) -> Reply {
        self.remove_factor_with(json!({ "id": id })).await
    }

    pub(crate) async fn remove_factor_with(&self, input: Value) -> Reply {
        let document = include_str!("../documents/remove_factor.graphql");
        self.graphql(document, json!({ "input": input })).await
    }

    pub(crate) async fn regenerate_recovery_codes(&self) -> Reply {
        let document = include_str!("../documents/regenerate_recovery_codes.graphql");
        self.graphql(document, json!({})).await
    }

    pub(crate) async fn request_factor_removal(&self, challenge: &str) -> Reply {
        let document = include_str!("../documents/request_factor_removal.graphql");
        let input = json!({ "input": { "challenge": challenge } });
        self.graphql(document, input).await
    }

    pub(crate) async fn confirm_factor_removal(&self, token: &str) -> Reply {
        let document = include_str!("../documents/confirm_factor_removal.graphql");
        let input = json!({ "input": { "token": token } });
        self.graphql(document, input).await
    }

    pub(crate) async fn cancel_factor_removal(&self) -> Reply {
        let document = include_str!("../documents/cancel_factor_removal.graphql");
        self.graphql(document, json!({})).await
    }

    pub(crate) async fn second_factors(&self) -> Reply {
        let document = include_str!("../documents/second_factors.graphql");
        self.graphql(document, json!({})).await
    }
}

/// A user with an authenticator app, signed in by it.
pub(crate) struct WithApp {
    pub(crate) user: SignedUp,
    /// The secret in Base32.
    pub(crate) secret: String,
    pub(crate) recovery_codes: Vec<String>,
}

impl WithApp {
    /// Registers a user, verifies the address and sets up an authenticator app. Its next code is accepted.
    pub(crate) async fn register(app: &TestApp, name: &str) -> Self {
        let user = app.signed_up(name).await;
        user.verify_address(app).await;
        Self::enroll(app, &user).await
    }

    /// Sets up an authenticator app of a user whose address is verified.
    pub(crate) async fn enroll(app: &TestApp, user: &SignedUp) -> Self {
        let secret = enrolled_secret(&user.enroll_totp(json!({})).await);
        let shown = code(&secret, app.now());
        let reply = user.confirm_totp(json!({ "code": shown })).await;
        let recovery_codes = recovery_codes(&reply);
        app.advance(TimeDelta::seconds(30));
        let mut renewed = SignedUp::from_reply(user, &reply);
        renewed.device_token.clone_from(&user.device_token);
        Self {
            user: renewed,
            secret,
            recovery_codes,
        }
    }

    /// The code that the app shows now.
    pub(crate) fn code(&self, app: &TestApp) -> String {
        code(&self.secret, app.now())
    }

    /// Takes the first step of a sign-in on another device and returns its challenge.
    pub(crate) async fn challenge(&self, app: &TestApp) -> String {
        let reply = app.anonymous().login(&self.user.email, PASSWORD).await;
        challenge_of(&reply)
    }

    /// Signs in on another device with the code that the app shows now.
    pub(crate) async fn login_again(&self, app: &TestApp) -> SignedUp {
        let challenge = self.challenge(app).await;
        let proof = json!({ "totpCode": self.code(app) });
        let reply = app.anonymous().complete_login(&challenge, proof).await;
        SignedUp::from_reply(&app.anonymous(), &reply)
    }
}

/// The challenge of a `login` that waits for its second step.
#[track_caller]
pub(crate) fn challenge_of(reply: &Reply) -> String {
    let errors = reply.at("/data/login/userErrors");
    assert_eq!(
        errors[0]["code"], "SECOND_FACTOR_REQUIRED",
        "{}",
        reply.body
    );
    for nothing in ["user", "session", "tokens"] {
        assert!(reply.payload()[nothing].is_null(), "{}", reply.body);
    }
    reply.text("/data/login/challenge/token")
}

/// The secret of an `enrollTotp`.
#[track_caller]
pub(crate) fn enrolled_secret(reply: &Reply) -> String {
    reply.ok();
    reply.text("/data/enrollTotp/enrollment/secret")
}

/// The recovery codes of a `confirmTotp`; empty if there are none.
#[track_caller]
pub(crate) fn recovery_codes(reply: &Reply) -> Vec<String> {
    let codes = reply.ok()["recoveryCodes"].as_array().cloned();
    let codes = codes.unwrap_or_default();
    codes
        .iter()
        .map(|code| code.as_str().unwrap().to_owned())
        .collect()
}
