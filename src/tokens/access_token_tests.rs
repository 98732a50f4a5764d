//! Tokens that must be rejected, signed with the right key if that is what makes them dangerous.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{AccessTokens, Bearer, Claims, TokenError};
use crate::config::Config;
use crate::db::{SessionId, UserId};
use crate::entropy::SeededEntropy;
use crate::metrics::Metrics;
use crate::tokens::key_set::{Jwk, Key, KeySet};
use crate::tokens::signing_keys::generate;

struct Issuer {
    tokens: AccessTokens,
    key: EncodingKey,
    now: DateTime<Utc>,
}

impl Issuer {
    fn new() -> Self {
        let config = Config::load(&BTreeMap::new(), None).unwrap().tokens;
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let (public, private) = generate(config.algorithm).unwrap();
        let jwk = Jwk::new("ours", Algorithm::ES256, &public).unwrap();
        let key = EncodingKey::from_ec_der(&private);
        let known = Key {
            kid: "ours".to_owned(),
            algorithm: Algorithm::ES256,
            encoding: key.clone(),
            decoding: DecodingKey::from_ec_components(&jwk.x, jwk.y.as_ref().unwrap()).unwrap(),
            jwk,
            signs_from: now,
            verifies_until: None,
        };
        Self {
            tokens: AccessTokens::new(&config, KeySet::new([known]), Arc::new(Metrics::new())),
            key,
            now,
        }
    }

    fn header() -> Value {
        json!({ "alg": "ES256", "typ": "at+jwt", "kid": "ours" })
    }

    fn claims(&self) -> Value {
        let now = self.now.timestamp();
        json!({
            "iss": "http://localhost:8080", "aud": "http://localhost:8080",
            "sub": Uuid::from_u128(1).to_string(), "sid": Uuid::from_u128(2).to_string(),
            "iat": now, "nbf": now, "exp": now + 900, "jti": "x",
        })
    }

    /// Returns a token of these parts with a correct signature.
    fn signed(&self, header: &str, claims: &str) -> String {
        let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
        let message = format!("{}.{}", part(header), part(claims));
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &self.key, Algorithm::ES256).unwrap();
        format!("{message}.{signature}")
    }

    fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        self.tokens.verify(token, self.now)
    }

    #[track_caller]
    fn assert_refused(&self, token: &str) {
        assert!(
            matches!(self.verify(token), Err(TokenError::Invalid(_))),
            "{token}"
        );
    }

    #[track_caller]
    fn assert_header_refused(&self, name: &str, value: Value) {
        let mut header = Self::header();
        header[name] = value;
        self.assert_refused(&self.signed(&header.to_string(), &self.claims().to_string()));
    }

    #[track_caller]
    fn assert_claim_refused(&self, name: &str, value: Value) {
        let mut claims = self.claims();
        claims[name] = value;
        self.assert_refused(&self.signed(&Self::header().to_string(), &claims.to_string()));
    }
}

#[test]
fn what_is_minted_counts() {
    let issuer = Issuer::new();
    let (user, session) = (UserId(Uuid::from_u128(1)), SessionId(Uuid::from_u128(2)));
    let bearer = Bearer {
        user_id: user,
        session_id: session,
        generation: 7,
        authenticated_at: issuer.now,
        methods: "pwd",
        is_multi_factor: false,
    };
    let minted = issuer
        .tokens
        .mint(bearer, issuer.now, &SeededEntropy::new(1))
        .unwrap();
    let claims = issuer.verify(minted.token.expose_secret()).unwrap();
    assert_eq!((claims.user_id, claims.session_id), (user, session));
    assert_eq!(claims.generation, Some(7));
    assert_eq!(minted.expires_at, issuer.now + TimeDelta::minutes(15));
    issuer
        .verify(&issuer.signed(&Issuer::header().to_string(), &issuer.claims().to_string()))
        .unwrap();
}

#[test]
fn the_key_alone_decides_the_algorithm() {
    let issuer = Issuer::new();
    for alg in [
        "none", "None", "nOnE", "HS256", "RS256", "ES384", "EdDSA", "", "es256",
    ] {
        issuer.assert_header_refused("alg", json!(alg));
    }
    issuer.assert_header_refused("alg", json!(null));
    issuer.assert_header_refused("alg", json!(["ES256"]));
}

