//! Refresh tokens that were made up, taken from elsewhere, or used before.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use super::forger::{decoded, encoded};
use crate::support::{Reply, SignedUp, TestApp, log_of};

/// Nothing came of it, and one line says why.
#[track_caller]
fn assert_refused(reply: &Reply, code: &str, reason: &str) {
    reply.assert_user_error(code, &["refreshToken"]);
    let lines = log_of(reply);
    let refusals: Vec<_> = lines
        .iter()
        .filter(|line| line["message"] == "refresh token rejected")
        .map(|line| json!([line["reason"], line["network"]]))
        .collect();
    assert_eq!(refusals, [json!([reason, "127.0.0.1"])], "{lines:#?}");
}

#[tokio::test]
async fn a_forged_or_mangled_token_is_rejected_and_ends_no_session() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.signed_up("ann").await, app.signed_up("bob").await);
    let token = ann.refresh_token.as_str();
    let (own, others) = (decoded(token), decoded(&bob.refresh_token));
    let later = [&own[..16], &[0, 0, 0, 1], &own[20..]].concat();
    let last = [&own[..16], &[0xff; 4], &own[20..]].concat();
    for (what, wrong) in [
        (
            "another user's session",
            encoded([&others[..16], &own[16..]].concat()),
        ),
        (
            "another user's value",
            encoded([&own[..20], &others[20..]].concat()),
        ),
        ("a later generation", encoded(later)),
        ("the last generation", encoded(last)),
        ("no such session", encoded([&[7; 16], &own[16..]].concat())),
        ("cut at the end", token[..token.len() - 1].to_owned()),
        ("cut at the front", token[1..].to_owned()),
        ("longer", format!("{token}A")),
        ("padded", format!("{token}==")),
        ("in capitals", token.to_uppercase()),
        ("a space behind", format!("{token} ")),
        ("NUL behind", format!("{token}\0")),
        ("NUL", "\0".to_owned()),
        ("empty", String::new()),
        ("10 kB", token.repeat(145)),
        ("an access token", ann.access_token.clone()),
    ] {
        assert_ne!(wrong, token, "{what}");
        assert_refused(
            &app.anonymous().refresh_session(&wrong).await,
            "TOKEN_INVALID",
            "invalid",
        );
    }
    let figure = "session_refreshes_total{outcome=\"invalid\"}";
    assert_eq!(app.metric(figure).await, 16);
    ann.refresh_session(token).await.ok();
    assert!(bob.is_signed_in().await);
}

#[tokio::test]
async fn what_the_database_holds_of_a_token_is_none() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let db = app.database.db_connect().await;
    let sql = "SELECT refresh_token_hash AS hash FROM sessions";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    let hash: Vec<u8> = row.try_get("", "hash").unwrap();
    let head = &decoded(&ann.refresh_token)[..20];
    assert_eq!(hash.len(), 32);
    for stolen in [encoded(&hash), encoded([head, &hash].concat())] {
        assert_refused(
            &app.anonymous().refresh_session(&stolen).await,
            "TOKEN_INVALID",
            "invalid",
        );
    }
    ann.refresh_session(&ann.refresh_token).await.ok();
}

#[tokio::test]
async fn a_reused_token_revokes_its_session_and_is_logged() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    let refreshed = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(refreshed.is_signed_in().await);
    app.advance(TimeDelta::minutes(5));
    for _ in 0..2 {
        let again = app.anonymous().refresh_session(&ann.refresh_token).await;
        assert_refused(&again, "SESSION_REVOKED", "revoked");
    }
    let newest = app
        .anonymous()
        .refresh_session(&refreshed.refresh_token)
        .await;
    assert_refused(&newest, "SESSION_REVOKED", "revoked");
    assert!(!refreshed.is_signed_in().await);
}

#[tokio::test]
async fn an_expired_session_is_rejected_as_expired() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::days(31));
    let late = app.anonymous().refresh_session(&ann.refresh_token).await;
    assert_refused(&late, "TOKEN_EXPIRED", "expired");
}
