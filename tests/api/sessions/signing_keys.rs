//! Verifying access tokens elsewhere, and rotating the keys that sign them.

use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use gatehouse::config::SigningAlgorithm;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};

use crate::support::{SignedUp, TestApp};

/// What another service does with a token, knowing nothing but the address of the key set.
async fn verified_elsewhere(app: &TestApp, token: &str) -> Value {
    let keys: JwkSet = reqwest::get(app.url("/.well-known/jwks.json"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let header = decode_header(token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    let key = keys
        .find(&header.kid.unwrap())
        .expect("the key is published");
    let mut rules = Validation::new(header.alg);
    rules.set_issuer(&["https://auth.example.org"]);
    rules.set_audience(&["https://auth.example.org"]);
    rules.validate_exp = false; // the tests' clock is not this machine's
    decode::<Value>(token, &DecodingKey::from_jwk(key).unwrap(), &rules)
        .unwrap()
        .claims
}

async fn published_keys(app: &TestApp) -> Vec<Value> {
    let reply: Value = reqwest::get(app.url("/.well-known/jwks.json"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    reply["keys"].as_array().unwrap().clone()
}

#[tokio::test]
async fn another_service_verifies_with_the_key_set_alone() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;

    let claims = verified_elsewhere(&app, &ann.access_token).await;

    assert_eq!(claims["sub"], ann.user_id);
    assert_eq!(claims["sid"], ann.session_id);
    assert_eq!(claims["iat"], app.now().timestamp());
    // So that a verifier whose clock lags accepts it.
    assert_eq!(
        claims["nbf"].as_i64(),
        claims["iat"].as_i64().map(|iat| iat - 5)
    );
    assert_eq!(claims["client_id"], claims["aud"]);
    assert_eq!(claims["exp"], app.now().timestamp() + 900);
    assert!(claims["jti"].as_str().unwrap().len() >= 22);
    assert_eq!(claims["auth_time"], claims["iat"]);
    assert_eq!(claims["amr"], serde_json::json!(["pwd"]));
    assert_eq!(claims["acr"], "aal1");
    assert_eq!(
        claims.as_object().unwrap().len(),
        12,
        "nothing else, and nothing personal: {claims}"
    );
}

#[tokio::test]
async fn the_key_set_holds_no_private_part() {
    for algorithm in [SigningAlgorithm::Es256, SigningAlgorithm::EdDsa] {
        let app = TestApp::with(|config| config.tokens.algorithm = algorithm).await;
        let keys = published_keys(&app).await;
        assert_eq!(keys.len(), 1);
        let mut names: Vec<&String> = keys[0].as_object().unwrap().keys().collect();
        names.sort();
        let expected = match algorithm {
            SigningAlgorithm::Es256 => vec!["alg", "crv", "kid", "kty", "use", "x", "y"],
            SigningAlgorithm::EdDsa => vec!["alg", "crv", "kid", "kty", "use", "x"],
        };
        assert_eq!(names, expected);
    }
}

#[tokio::test]
async fn eddsa_can_be_set() {
    let app = TestApp::with(|config| config.tokens.algorithm = SigningAlgorithm::EdDsa).await;
    let ann = app.signed_up("ann").await;
    assert_eq!(
        decode_header(&ann.access_token).unwrap().alg,
        Algorithm::EdDSA
    );
    verified_elsewhere(&app, &ann.access_token).await;
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn the_issuer_says_where_its_keys_are() {
    let app = TestApp::start().await;
    for path in ["openid-configuration", "oauth-authorization-server"] {
        let url = app.url(&format!("/.well-known/{path}"));
        let metadata: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        assert_eq!(metadata["issuer"], "https://auth.example.org");
        assert_eq!(
            metadata["jwks_uri"],
            "https://auth.example.org/.well-known/jwks.json"
        );
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command reads the machine's clock"
)]
fn real_now() -> DateTime<Utc> {
    Utc::now()
}

fn rotate(app: &TestApp) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_gatehouse"))
        .args(["keys", "rotate"])
        .env("DATABASE_URL", &app.database.url)
        .env(
            "GATEHOUSE_SECRET",
            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        )
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

// The command is waited for on the thread of the test; the service goes on meanwhile on others.
#[tokio::test(flavor = "multi_thread")]
async fn rotating_the_keys_signs_nobody_out() {
    let app = TestApp::at(real_now(), |config| {
        config.tokens.key_reload_interval = Duration::from_millis(50);
    })
    .await;
    let ann = app.signed_up("ann").await;
    let old_key = decode_header(&ann.access_token).unwrap().kid.unwrap();

    let printed = rotate(&app);

    assert!(
        printed.contains("Existing tokens remain valid."),
        "{printed}"
    );
    let mut tries = 0;
    while published_keys(&app).await.len() < 2 {
        tries += 1;
        assert!(tries < 100, "a running instance never saw the new key");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Published at once, but caches elsewhere may not have it yet: the old one signs on for two minutes.
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    let refreshed = SignedUp::from_reply(&app.anonymous(), &reply);
    assert_eq!(
        decode_header(&refreshed.access_token).unwrap().kid.unwrap(),
        old_key
    );
    app.advance(TimeDelta::minutes(3));
    let reply = app
        .anonymous()
        .refresh_session(&refreshed.refresh_token)
        .await;
    let renewed = SignedUp::from_reply(&app.anonymous(), &reply);
    assert_ne!(
        decode_header(&renewed.access_token).unwrap().kid.unwrap(),
        old_key
    );
    verified_elsewhere(&app, &renewed.access_token).await;
    assert!(renewed.is_signed_in().await && ann.is_signed_in().await);
    app.advance(TimeDelta::minutes(70));
    assert_eq!(
        published_keys(&app).await.len(),
        1,
        "the old key is gone with its last token"
    );
    assert!(!ann.is_signed_in().await);
}

#[tokio::test]
async fn instances_that_start_together_make_one_key() {
    let app = TestApp::start().await;
    let (second, third) = tokio::join!(app.second_instance(), app.second_instance());
    let keys = published_keys(&app).await;
    assert_eq!(keys.len(), 1);
    assert_eq!(published_keys(&second).await, keys);
    assert_eq!(published_keys(&third).await, keys);
}

#[tokio::test]
async fn a_token_of_another_environment_does_not_count() {
    let app = TestApp::start().await;
    let elsewhere = TestApp::start().await;
    let ann = elsewhere.signed_up("ann").await;
    app.anonymous()
        .bearing(&ann.access_token)
        .me()
        .await
        .assert_error("UNAUTHENTICATED");
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    reply.assert_user_error("TOKEN_INVALID", &["refreshToken"]);
    assert_eq!(
        app.anonymous()
            .graphql("{ me { id } }", json!({}))
            .await
            .ok(),
        &Value::Null
    );
}

#[tokio::test]
async fn a_client_id_can_be_set() {
    let variables = [("GATEHOUSE_CLIENT_ID", "storefront")];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    let ann = app.signed_up("ann").await;
    let claims = verified_elsewhere(&app, &ann.access_token).await;
    assert_eq!(claims["client_id"], "storefront");
    assert_eq!(claims["aud"], "https://auth.example.org");
    assert!(ann.is_signed_in().await);
}

/// A first start with a clock that is ahead makes a key of the future.
#[tokio::test]
async fn only_key_signs_although_its_time_has_not_come() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;

    app.advance(-TimeDelta::days(1));

    let reply = app.anonymous().login("ann", crate::support::PASSWORD).await;
    let again = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(again.is_signed_in().await);
    assert_eq!(published_keys(&app).await.len(), 1);
    drop(ann);
}

#[tokio::test]
async fn well_known_documents_are_below_the_path_of_the_public_url_too() {
    let variables = [("GATEHOUSE_PUBLIC_URL", "https://www.example.org/auth/")];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    let issuer = "https://www.example.org/auth";
    for path in [
        "/.well-known/openid-configuration",
        "/auth/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
        "/.well-known/oauth-authorization-server/auth",
        "/auth/.well-known/oauth-authorization-server",
    ] {
        let response = reqwest::get(app.url(path)).await.unwrap();
        let document: Value = response.json().await.unwrap();
        assert_eq!(document["issuer"], issuer, "{path}");
        assert_eq!(
            document["jwks_uri"],
            format!("{issuer}/.well-known/jwks.json")
        );
    }
    let response = reqwest::get(app.url("/auth/.well-known/jwks.json"))
        .await
        .unwrap();
    let document: Value = response.json().await.unwrap();
    assert_eq!(document["keys"].as_array().unwrap().len(), 1);
}
