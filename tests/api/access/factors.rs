//! What the three send to the mutations on second factors.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Actor;
use crate::support::{
    Authenticator, Client, SignedUp, TestApp, WithApp, enrolled_secret, totp_code,
};

/// Right for the owner, as `mutations::input` is; `None` if it is no mutation on second factors. The owner may be given
/// another session by it.
pub(super) async fn factor_input(
    app: &TestApp,
    mutation: &str,
    owner: &mut SignedUp,
    actor: Actor,
) -> Option<Value> {
    let is_owner = actor == Actor::Owner;
    let secret = |secret: String, owner: &SignedUp| {
        if is_owner {
            secret
        } else {
            owner.user_id.clone()
        }
    };
    Some(match mutation {
        "startPasskey" => json!({ "purpose": "SIGN_IN" }),
        "enrollTotp" => {
            owner.verify_address(app).await;
            json!({})
        }
        "completeLogin" => {
            let enrolled = enroll(app, owner).await;
            let challenge = enrolled.challenge(app).await;
            let code = totp_code(&enrolled.secret, app.now() + TimeDelta::seconds(30));
            json!({ "challenge": secret(challenge, owner), "totpCode": code })
        }
        "confirmTotp" => {
            owner.verify_address(app).await;
            let shown = enrolled_secret(&owner.enroll_totp(json!({})).await);
            json!({ "code": totp_code(&shown, app.now()) })
        }
        "removeFactor" => {
            enroll(app, owner).await;
            let listed = owner.second_factors().await;
            json!({ "id": listed.text("/data/me/secondFactors/totp/id") })
        }
        "regenerateRecoveryCodes" => {
            enroll(app, owner).await;
            Value::Null
        }
        "requestFactorRemoval" => {
            let challenge = enroll(app, owner).await.challenge(app).await;
            json!({ "challenge": secret(challenge, owner) })
        }
        "confirmFactorRemoval" => {
            let link = removal_link(app, owner).await;
            json!({ "token": secret(link, owner) })
        }
        "cancelFactorRemoval" => {
            let link = removal_link(app, owner).await;
            app.anonymous().confirm_factor_removal(&link).await.ok();
            Value::Null
        }
        "addPasskey" => {
            owner.verify_address(app).await;
            json!({ "passkey": create(owner).await.1 })
        }
        "loginWithPasskey" => {
            owner.verify_address(app).await;
            let (device, passkey) = create(owner).await;
            let add = "mutation($input: AddPasskeyInput!) { addPasskey(input: $input) { user { id email } session { id } tokens { accessToken refreshToken deviceToken } userErrors { code } } }";
            let added = owner
                .graphql(add, json!({ "input": { "passkey": passkey } }))
                .await;
            *owner = SignedUp::from_reply(owner, &added);
            json!({ "passkey": if is_owner { sign_in(app, device).await } else { json!({ "id": owner.user_id }) } })
        }
        _ => return None,
    })
}

/// Gives the owner an authenticator app, and the session of its confirmation.
async fn enroll(app: &TestApp, owner: &mut SignedUp) -> WithApp {
    owner.verify_address(app).await;
    let enrolled = WithApp::enroll(app, owner).await;
    *owner = enrolled.user.clone();
    enrolled
}

/// Gives the owner an authenticator app and reports it as lost. Returns the token of the emailed link.
async fn removal_link(app: &TestApp, owner: &mut SignedUp) -> String {
    let challenge = enroll(app, owner).await.challenge(app).await;
    let client = app.anonymous();
    client.request_factor_removal(&challenge).await.ok();
    app.last_mail_to(&owner.email).await.token("remove-factors")
}

/// Creates a passkey for the owner's session, which is not added yet.
async fn create(owner: &SignedUp) -> (Authenticator, Value) {
    let mut device = Authenticator::new("https://app.example.org");
    let options = options(owner, "REGISTER").await;
    let passkey = device.create(&options).unwrap();
    (device, passkey)
}

async fn sign_in(app: &TestApp, mut device: Authenticator) -> Value {
    let options = options(&app.anonymous(), "SIGN_IN").await;
    device.get(&options).unwrap()
}

async fn options(client: &Client, purpose: &str) -> Value {
    let start = "mutation($input: StartPasskeyInput!) { startPasskey(input: $input) { options userErrors { code } } }";
    let input = json!({ "input": { "purpose": purpose } });
    let reply = client.graphql(start, input).await;
    reply.ok()["options"].clone()
}
