//! The same proof twenty times at the same moment, at two instances.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::stage::{
    Ceremony, Purpose, add, challenge, complete, factors, new_device, options, with_passkey,
};
use crate::support::{Reply, SignedUp, TestApp, count_rows, encode};

/// Submits the same answer to each of two instances ten times.
async fn submit_twenty(ceremony: &Ceremony, answer: &Value, apps: [&TestApp; 2]) -> Vec<Reply> {
    let tries = (0..20).map(|n| {
        let (mut ceremony, answer) = (ceremony.clone(), answer.clone());
        ceremony.client = ceremony.client.at(apps[n % 2].api);
        tokio::spawn(async move { ceremony.submit(&answer).await })
    });
    let tries: Vec<_> = tries.collect();
    let replies = join_all(tries).await;
    replies.into_iter().map(Result::unwrap).collect()
}

/// Returns the one that succeeded, after making sure that each other is rejected with one of `codes`.
#[track_caller]
fn only_success(replies: Vec<Reply>, codes: &[&str]) -> Reply {
    let (mut succeeded, rejected): (Vec<_>, Vec<_>) = replies.into_iter().partition(succeeded);
    assert_eq!(succeeded.len(), 1);
    for reply in rejected {
        let code = match reply.at("/errors/0/extensions/code") {
            Value::Null => &reply.payload()["userErrors"][0]["code"],
            code => code,
        };
        assert!(codes.iter().any(|it| code == it), "{:#}", reply.body);
    }
    succeeded.remove(0)
}

fn succeeded(reply: &Reply) -> bool {
    reply.at("/errors").is_null() && reply.payload()["userErrors"] == json!([])
}

#[tokio::test(flavor = "multi_thread")]
async fn one_ceremony_signs_in_once() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::SignIn.begin(&ann).await;
    let answer = ceremony.answer(&device);

    let replies = submit_twenty(&ceremony, &answer, [&app, &other]).await;

    only_success(replies, &["PASSKEY_INVALID"]);
    assert_eq!(count_rows(&app, "sessions", "ended_at IS NULL").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_challenge_is_completed_once() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::SecondStep.begin(&ann).await;
    let answer = ceremony.answer(&device);

    let replies = submit_twenty(&ceremony, &answer, [&app, &other]).await;

    only_success(replies, &["CHALLENGE_INVALID", "PASSKEY_INVALID"]);
    assert_eq!(count_rows(&app, "sessions", "ended_at IS NULL").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_ceremony_reauthenticates_once() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::Reauthenticate.begin(&ann).await;
    let answer = ceremony.answer(&device);

    let replies = submit_twenty(&ceremony, &answer, [&app, &other]).await;

    only_success(replies, &["UNAUTHENTICATED", "PASSKEY_INVALID"]);
    assert_eq!(count_rows(&app, "sessions", "ended_at IS NULL").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_ceremony_adds_one_passkey() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::Register.begin(&ann).await;
    let answer = ceremony.answer(&device);

    let replies = submit_twenty(&ceremony, &answer, [&app, &other]).await;

    let codes = ["UNAUTHENTICATED", "CEREMONY_EXPIRED", "PASSKEY_TAKEN"];
    let reply = only_success(replies, &codes);
    let ann = SignedUp::from_reply(&ann, &reply);
    let listed = factors(&ann).await;
    assert_eq!(listed["passkeys"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_credential_is_added_to_one_of_two_accounts() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let (ann, _) = with_passkey(&app, "ann").await;
    let (bob, _) = with_passkey(&app, "bob").await;
    let bob = bob.at(other.api);
    let mut device = new_device();
    let created = device.create(&options(&ann, "REGISTER").await).unwrap();
    let challenge = options(&bob, "REGISTER").await["challenge"].clone();
    // Registrations are not signed: the same credential answers both.
    let mut client_data = json!({ "type": "webauthn.create", "origin": device.origin });
    client_data["challenge"] = challenge;
    let mut stolen = created.clone();
    let client_data = client_data.to_string();
    stolen["response"]["clientDataJSON"] = json!(encode(client_data.as_bytes()));
    let (of_ann, of_bob) = (json!({ "passkey": created }), json!({ "passkey": stolen }));

    let (one, two) = tokio::join!(ann.add_passkey_with(of_ann), bob.add_passkey_with(of_bob));

    only_success(vec![one, two], &["PASSKEY_TAKEN"]);
    assert_eq!(count_rows(&app, "passkeys", "1 = 1").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn passkey_that_is_removed_at_the_same_moment_leaves_no_session_of_it() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    for round in 0..6 {
        let (ann, device) = with_passkey(&app, &format!("ann{round}")).await;
        let ann = add(&ann, &mut new_device()).await;
        let alone = Purpose::SignIn.begin(&ann).await;
        let begun = challenge(&other.anonymous(), &ann).await;
        let used = device.clone().get(&begun["passkeyOptions"]).unwrap();
        let id = factors(&ann).await["passkeys"][0]["id"].clone();
        let answer = alone.answer(&device);
        let there = other.anonymous();

        let (removed, signed_in, completed) = tokio::join!(
            ann.remove_factor_with(json!({ "id": id })),
            alone.submit(&answer),
            complete(&there, &begun, &used),
        );

        removed.ok();
        for reply in [signed_in, completed] {
            assert!(reply.at("/errors").is_null(), "{:#}", reply.body);
            if succeeded(&reply) {
                let user = SignedUp::from_reply(&app.anonymous(), &reply);
                assert!(!user.is_signed_in().await, "round {round}");
            }
        }
        assert!(ann.is_signed_in().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn last_free_place_is_taken_once() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let (mut ann, device) = with_passkey(&app, "ann").await;
    for _ in 0..18 {
        ann = add(&ann, &mut new_device()).await;
    }
    let alone = Purpose::SignIn.begin(&ann).await;
    let elsewhere = alone.submit(&alone.answer(&device)).await;
    let elsewhere = SignedUp::from_reply(&other.anonymous(), &elsewhere);
    let mut inputs = Vec::new();
    for user in [&ann, &elsewhere] {
        let created = new_device().create(&options(user, "REGISTER").await);
        inputs.push(json!({ "passkey": created.unwrap() }));
    }
    let second = inputs.pop().unwrap();
    let first = inputs.pop().unwrap();

    let (one, two) = tokio::join!(
        ann.add_passkey_with(first),
        elsewhere.add_passkey_with(second)
    );

    only_success(vec![one, two], &["TOO_MANY"]);
    assert_eq!(count_rows(&app, "passkeys", "1 = 1").await, 20);
}
