//! What each mutation does for the three, and what its payload and its user errors show them.

use serde_json::{Value, json};

use super::factors::factor_input;
use super::reads::answer;
use super::table::Table;
use super::walk::{Field, Fields, reachable};
use super::{ACTORS, Actor, People};
use crate::support::{PASSWORD, Reply, SignedUp, TestApp};

const NEW: &str = "seven teapots hum at dawn";

#[tokio::test]
async fn each_mutation_does_for_the_three_what_is_listed() {
    let app = TestApp::start().await;
    let schema = reachable(&app).await;
    let mut observed = Table::default();
    for (case, (name, field)) in schema["Mutation"].iter().enumerate() {
        for actor in ACTORS {
            let mut people = People::meet(&app, case * 10 + actor as usize).await;
            let input = match factor_input(&app, name, &mut people.owner, actor).await {
                Some(input) => json!({ "input": input }),
                None => input(&app, name, &people.owner, actor).await,
            };
            let before = people.owner.me().await.body;
            let client = people.client(&app, actor);
            let selection = selection(&schema[&field.of], None);
            let reply = client
                .graphql(&document(name, field, &selection), input)
                .await;
            if actor != Actor::Owner {
                people.assert_hidden(&reply.body.to_string());
                assert_eq!(people.owner.me().await.body, before, "{name}");
            }
            observed.note("Mutation", name, actor, &outcome(&reply, name));
            let place = format!("/data/{name}");
            for payload_field in schema[&field.of].keys() {
                let answer = below(answer(&reply.body, &place, payload_field));
                observed.note(&field.of, payload_field, actor, answer);
            }
        }
    }
    observed.assert_as_written();
}

#[tokio::test]
async fn user_errors_and_tokens_answer_the_three_as_listed() {
    let app = TestApp::start().await;
    let schema = reachable(&app).await;
    let mut observed = Table::default();
    for actor in ACTORS {
        for (case, (name, field)) in schema["Mutation"].iter().enumerate() {
            let Some(errors) = schema[&field.of].get("userErrors") else {
                continue;
            };
            let people = People::meet(&app, case * 10 + actor as usize).await;
            let client = people.client(&app, actor);
            let selection = selection(&schema[&errors.of], Some("userErrors"));
            let reply = client
                .graphql(&document(name, field, &selection), wrong(name))
                .await;
            let place = format!("/data/{name}/userErrors/0");
            for error_field in schema[&errors.of].keys() {
                let answer = below(answer(&reply.body, &place, error_field));
                observed.note(&errors.of, error_field, actor, answer);
                if name == "login" && schema["UserError"].contains_key(error_field) {
                    observed.note("UserError", error_field, actor, answer);
                }
            }
        }
        let people = People::meet(&app, 900 + actor as usize).await;
        let selection = selection(&schema["AuthTokens"], Some("tokens"));
        let document = document("login", &schema["Mutation"]["login"], &selection);
        let input = input(&app, "login", &people.owner, actor).await;
        let reply = people.client(&app, actor).graphql(&document, input).await;
        for name in schema["AuthTokens"].keys() {
            observed.note(
                "AuthTokens",
                name,
                actor,
                answer(&reply.body, "/data/login/tokens", name),
            );
        }
    }
    observed.assert_as_written();
}

fn document(name: &str, field: &Field, selection: &str) -> String {
    match &field.input {
        Some(kind) => {
            format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ {selection} }} }}")
        }
        None => format!("mutation {{ {name} {{ {selection} }} }}"),
    }
}

/// All of `fields`, inside `parent` if there is one.
fn selection(fields: &Fields, parent: Option<&str>) -> String {
    let each: Vec<String> = fields
        .iter()
        .map(|(name, field)| field.selection(name))
        .collect();
    let all = each.join(" ");
    parent.map_or(all.clone(), |parent| format!("{parent} {{ {all} }}"))
}

