//! Claims that are missing, of another type, of another service, or outside of their time.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::forger::changed;
use super::siege::Siege;

/// No claim, and values of every type that is wrong for a text.
fn no_text() -> [Value; 7] {
    let list = json!(["https://auth.example.org"]);
    let object = json!({ "id": "https://auth.example.org" });
    [
        Value::Null,
        json!(1),
        json!(1.5),
        json!(true),
        json!([]),
        list,
        object,
    ]
}

#[tokio::test]
async fn a_token_ends_at_its_time_and_the_leeway() {
    let mut siege = Siege::begin().await;
    let now = siege.app.now().timestamp();
    let began = changed(&siege.forger.claims, "iat", json!(now - 900));
    let began = changed(&began, "nbf", json!(now - 900));
    for (past, counts) in [
        (0, true),
        (4, true),
        (5, false),
        (6, false),
        (60, false),
        (899, false),
    ] {
        let claims = changed(&began, "exp", json!(now - past)).to_string();
        let (what, token) = (
            format!("expired {past} s ago"),
            siege.forger.with_claims(claims),
        );
        if counts {
            siege.accepts(&what, &token).await;
        } else {
            siege.refuses(&what, &token, "expired").await;
        }
    }
    siege.over().await;
}

#[tokio::test]
async fn without_a_leeway_a_token_ends_to_the_second() {
    let mut siege = Siege::with(|config| config.tokens.leeway = TimeDelta::zero()).await;
    let now = siege.app.now().timestamp();
    let began = changed(&siege.forger.claims, "iat", json!(now - 900));
    let began = changed(&began, "nbf", json!(now - 900));
    let expiring = |at: i64| changed(&began, "exp", json!(at)).to_string();
    let last = siege.forger.with_claims(expiring(now + 1));
    siege.accepts("a token in its last second", &last).await;
    for past in [0, 1] {
        let token = siege.forger.with_claims(expiring(now - past));
        siege
            .refuses(&format!("expired {past} s ago"), &token, "expired")
            .await;
    }
    siege.over().await;
}

#[tokio::test]
async fn times_are_whole_numbers_of_seconds_and_none_may_be_left_out() {
    let mut siege = Siege::begin().await;
    let now = siege.app.now().timestamp();
    for name in ["exp", "nbf", "iat"] {
        let whole = json!(now + 600).to_string();
        for value in [
            "\"1800000900\"",
            "1800000900.0",
            "1.8e9",
            "1e400",
            "9223372036854775808",
            "true",
            "null",
            "[]",
            "{}",
            "NaN",
            "\"\"",
            &format!("[{whole}]"),
        ] {
            let claims = siege.forger.claims.to_string();
            let stated = format!("\"{name}\":{}", siege.forger.claims[name]);
            assert!(claims.contains(&stated), "{claims}");
            let claims = claims.replace(&stated, &format!("\"{name}\":{value}"));
            let token = siege.forger.with_claims(claims);
            siege
                .refuses(&format!("{name} {value}"), &token, "claims")
                .await;
        }
        let without = siege.forger.with_claim(name, Value::Null);
        siege
            .refuses(&format!("no {name}"), &without, "claims")
            .await;
        let endless = siege.forger.with_claim(name, json!(i64::MAX));
        siege
            .refuses(&format!("{name} beyond time"), &endless, "time")
            .await;
    }
    for (exp, reason) in [(-1, "lifetime"), (0, "lifetime"), (i64::MIN, "time")] {
        let token = siege.forger.with_claim("exp", json!(exp));
        siege.refuses(&format!("exp {exp}"), &token, reason).await;
    }
    siege.over().await;
}

#[tokio::test]
async fn a_token_does_not_begin_before_its_time() {
    let mut siege = Siege::begin().await;
    let now = siege.app.now().timestamp();
    for name in ["nbf", "iat"] {
        for ahead in [6, 60, 600] {
            let token = siege.forger.with_claim(name, json!(now + ahead));
            siege
                .refuses(&format!("{name} in {ahead} s"), &token, "not_yet")
                .await;
        }
    }
    let soon = siege.forger.with_claim("nbf", json!(now + 5));
    siege.accepts("nbf within the leeway", &soon).await;
    siege.over().await;
}