#[test]
fn the_key_is_looked_up_among_our_own() {
    let issuer = Issuer::new();
    for kid in [
        "",
        "other",
        "../../dev/null",
        "' OR 1=1--",
        &*"k".repeat(2_000),
    ] {
        issuer.assert_header_refused("kid", json!(kid));
    }
    issuer.assert_header_refused("kid", json!(1));
    let without = json!({ "alg": "ES256", "typ": "at+jwt" }).to_string();
    issuer.assert_refused(&issuer.signed(&without, &issuer.claims().to_string()));
}

#[test]
fn a_header_that_asks_for_more_is_rejected() {
    let issuer = Issuer::new();
    for (name, value) in [
        ("jku", json!("http://127.0.0.1:1/keys")),
        ("x5u", json!("http://127.0.0.1:1/cert")),
        ("jwk", json!({ "kty": "EC" })),
        ("x5c", json!(["AAAA"])),
        ("crit", json!(["exp"])),
        ("crit", json!(null)),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
    ] {
        issuer.assert_header_refused(name, value);
    }
    let twice = r#"{"alg":"ES256","alg":"ES256","typ":"at+jwt","kid":"ours"}"#;
    issuer.assert_refused(&issuer.signed(twice, &issuer.claims().to_string()));
}

#[test]
fn other_kinds_of_token_are_none() {
    let issuer = Issuer::new();
    for typ in [
        "JWT",
        "dpop+jwt",
        "refresh",
        "",
        "AT+JWT",
        "application/at+jwt",
    ] {
        issuer.assert_header_refused("typ", json!(typ));
    }
    let without = json!({ "alg": "ES256", "kid": "ours" }).to_string();
    issuer.assert_refused(&issuer.signed(&without, &issuer.claims().to_string()));
}

#[test]
fn every_claim_is_there_and_of_its_type() {
    let issuer = Issuer::new();
    for name in ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"] {
        let mut claims = issuer.claims();
        claims.as_object_mut().unwrap().remove(name);
        issuer.assert_refused(&issuer.signed(&Issuer::header().to_string(), &claims.to_string()));
        for value in [
            json!(null),
            json!(true),
            json!([]),
            json!({}),
            json!(-1),
            json!(1.5),
            json!(""),
        ] {
            issuer.assert_claim_refused(name, value);
        }
    }
    for name in ["iat", "nbf", "exp"] {
        issuer.assert_claim_refused(name, json!("1800000000"));
        issuer.assert_claim_refused(name, json!(u64::MAX));
        issuer.assert_claim_refused(name, json!(i64::MAX));
    }
    let claims = issuer.claims().to_string();
    let twice = claims.replace("\"jti\"", "\"sub\":\"x\",\"jti\"");
    issuer.assert_refused(&issuer.signed(&Issuer::header().to_string(), &twice));
}

#[test]
fn members_that_a_newer_version_adds_are_ignored() {
    let issuer = Issuer::new();
    let (mut header, mut claims) = (Issuer::header(), issuer.claims());
    header["future"] = json!({ "deep": [1, null] });
    claims["client_id"] = json!("web");
    claims["future"] = json!([{ "deep": 1.5 }, null]);
    issuer
        .verify(&issuer.signed(&header.to_string(), &claims.to_string()))
        .unwrap();
}

#[test]
fn a_token_may_begin_up_to_a_minute_before_it_was_issued() {
    let issuer = Issuer::new();
    let mut claims = issuer.claims();
    claims["nbf"] = json!(issuer.now.timestamp() - 60);
    issuer
        .verify(&issuer.signed(&Issuer::header().to_string(), &claims.to_string()))
        .unwrap();
    issuer.assert_claim_refused("nbf", json!(issuer.now.timestamp() - 61));
}

