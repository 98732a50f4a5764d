//! Tokens for users and sessions that are not there, not the owner's, or not spelt as we spell them.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::forger::changed;
use super::siege::Siege;
use crate::support::PASSWORD;

#[tokio::test]
async fn identifiers_are_ours_and_spelt_in_one_way() {
    let mut siege = Siege::begin().await;
    for name in ["sub", "sid"] {
        let own = siege.forger.claims[name].as_str().unwrap().to_owned();
        for other in [
            String::new(),
            "ann".to_owned(),
            "ann@example.org".to_owned(),
            "1".to_owned(),
            own.to_uppercase(),
            own.replace('-', ""),
            format!("{{{own}}}"),
            format!("urn:uuid:{own}"),
            format!("{own} "),
            format!("{own}' OR '1'='1"),
        ] {
            let token = siege.forger.with_claim(name, json!(other));
            siege
                .refuses(&format!("{name} {other:?}"), &token, name)
                .await;
        }
        for value in [Value::Null, json!(1), json!([own]), json!({ "id": own })] {
            let token = siege.forger.with_claim(name, value.clone());
            siege
                .refuses(&format!("{name} {value}, or none"), &token, "claims")
                .await;
        }
    }
    siege.over().await;
}

#[tokio::test]
async fn a_session_opens_nobody_else_s_account() {
    let mut siege = Siege::begin().await;
    let bob = siege.app.signed_up("bob").await;
    let nobody = "01890000-0000-7000-8000-000000000000";
    for (name, value) in [
        ("sub", &bob.user_id),
        ("sid", &bob.session_id),
        ("sub", &nobody.to_owned()),
        ("sid", &nobody.to_owned()),
        ("sub", &siege.ann.session_id.clone()),
    ] {
        let token = siege.forger.with_claim(name, json!(value));
        siege
            .refuses(&format!("{name} of another"), &token, "session_ended")
            .await;
    }
    assert!(bob.is_signed_in().await);
    siege.over().await;
}

#[tokio::test]
async fn a_deleted_account_has_no_tokens() {
    let mut siege = Siege::begin().await;
    let bob = siege.app.signed_up("bob").await;
    let claims = changed(&siege.forger.claims, "sub", json!(bob.user_id));
    let claims = changed(&claims, "sid", json!(bob.session_id));
    bob.delete_account(PASSWORD, &bob.email).await.ok();
    let scheduled = siege.forger.with_claims(claims.to_string());
    siege
        .refuses("scheduled for removal", &scheduled, "session_ended")
        .await;
    siege.app.advance(TimeDelta::days(60));
    siege.app.run_workers().await;
    let now = siege.app.now().timestamp();
    let claims = changed(&claims, "iat", json!(now));
    let claims = changed(&claims, "nbf", json!(now));
    let claims = changed(&claims, "exp", json!(now + 900)).to_string();
    siege
        .refuses("removed", siege.forger.with_claims(claims), "session_ended")
        .await;
    siege.over().await;
}