#[tokio::test]
async fn a_token_with_a_too_long_lifetime_is_rejected() {
    let mut siege = Siege::begin().await;
    let now = siege.app.now().timestamp();
    let hour = siege.forger.with_claim("exp", json!(now + 3_600));
    siege.accepts("an hour", &hour).await;
    for lifetime in [3_601, 86_400, 315_360_000] {
        let token = siege.forger.with_claim("exp", json!(now + lifetime));
        siege
            .refuses(&format!("{lifetime} s"), &token, "lifetime")
            .await;
    }
    let backwards = siege.forger.with_claim("nbf", json!(now - 61));
    siege
        .refuses("valid before it was issued", &backwards, "lifetime")
        .await;
    siege
        .refuses(
            "no name",
            siege.forger.with_claim("jti", json!("")),
            "lifetime",
        )
        .await;
    siege.over().await;
}

#[tokio::test]
async fn the_audience_is_ours_and_one_text() {
    let mut siege = Siege::begin().await;
    for other in [
        "",
        "https://other.example.org",
        "https://auth.example.org/",
        "HTTPS://auth.example.org",
        "*",
    ] {
        let token = siege.forger.with_claim("aud", json!(other));
        siege
            .refuses(&format!("aud {other:?}"), &token, "aud")
            .await;
    }
    let several = json!(["https://other.example.org", "https://auth.example.org"]);
    siege
        .refuses("several", siege.forger.with_claim("aud", several), "claims")
        .await;
    for value in no_text() {
        let token = siege.forger.with_claim("aud", value.clone());
        siege
            .refuses(&format!("aud {value}, or none"), &token, "claims")
            .await;
    }
    siege.over().await;
}

#[tokio::test]
async fn the_issuer_is_ours_to_the_letter() {
    let mut siege = Siege::begin().await;
    for other in [
        "",
        "https://other.example.org",
        "https://auth.example.org/",
        "https://AUTH.example.org",
        "http://auth.example.org",
        "https://auth.example.org.evil.example",
        " https://auth.example.org",
    ] {
        let token = siege.forger.with_claim("iss", json!(other));
        siege
            .refuses(&format!("iss {other:?}"), &token, "iss")
            .await;
    }
    for value in no_text() {
        let token = siege.forger.with_claim("iss", value.clone());
        siege
            .refuses(&format!("iss {value}, or none"), &token, "claims")
            .await;
    }
    siege.over().await;
}

#[tokio::test]
async fn claims_are_an_object_that_says_each_known_thing_once() {
    let mut siege = Siege::begin().await;
    let claims = siege.forger.claims.clone();
    let text = claims.to_string();
    for name in ["sub", "exp", "aud", "jti"] {
        for again in [claims[name].clone(), json!("x")] {
            let twice = text.replacen('{', &format!("{{\"{name}\":{again},"), 1);
            siege
                .refuses(
                    &format!("{name} twice"),
                    siege.forger.with_claims(twice),
                    "claims",
                )
                .await;
        }
    }
    for (name, value) in [
        ("role", json!("admin")),
        ("roles", json!(["admin"])),
        ("scope", json!("admin")),
        ("act", json!({ "sub": "x" })),
        ("Sub", json!("01890000-0000-7000-8000-000000000000")),
    ] {
        // Ignored: it grants nothing and changes nobody's name.
        let token = siege.forger.with_claim(name, value);
        siege.accepts(&format!("{name} as well"), &token).await;
    }
    let order = ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"];
    let list = json!(order.map(|name| claims[name].clone())).to_string();
    for other in [
        list,
        format!("[{text}]"),
        format!("{text}{text}"),
        format!("{text}x"),
        "null".to_owned(),
        "\"\"".to_owned(),
    ] {
        siege
            .refuses(&other, siege.forger.with_claims(&other), "claims")
            .await;
    }
    siege.over().await;
}