#[test]
fn issuer_and_audience_are_exactly_ours() {
    let issuer = Issuer::new();
    for name in ["iss", "aud"] {
        for value in [
            "http://localhost:8080/",
            "HTTP://localhost:8080",
            "http://other:8080",
        ] {
            issuer.assert_claim_refused(name, json!(value));
        }
        issuer.assert_claim_refused(name, json!(["http://localhost:8080"]));
    }
}

#[test]
fn identifiers_are_spelt_in_one_way() {
    let issuer = Issuer::new();
    for name in ["sub", "sid"] {
        let id = Uuid::from_u128(0xabc);
        for value in [
            id.simple().to_string(),
            id.to_string().to_uppercase(),
            id.urn().to_string(),
        ] {
            issuer.assert_claim_refused(name, json!(value));
        }
    }
}

#[test]
fn times_hold_within_five_seconds() {
    let issuer = Issuer::new();
    let now = issuer.now.timestamp();
    issuer.assert_claim_refused("nbf", json!(now + 6));
    issuer.assert_claim_refused("iat", json!(now + 6));
    issuer.assert_claim_refused("exp", json!(now));
    issuer.assert_claim_refused("exp", json!(now + 3_601));
    let token = issuer.signed(&Issuer::header().to_string(), &issuer.claims().to_string());
    let at = |seconds| {
        issuer
            .tokens
            .verify(&token, issuer.now + TimeDelta::seconds(seconds))
    };
    assert!(at(904).is_ok());
    assert!(matches!(at(905), Err(TokenError::Expired(_))));
    assert!(at(-5).is_ok());
}

#[test]
fn a_token_that_is_not_yet_valid_is_not_let_in_by_the_memory_of_it() {
    let issuer = Issuer::new();
    let token = issuer.signed(&Issuer::header().to_string(), &issuer.claims().to_string());
    for _ in 0..2 {
        assert!(issuer.verify(&token).is_ok());
        let late = issuer
            .tokens
            .verify(&token, issuer.now + TimeDelta::hours(1));
        assert!(matches!(late, Err(TokenError::Expired(_))));
    }
}

#[test]
fn any_change_breaks_the_signature() {
    let issuer = Issuer::new();
    let token = issuer.signed(&Issuer::header().to_string(), &issuer.claims().to_string());
    let other = Issuer::new();
    let foreign = other.signed(&Issuer::header().to_string(), &other.claims().to_string());
    let parts: Vec<&str> = token.split('.').collect();
    let foreign: Vec<&str> = foreign.split('.').collect();
    let zero = BASE64_URL_SAFE_NO_PAD.encode([0; 64]);
    for forged in [
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}.{}.{}", parts[0], parts[1], foreign[2]),
        format!("{}.{}.{zero}", parts[0], parts[1]),
        format!("{}.{}.{}.{}", parts[0], parts[1], parts[2], parts[2]),
        format!("{}..{}", parts[0], parts[2]),
        format!("{token}="),
        format!(" {token}"),
        format!("{token}\n"),
        token.replace('.', ".."),
        "A".repeat(5_000),
        "...".to_owned(),
        String::new(),
    ] {
        issuer.assert_refused(&forged);
    }
    for place in (0..token.len()).step_by(7) {
        let mut bytes = token.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        issuer.assert_refused(&String::from_utf8(bytes).unwrap());
    }
}

#[test]
fn garbage_is_rejected_without_a_panic() {
    let issuer = Issuer::new();
    let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    for claims in ["", "null", "[]", "\u{feff}{}", &*deep, "{\"exp\":1e400}"] {
        issuer.assert_refused(&issuer.signed(&Issuer::header().to_string(), claims));
    }
}

#[test]
fn a_list_of_the_right_values_is_neither_a_header_nor_claims() {
    let issuer = Issuer::new();
    let (header, claims) = (Issuer::header().to_string(), issuer.claims());
    let order = ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"];
    let list = json!(order.map(|name| claims[name].clone())).to_string();
    issuer.assert_refused(&issuer.signed(&header, &list));
    let claims = claims.to_string();
    issuer.assert_refused(&issuer.signed(r#"["ES256","at+jwt","ours"]"#, &claims));
    issuer.verify(&issuer.signed(&header, &claims)).unwrap();
}
