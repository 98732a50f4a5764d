//! What can be read, field by field.

use serde_json::{Value, json};

use super::table::Table;
use super::walk::reachable;
use super::{ACTORS, Actor, People};
use crate::support::{Client, PASSWORD, TestApp};

/// How each type is reached: type, document, and its path in the response.
const DOORS: [(&str, &str, &str); 18] = [
    ("Query", "{ FIELD }", "/data"),
    ("User", "{ me { FIELD } }", "/data/me"),
    (
        "SessionConnection",
        "{ me { sessions { FIELD } } }",
        "/data/me/sessions",
    ),
    (
        "SessionEdge",
        "{ me { sessions { edges { FIELD } } } }",
        "/data/me/sessions/edges/0",
    ),
    (
        "Session",
        "{ me { sessions { nodes { FIELD } } } }",
        "/data/me/sessions/nodes/0",
    ),
    (
        "PageInfo",
        "{ me { sessions { pageInfo { FIELD } } } }",
        "/data/me/sessions/pageInfo",
    ),
    (
        "SecurityEventConnection",
        "{ me { securityEvents { FIELD } } }",
        "/data/me/securityEvents",
    ),
    (
        "SecurityEventEdge",
        "{ me { securityEvents { edges { FIELD } } } }",
        "/data/me/securityEvents/edges/0",
    ),
    (
        "SecurityEvent",
        "{ me { securityEvents { nodes { FIELD } } } }",
        "/data/me/securityEvents/nodes/0",
    ),
    (
        "AccountDeletionPreview",
        "{ me { deletionPreview { FIELD } } }",
        "/data/me/deletionPreview",
    ),
    (
        "DataCategory",
        "{ me { deletionPreview { removed { FIELD } } } }",
        "/data/me/deletionPreview/removed/0",
    ),
    (
        "RetainedData",
        "{ me { deletionPreview { retained { FIELD } } } }",
        "/data/me/deletionPreview/retained/0",
    ),
    (
        "SecondFactors",
        "{ me { secondFactors { FIELD } } }",
        "/data/me/secondFactors",
    ),
    (
        "Totp",
        "{ me { secondFactors { totp { FIELD } } } }",
        "/data/me/secondFactors/totp",
    ),
    (
        "Passkey",
        "{ me { secondFactors { passkeys { FIELD } } } }",
        "/data/me/secondFactors/passkeys/0",
    ),
    (
        "AuthSettings",
        "{ authSettings { FIELD } }",
        "/data/authSettings",
    ),
    (
        "PasswordPolicy",
        "{ authSettings { passwordPolicy { FIELD } } }",
        "/data/authSettings/passwordPolicy",
    ),
    (
        "AccountDeletion",
        "{ accountDeletion(receipt: \"RECEIPT\") { FIELD } }",
        "/data/accountDeletion",
    ),
];

/// Fills in everything of a profile that can be empty.
async fn settle(app: &TestApp, client: &Client, name: &str) {
    let profile = json!({
        "name": "Somebody",
        "avatarUrl": "https://pictures.example.org/1.png",
        "locale": "en",
        "email": format!("{name}-to-be@example.org"),
        "currentPassword": PASSWORD,
    });
    client.update_profile(profile).await.ok();
    app.anonymous().login(name, PASSWORD).await.ok();
}

/// A receipt of the owner's former account.
async fn receipt(app: &TestApp) -> String {
    let former = app.signed_up("former").await;
    let reply = former.delete_account(PASSWORD, &former.email).await;
    reply.text("/data/deleteAccount/deletion/receipt")
}

#[tokio::test]
async fn each_field_that_can_be_read_answers_the_three_as_listed() {
    let app = TestApp::start().await;
    let people = People::meet(&app, 0).await;
    settle(&app, &people.owner, "owner0").await;
    settle(&app, &people.other, "other0").await;
    let receipt = receipt(&app).await;
    let schema = reachable(&app).await;
    let mut observed = Table::default();
    for actor in ACTORS {
        let client = people.client(&app, actor);
        for (kind, document, place) in DOORS {
            for (name, field) in &schema[kind] {
                let selection = match &**name {
                    "accountDeletion" => {
                        "accountDeletion(receipt: \"RECEIPT\") { __typename }".to_owned()
                    }
                    _ => field.selection(name),
                };
                let document = document
                    .replace("FIELD", &selection)
                    .replace("RECEIPT", &receipt);
                let reply = client.graphql(&document, json!({})).await;
                if actor != Actor::Owner {
                    people.assert_hidden(&reply.body.to_string());
                }
                observed.note(kind, name, actor, answer(&reply.body, place, name));
            }
        }
    }
    observed.assert_as_written();
}

/// Returns the result for the field `name` of the object at `place`.
pub(super) fn answer(body: &Value, place: &str, name: &str) -> &'static str {
    let code = body
        .pointer("/errors/0/extensions/code")
        .and_then(Value::as_str);
    match (code, body.pointer(place)) {
        (Some("UNAUTHENTICATED"), _) => "unauthenticated",
        (Some(code), _) => panic!("{code}: {body:#}"),
        (None, None | Some(Value::Null)) => "not reached",
        (None, Some(parent)) if parent[name].is_null() => "null",
        (None, Some(_)) => "value",
    }
}
