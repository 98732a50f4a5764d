//! Keys that have gone, keys of other environments, and secrets that are none.

use std::path::Path;
use std::process::{Command, Output};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::forger::changed;
use super::siege::Siege;

#[tokio::test]
async fn a_retired_key_signs_nothing_after_its_last_token() {
    let siege = Siege::begin().await;
    let db = siege.app.database.db_connect().await;
    let end = siege.app.now() + TimeDelta::hours(2);
    let sql = Statement::from_sql_and_values(
        db.get_database_backend(),
        "UPDATE signing_keys SET verifies_until = $1",
        [end.into()],
    );
    assert_eq!(db.execute_raw(sql).await.unwrap().rows_affected(), 1);
    // Another instance reads the keys as they are now.
    let other = siege.app.second_instance().await;
    let asked = async |token: String| other.anonymous().bearing(&token).me().await;
    siege.app.advance(TimeDelta::minutes(119));
    let token = fresh(&siege);
    assert_eq!(asked(token).await.text("/data/me/id"), siege.ann.user_id);
    siege.app.advance(TimeDelta::minutes(1));
    asked(fresh(&siege)).await.assert_error("UNAUTHENTICATED");
    assert_eq!(
        other
            .metric("access_tokens_rejected_total{reason=\"kid\"}")
            .await,
        1
    );
    siege.over().await;
}

/// A token of now by the key that the forger took.
fn fresh(siege: &Siege) -> String {
    let now = siege.app.now().timestamp();
    let claims = changed(&siege.forger.claims, "iat", json!(now));
    let claims = changed(&claims, "nbf", json!(now));
    let claims = changed(&claims, "exp", json!(now + 900));
    siege.forger.with_claims(claims.to_string())
}

#[tokio::test]
async fn a_token_of_another_environment_does_not_count_even_under_the_same_keys() {
    let siege = Siege::begin().await;
    let token = siege.forger.token();
    for (what, name, value) in [
        ("iss", "issuer", "https://staging.example.org"),
        ("aud", "audience", "https://staging.example.org"),
    ] {
        let other = siege.app.second_instance_with(|config| {
            let place = if name == "issuer" {
                &mut config.tokens.issuer
            } else {
                &mut config.tokens.audience
            };
            value.clone_into(place);
        });
        let other = other.await;
        other
            .anonymous()
            .bearing(&token)
            .me()
            .await
            .assert_error("UNAUTHENTICATED");
        let figure = format!("access_tokens_rejected_total{{reason=\"{what}\"}}");
        assert_eq!(other.metric(&figure).await, 1, "{figure}");
    }
    let reply = siege.app.anonymous().bearing(&token).me().await;
    assert_ne!(reply.at("/data/me"), &Value::Null);
    siege.over().await;
}

fn start(folder: &Path, variables: &[(&str, &str)]) -> Output {
    let url = format!("sqlite://{}/gatehouse.db?mode=rwc", folder.display());
    Command::new(env!("CARGO_BIN_EXE_gatehouse"))
        .arg("config")
        .env_clear()
        .current_dir(folder)
        .env("GATEHOUSE_PROFILE", "production")
        .env("GATEHOUSE_PUBLIC_URL", "https://auth.example.org")
        .env("DATABASE_URL", url)
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn nothing_starts_with_a_weak_secret() {
    let folder = TempDir::new().unwrap();
    let good = BASE64_STANDARD.encode(*b"\x9f\x01 a secret of 32 bytes, as it is");
    let output = start(folder.path(), &[("GATEHOUSE_SECRET", &good)]);
    assert!(output.status.success(), "{output:?}");
    let short = BASE64_STANDARD.encode(&b"0123456789abcdefghijklmnopqrstu"[..31]);
    let flat = BASE64_STANDARD.encode([0; 32]);
    let word = BASE64_STANDARD.encode("password".repeat(8));
    for weak in [
        "secret",
        "changeme",
        "",
        " ",
        "c2VjcmV0",
        &short,
        &flat,
        &word,
        &"a".repeat(44),
    ] {
        let file = folder.path().join("secret.txt");
        std::fs::write(&file, weak).unwrap();
        let file = file.display().to_string();
        for variable in [("GATEHOUSE_SECRET", weak), ("GATEHOUSE_SECRET_FILE", &file)] {
            let output = start(folder.path(), &[variable]);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(!output.status.success(), "{variable:?} was taken");
            assert!(said.contains("GATEHOUSE_SECRET"), "{said}");
            assert!(weak.trim().is_empty() || !said.contains(weak), "{said}");
        }
    }
}
