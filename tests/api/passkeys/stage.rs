//! Users with passkeys, and the ceremonies in which they use them.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::support::{Authenticator, Client, PASSWORD, Reply, SignedUp, TestApp, log_of};

/// The origin of the front end.
pub(super) const ORIGIN: &str = "https://app.example.org";
/// Its RP ID.
pub(super) const RP_ID: &str = "app.example.org";

/// Returns a device of a user on a page of the front end, without passkeys.
pub(super) fn new_device() -> Authenticator {
    Authenticator::new(ORIGIN)
}

/// Returns a user who has just registered and verified the address.
pub(super) async fn verified(app: &TestApp, name: &str) -> SignedUp {
    let user = app.signed_up(name).await;
    user.verify_address(app).await;
    user
}

/// Returns a user with one passkey, in the session in which it was added, and the device that has it.
pub(super) async fn with_passkey(app: &TestApp, name: &str) -> (SignedUp, Authenticator) {
    let (user, mut device) = (verified(app, name).await, new_device());
    let user = add(&user, &mut device).await;
    (user, device)
}

/// Returns the options of a ceremony for `purpose`.
pub(super) async fn options(client: &Client, purpose: &str) -> Value {
    client.start_passkey(purpose).await.ok()["options"].clone()
}

/// Adds a new passkey of `device`. Returns the user in the new session.
pub(super) async fn add(user: &SignedUp, device: &mut Authenticator) -> SignedUp {
    let created = device.create(&options(user, "REGISTER").await).unwrap();
    let reply = user.add_passkey_with(json!({ "passkey": created })).await;
    SignedUp::from_reply(user, &reply)
}

/// Signs in with a passkey of `device` alone.
pub(super) async fn sign_in(client: &Client, device: &mut Authenticator) -> Reply {
    let used = device.get(&options(client, "SIGN_IN").await).unwrap();
    client.login_with_passkey(&used).await
}

/// Enters the password of `user` in a client without session.
pub(super) async fn first_step(client: &Client, user: &SignedUp) -> Reply {
    client.login(&user.email, PASSWORD).await
}

/// Enters the password of `user`, who has a second factor, and returns the challenge.
pub(super) async fn challenge(client: &Client, user: &SignedUp) -> Value {
    let reply = first_step(client, user).await;
    let payload = reply.payload();
    assert_eq!(payload["userErrors"][0]["code"], "SECOND_FACTOR_REQUIRED");
    payload["challenge"].clone()
}

/// Sends a passkey as the second step of a sign-in.
pub(super) async fn complete(client: &Client, challenge: &Value, passkey: &Value) -> Reply {
    let token = challenge["token"].as_str().unwrap();
    let proof = json!({ "passkey": passkey });
    client.complete_login(token, proof).await
}

/// Proves a passkey of `device` again in the session of `client`.
pub(super) async fn reauthenticate(client: &Client, device: &mut Authenticator) -> Reply {
    let options = options(client, "REAUTHENTICATE").await;
    let used = device.get(&options).unwrap();
    client.reauthenticate_with(json!({ "passkey": used })).await
}

/// Returns the second factors of the user.
pub(super) async fn factors(client: &Client) -> Value {
    let reply = client.second_factors().await;
    reply.at("/data/me/secondFactors").clone()
}

/// Returns the claims of an access token, unverified.
pub(super) fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// Returns why the answer of a browser was rejected, from the log.
pub(super) fn reason(reply: &Reply) -> String {
    let lines = log_of(reply);
    let about = |line: &&Value| {
        let message = line["message"].as_str().unwrap_or_default();
        ["passkey rejected", "new passkey rejected"].contains(&message)
    };
    let line = lines.iter().find(about);
    line.map_or("none", |line| line["reason"].as_str().unwrap())
        .to_owned()
}

/// What a passkey is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    SignIn,
    SecondStep,
    Reauthenticate,
    Register,
}

/// A ceremony that waits for the answer of the browser.
#[derive(Clone)]
pub(super) struct Ceremony {
    purpose: Purpose,
    pub(super) client: Client,
    pub(super) options: Value,
    challenge: Value,
}

impl Purpose {
    pub(super) const ALL: [Self; 4] = [
        Self::SignIn,
        Self::SecondStep,
        Self::Reauthenticate,
        Self::Register,
    ];

    /// Begins a ceremony of `user`, who has a passkey and a session.
    pub(super) async fn begin(self, user: &SignedUp) -> Ceremony {
        let (client, mut challenge) = match self {
            Self::SignIn | Self::SecondStep => (user.signed_out(), Value::Null),
            Self::Reauthenticate | Self::Register => ((**user).clone(), Value::Null),
        };
        let options = match self {
            Self::SignIn => options(&client, "SIGN_IN").await,
            Self::Reauthenticate => options(&client, "REAUTHENTICATE").await,
            Self::Register => options(&client, "REGISTER").await,
            Self::SecondStep => {
                challenge = self::challenge(&client, user).await;
                challenge["passkeyOptions"].clone()
            }
        };
        Ceremony {
            purpose: self,
            client,
            options,
            challenge,
        }
    }
}

impl Ceremony {
    /// Returns the answer of a browser that ignores which passkeys are excluded.
    pub(super) fn answer(&self, device: &Authenticator) -> Value {
        self.answer_to(device, &self.options["challenge"])
    }

    /// As [`Self::answer`], to the challenge of another ceremony.
    pub(super) fn answer_to(&self, device: &Authenticator, challenge: &Value) -> Value {
        let (mut device, mut options) = (device.clone(), self.options.clone());
        options["challenge"] = challenge.clone();
        if self.purpose == Purpose::Register {
            options["excludeCredentials"] = json!([]);
            device.create(&options).unwrap()
        } else {
            device.get(&options).unwrap()
        }
    }

    pub(super) async fn submit(&self, passkey: &Value) -> Reply {
        match self.purpose {
            Purpose::SignIn => self.client.login_with_passkey(passkey).await,
            Purpose::SecondStep => complete(&self.client, &self.challenge, passkey).await,
            Purpose::Reauthenticate => {
                let input = json!({ "passkey": passkey });
                self.client.reauthenticate_with(input).await
            }
            Purpose::Register => {
                let input = json!({ "passkey": passkey });
                self.client.add_passkey_with(input).await
            }
        }
    }
}
