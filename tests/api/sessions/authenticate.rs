//! Tests of what is accepted as a credential. The attacks on tokens are in `signing_keys.rs`.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn me_is_null_without_credentials_and_an_error_with_ones_that_do_not_count() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    assert_eq!(app.anonymous().me().await.ok(), &json!(null));
    for authorization in [
        "Basic YTpi",
        &*ann.access_token,
        &format!("Bearer {}", ann.refresh_token),
        &format!("Bearer {}x", ann.access_token),
        &format!("Bearer  {} {}", ann.access_token, ann.access_token),
        "Bearer a.b.c",
        &format!("Bearer {}", "a".repeat(8_000)),
    ] {
        let reply = app.anonymous().with_authorization(authorization).me().await;
        reply.assert_error("UNAUTHENTICATED");
        assert_eq!(reply.at("/data"), &json!({ "me": null }));
    }
}

#[tokio::test]
async fn a_credential_that_does_not_count_leaves_the_rest_of_the_answer_alone() {
    let app = TestApp::start().await;
    let reply = app
        .anonymous()
        .bearing("a.b.c")
        .graphql("{ me { id } authSettings { registrationOpen } }", json!({}))
        .await;
    reply.assert_error("UNAUTHENTICATED");
    let expected = json!({ "me": null, "authSettings": { "registrationOpen": true } });
    assert_eq!(reply.at("/data"), &expected);
}

#[tokio::test]
async fn the_scheme_may_be_written_in_any_case() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for scheme in ["bearer", "BEARER", "Bearer"] {
        let authorization = format!("{scheme} {}", ann.access_token);
        app.anonymous()
            .with_authorization(&authorization)
            .me()
            .await
            .ok();
    }
}

#[tokio::test]
async fn an_access_token_counts_until_its_time_and_five_seconds() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::minutes(15) + TimeDelta::milliseconds(4_999));
    assert!(ann.is_signed_in().await);
    app.advance(TimeDelta::milliseconds(1));
    assert!(!ann.is_signed_in().await);
}

#[tokio::test]
async fn a_token_does_not_outlive_its_session() {
    let app = TestApp::with(|config| config.tokens.session_ttl = TimeDelta::minutes(5)).await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::minutes(5));
    assert!(!ann.is_signed_in().await);
}

#[tokio::test]
async fn what_the_forms_need_to_know_is_public() {
    let app = TestApp::start().await;
    let document = include_str!("../documents/auth_settings.graphql");
    let reply = app.anonymous().graphql(document, json!({})).await;
    let expected = json!({
        "registrationOpen": true,
        "emailVerificationRequired": false,
        "usernamesEnabled": true,
        "passwordPolicy": { "minLength": 10, "maxLength": 128, "minStrength": 3 },
        "secondFactor": "OPTIONAL",
        "secondFactorRequiredFrom": null,
        "passkeysEnabled": true,
    });
    assert_eq!(reply.ok(), &expected);
}
