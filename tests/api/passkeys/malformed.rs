//! Answers that no browser sends.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::stage::{Ceremony, Purpose, reason, with_passkey};
use crate::support::{TestApp, encode};

fn decode(text: &Value) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD
        .decode(text.as_str().unwrap())
        .unwrap()
}

/// Returns `answer` with another value at a JSON pointer.
fn with(answer: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = answer.clone();
    *changed.pointer_mut(pointer).unwrap() = value;
    changed
}

/// Returns `answer` without the member at a JSON pointer.
fn without(answer: &Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let mut changed = answer.clone();
    let members = changed.pointer_mut(parent).unwrap();
    members.as_object_mut().unwrap().remove(name).unwrap();
    changed
}

/// Returns answers whose base64url text at `pointer` is cut, longer or not base64url.
fn garbled(answer: &Value, pointer: &str) -> Vec<Value> {
    let text = answer.pointer(pointer).unwrap();
    let bytes = decode(text);
    let text = text.as_str().unwrap();
    let texts = [
        format!("{text}="),
        format!(" {text}"),
        format!("{text}\n"),
        format!("+/{text}"),
        String::new(),
    ];
    let cut = (0..bytes.len()).step_by(1 + bytes.len() / 40);
    let cut = cut.map(|length| encode(&bytes[..length]));
    let longer = [&bytes, [0].as_slice()].concat();
    let texts = texts.into_iter().chain(cut).chain([encode(&longer)]);
    let changed = texts.map(|text| with(answer, pointer, json!(text)));
    changed.collect()
}

/// Returns malformed answers that resemble a valid one, whose base64url texts are at `texts`.
fn malformed(answer: &Value, texts: &[&str]) -> Vec<Value> {
    let mut answers = vec![
        json!([]),
        json!({}),
        json!(7),
        json!(true),
        json!("text"),
        json!(answer.to_string()),
        json!([answer]),
    ];
    for pointer in ["/id", "/rawId", "/type", "/response"].iter().chain(texts) {
        answers.push(without(answer, pointer));
        for value in [json!(null), json!(7), json!([]), json!({}), json!("")] {
            answers.push(with(answer, pointer, value));
        }
    }
    for pointer in texts {
        answers.extend(garbled(answer, pointer));
    }
    answers.push(with(answer, "/type", json!("password")));
    answers.push(with(answer, "/id", json!("AAAA")));
    answers.push(with(answer, "/rawId", json!("AAAA")));
    let padding = json!({ "padding": "x".repeat(16 * 1024) });
    answers.push(with(answer, "/clientExtensionResults", padding));
    answers
}

/// Lets each malformed answer be rejected, and then the one that they resemble accepted.
async fn assert_rejected(ceremony: &Ceremony, valid: &Value, malformed: Vec<Value>) {
    assert!(malformed.len() > 50);
    for answer in malformed {
        let reply = ceremony.submit(&answer).await;
        let errors = &reply.payload()["userErrors"];
        let code = &errors[0]["code"];
        assert_eq!(code, "PASSKEY_INVALID", "{answer} → {:#}", reply.body);
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
        assert_ne!(reason(&reply), "none");
    }
    ceremony.submit(valid).await.ok();
}

const USED: [&str; 3] = [
    "/response/clientDataJSON",
    "/response/authenticatorData",
    "/response/signature",
];

#[tokio::test]
async fn malformed_answers_use_no_passkey() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    for purpose in [
        Purpose::SignIn,
        Purpose::SecondStep,
        Purpose::Reauthenticate,
    ] {
        let ceremony = purpose.begin(&ann).await;
        let valid = ceremony.answer(&device);
        assert_rejected(&ceremony, &valid, malformed(&valid, &USED)).await;
    }
}

#[tokio::test]
async fn malformed_answers_add_no_passkey() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::Register.begin(&ann).await;
    let valid = ceremony.answer(&device);
    let created = ["/response/clientDataJSON", "/response/attestationObject"];
    assert_rejected(&ceremony, &valid, malformed(&valid, &created)).await;
}

#[tokio::test]
async fn changed_byte_in_anything_that_is_signed_is_noticed() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::SignIn.begin(&ann).await;
    let valid = ceremony.answer(&device);
    for pointer in USED {
        let bytes = decode(valid.pointer(pointer).unwrap());
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 40) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let answer = with(&valid, pointer, json!(encode(&changed)));
            let reply = ceremony.submit(&answer).await;
            let code = reply.at("/data/loginWithPasskey/userErrors/0/code");
            assert_eq!(code, "PASSKEY_INVALID", "byte {at} of {pointer}");
        }
    }
    ceremony.submit(&valid).await.ok();
}

#[tokio::test]
async fn unknown_members_and_an_answer_of_16_kib_are_accepted() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::SignIn.begin(&ann).await;
    device.client_data = json!({ "new": { "member": [1, 2] } });
    let mut answer = ceremony.answer(&device);
    answer["more"] = json!([{ "deeply": [[[{ "nested": null }]]] }]);
    answer["clientExtensionResults"] = json!({ "padding": "" });
    let room = 16 * 1024 - answer.to_string().len();
    answer["clientExtensionResults"]["padding"] = json!("x".repeat(room));
    assert_eq!(answer.to_string().len(), 16 * 1024);

    let mut longer = answer.clone();
    longer["clientExtensionResults"]["padding"] = json!("x".repeat(room + 1));
    let reply = ceremony.submit(&longer).await;
    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    assert_eq!(reason(&reply), "too_large");
    ceremony.submit(&answer).await.ok();
}

#[tokio::test]
async fn deeply_nested_answer_is_rejected_as_any_such_request_is() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::SignIn.begin(&ann).await;
    let answer = ceremony.answer(&device);
    for depth in [200, 20_000] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let text = answer.to_string();
        let text = text.replacen('{', &format!("{{\"more\":{nested},"), 1);
        let document = include_str!("../documents/login_with_passkey.graphql");
        let body = format!(
            "{{\"query\":{},\"variables\":{{\"input\":{{\"passkey\":{text}}}}}}}",
            json!(document)
        );
        let reply = ceremony.client.send(body).await;
        reply.assert_error("BAD_REQUEST");
    }
    ceremony.submit(&answer).await.ok();
}

#[tokio::test]
async fn missing_answer_is_rejected_before_the_operation_runs() {
    let app = TestApp::start().await;
    let (ann, _) = with_passkey(&app, "ann").await;
    for purpose in Purpose::ALL {
        let ceremony = purpose.begin(&ann).await;
        let reply = ceremony.submit(&Value::Null).await;
        reply.assert_error("BAD_REQUEST");
    }
}