/// Below a mutation that was refused there is nothing.
fn below(answer: &'static str) -> &'static str {
    match answer {
        "unauthenticated" => "not reached",
        answer => answer,
    }
}

fn outcome(reply: &Reply, name: &str) -> String {
    let refused = answer(&reply.body, "/data", name);
    let code = reply.at(&format!("/data/{name}/userErrors/0/code"));
    match (refused, code) {
        ("value", Value::String(code)) => code.clone(),
        ("value", _) => "done".to_owned(),
        (refused, _) => refused.to_owned(),
    }
}

/// Right for the owner. Strangers know everything but secrets, and send identifiers in their place.
async fn input(app: &TestApp, mutation: &str, owner: &SignedUp, actor: Actor) -> Value {
    let is_owner = actor == Actor::Owner;
    let secret = |secret: &str| if is_owner { secret } else { &*owner.user_id }.to_owned();
    let input = match mutation {
        "register" => json!({ "email": another(owner), "password": PASSWORD }),
        "login" => json!({ "identifier": owner.email, "password": secret(PASSWORD) }),
        "refreshSession" => json!({ "refreshToken": secret(&owner.refresh_token) }),
        "revokeSession" => json!({ "sessionId": owner.session_id }),
        "changePassword" => json!({ "currentPassword": PASSWORD, "newPassword": NEW }),
        "requestPasswordReset" | "requestEmailVerification" => json!({ "email": owner.email }),
        "updateProfile" => json!({ "name": "Somebody" }),
        "exportData" | "reauthenticate" => json!({ "currentPassword": PASSWORD }),
        "deleteAccount" => json!({ "currentPassword": PASSWORD, "confirmation": owner.email }),
        "cancelEmailChange" => {
            let change = json!({ "email": another(owner), "currentPassword": PASSWORD });
            owner.update_profile(change).await.ok();
            Value::Null
        }
        "resetPassword" => {
            json!({ "token": secret(&link(app, mutation, owner).await), "newPassword": NEW })
        }
        "verifyEmail" | "cancelAccountDeletion" | "secureAccount" if is_owner => {
            json!({ "token": link(app, mutation, owner).await })
        }
        "verifyEmail" | "cancelAccountDeletion" | "secureAccount" => {
            json!({ "token": owner.user_id })
        }
        "checkLink" => {
            let token = link(app, mutation, owner).await;
            json!({ "kind": "VERIFY_EMAIL", "token": secret(&token) })
        }
        "logout" => json!({}),
        "revokeOtherSessions" => Value::Null,
        _ => panic!("say what to send to {mutation}"),
    };
    json!({ "input": input })
}

/// An address that nobody has yet.
fn another(owner: &SignedUp) -> String {
    owner.email.replace('@', "-too@")
}

/// The token of the owner's link for `mutation`.
async fn link(app: &TestApp, mutation: &str, owner: &SignedUp) -> String {
    let page = match mutation {
        "resetPassword" => {
            owner.request_password_reset(&owner.email).await.ok();
            "reset-password"
        }
        "cancelAccountDeletion" => {
            owner.delete_account(PASSWORD, &owner.email).await.ok();
            "cancel-deletion"
        }
        "secureAccount" => {
            owner.change_password(PASSWORD, NEW).await.ok();
            "secure-account"
        }
        _ => "verify-email",
    };
    app.last_mail_to(&owner.email).await.token(page)
}

/// Returns input that is invalid for every caller.
fn wrong(mutation: &str) -> Value {
    let nothing = "0";
    json!({ "input": match mutation {
        "register" => json!({ "email": nothing, "password": nothing }),
        "login" => json!({ "identifier": nothing, "password": nothing }),
        "refreshSession" => json!({ "refreshToken": nothing }),
        "revokeSession" => json!({ "sessionId": nothing }),
        "changePassword" => json!({ "currentPassword": nothing, "newPassword": nothing }),
        "requestPasswordReset" | "requestEmailVerification" => json!({ "email": nothing }),
        "updateProfile" => json!({ "username": nothing }),
        "exportData" | "reauthenticate" => json!({ "currentPassword": nothing }),
        "deleteAccount" => json!({ "currentPassword": nothing, "confirmation": nothing }),
        "resetPassword" => json!({ "token": nothing, "newPassword": nothing }),
        "verifyEmail" | "cancelAccountDeletion" | "secureAccount" | "confirmFactorRemoval" => json!({ "token": nothing }),
        "checkLink" => json!({ "kind": "VERIFY_EMAIL", "token": nothing }),
        "completeLogin" => json!({ "challenge": nothing, "totpCode": nothing }),
        "loginWithPasskey" | "addPasskey" => json!({ "passkey": nothing }),
        "startPasskey" => json!({ "purpose": "REGISTER", "challenge": nothing }),
        "enrollTotp" | "requestFactorRemoval" => json!({ "challenge": nothing }),
        "confirmTotp" => json!({ "code": nothing }),
        "removeFactor" => json!({ "id": nothing }),
        "cancelEmailChange" | "regenerateRecoveryCodes" | "cancelFactorRemoval" => Value::Null,
        _ => panic!("say what is wrong for {mutation}"),
    } })
}
