//! Headers that ask for another key, another reading, or another kind of token.

use std::net::TcpListener;

use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::forger::{changed, encoded};
use super::siege::Siege;

#[tokio::test]
async fn the_key_s_name_is_looked_up_and_nothing_else_is_done_with_it() {
    let mut siege = Siege::begin().await;
    for kid in [
        "",
        "other",
        "../../dev/null",
        "/etc/passwd",
        "' OR 1=1--",
        "x' UNION SELECT 'AA",
        "\0",
        "file:///dev/null",
    ] {
        let token = siege.forger.with_header("kid", json!(kid));
        siege.refuses(&format!("kid {kid:?}"), &token, "kid").await;
    }
    let own = siege.forger.header["kid"].as_str().unwrap().to_owned();
    let upper = json!(own.to_uppercase());
    siege
        .refuses(
            "kid in capitals",
            siege.forger.with_header("kid", upper),
            "kid",
        )
        .await;
    let long = json!("k".repeat(10_000));
    siege
        .refuses(
            "kid of 10 kB",
            siege.forger.with_header("kid", long),
            "too_long",
        )
        .await;
    for kid in [
        json!(1),
        json!([own]),
        json!({ "kid": own }),
        json!(true),
        Value::Null,
    ] {
        let token = siege.forger.with_header("kid", kid.clone());
        siege
            .refuses(&format!("kid {kid}, or none"), &token, "header")
            .await;
    }
    siege.over().await;
}

#[tokio::test]
async fn keys_in_a_header_or_behind_its_links_are_neither_used_nor_fetched() {
    let mut siege = Siege::begin().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let link = format!("http://{}/keys.json", listener.local_addr().unwrap());
    let foreign = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
    let point = foreign.public_key_raw();
    let jwk = json!({
        "kty": "EC", "crv": "P-256", "x": encoded(&point[1..33]), "y": encoded(&point[33..65]),
    });
    let key = EncodingKey::from_ec_der(foreign.serialized_der());
    for (name, value) in [
        ("jku", json!(link)),
        ("x5u", json!(link)),
        ("jwk", jwk),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("x5t#S256", json!("AAAA")),
    ] {
        let header = changed(&siege.forger.header, name, value).to_string();
        let claims = siege.forger.claims.to_string();
        let message = format!("{}.{}", encoded(&header), encoded(&claims));
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::ES256).unwrap();
        siege
            .refuses(
                &format!("{name}, signed by the attacker"),
                format!("{message}.{signature}"),
                "header",
            )
            .await;
        let ours = siege.forger.signed(&header, &claims);
        siege
            .refuses(&format!("{name}, signed by us"), ours, "header")
            .await;
    }
    let asked = listener.accept().unwrap_err();
    assert_eq!(
        asked.kind(),
        std::io::ErrorKind::WouldBlock,
        "nobody looked there"
    );
    siege.over().await;
}

#[tokio::test]
async fn a_header_that_changes_the_interpretation_is_rejected() {
    let mut siege = Siege::begin().await;
    for (name, value) in [
        ("crit", json!(["exp"])),
        ("crit", json!(["of our own"])),
        ("crit", json!([])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
        ("enc", json!("A256GCM")),
    ] {
        let token = siege.forger.with_header(name, value.clone());
        siege
            .refuses(&format!("{name}: {value}"), &token, "header")
            .await;
    }
    // Other members are ignored: they name no key that is used, and a newer version may add some.
    for (name, value) in [("iss", json!("https://evil.example")), ("x", json!(1))] {
        let token = siege.forger.with_header(name, value);
        siege.accepts(name, &token).await;
    }
    // A token in a token, as `cty` would announce it.
    let nested = siege.forger.with_claims(siege.forger.token());
    siege.refuses("a nested token", &nested, "claims").await;
    siege.over().await;
}

#[tokio::test]
async fn a_header_says_each_thing_once_and_is_an_object() {
    let mut siege = Siege::begin().await;
    let claims = siege.forger.claims.to_string();
    let kid = siege.forger.header["kid"].clone();
    for header in [
        format!(r#"{{"alg":"ES256","alg":"ES256","typ":"at+jwt","kid":{kid}}}"#),
        format!(r#"{{"alg":"none","typ":"at+jwt","kid":{kid},"alg":"ES256"}}"#),
        format!(r#"{{"alg":"ES256","typ":"JWT","typ":"at+jwt","kid":{kid}}}"#),
        format!(r#"{{"alg":"ES256","typ":"at+jwt","kid":"x","kid":{kid}}}"#),
        format!(r#"["ES256","at+jwt",{kid}]"#),
        format!("{} {{}}", siege.forger.header),
        "null".to_owned(),
        String::new(),
    ] {
        let token = siege.forger.signed(&header, &claims);
        siege.refuses(&header, &token, "header").await;
    }
    siege.over().await;
}

#[tokio::test]
async fn other_kinds_of_token_are_not_access_tokens() {
    let mut siege = Siege::begin().await;
    for typ in [
        "JWT",
        "dpop+jwt",
        "refresh",
        "rt+jwt",
        "verify",
        "reset",
        "mfa",
        "",
        "AT+JWT",
        "at+jwt ",
        "application/at+jwt",
    ] {
        let token = siege.forger.with_header("typ", json!(typ));
        siege.refuses(&format!("typ {typ:?}"), &token, "typ").await;
    }
    for typ in [Value::Null, json!(1), json!(["at+jwt"])] {
        let token = siege.forger.with_header("typ", typ.clone());
        siege
            .refuses(&format!("typ {typ}, or none"), &token, "header")
            .await;
    }
    let refresh = siege.ann.refresh_token.clone();
    siege
        .refuses("a refresh token", &refresh, "not_three_parts")
        .await;
    siege
        .ann
        .request_password_reset("ann@example.org")
        .await
        .ok();
    let reset = siege.app.last_mail_to("ann@example.org").await;
    let reset = reset.token("reset-password");
    siege
        .refuses("the token of a reset", &reset, "not_three_parts")
        .await;
    siege.over().await;
}
