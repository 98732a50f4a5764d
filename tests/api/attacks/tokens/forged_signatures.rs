//! Signatures that are none: other algorithms, other keys, other texts, and numbers that fool a verifier.

use aws_lc_rs::hmac;
use gatehouse::config::SigningAlgorithm;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::forger::{changed, decoded, encoded};
use super::siege::Siege;
use crate::support::TestApp;

/// The order of P-256 in hexadecimal, and thereby what r and s must be less than.
const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

fn message(siege: &Siege, header: &Value) -> String {
    let claims = siege.forger.claims.to_string();
    format!("{}.{}", encoded(header.to_string()), encoded(claims))
}

#[tokio::test]
async fn no_algorithm_means_no_access() {
    let mut siege = Siege::begin().await;
    for alg in ["none", "None", "nOnE", "NONE", ""] {
        let header = changed(&siege.forger.header, "alg", json!(alg));
        let bare = format!("{}.", message(&siege, &header));
        siege
            .refuses(&format!("alg {alg:?}, unsigned"), &bare, "alg")
            .await;
        let signed = siege.forger.resigned(&message(&siege, &header));
        siege
            .refuses(&format!("alg {alg:?}, signed"), &signed, "alg")
            .await;
    }
    let short = json!({ "alg": "none" });
    let bare = format!("{}.", message(&siege, &short));
    siege
        .refuses("alg none and nothing else", &bare, "header")
        .await;
    siege.over().await;
}

#[tokio::test]
async fn neither_the_algorithm_nor_the_signature_can_be_left_out() {
    let mut siege = Siege::begin().await;
    let without = siege.forger.with_header("alg", json!(null));
    siege.refuses("no alg", &without, "header").await;
    let null = r#"{"alg":null,"typ":"at+jwt","kid":"x"}"#;
    let null = siege.forger.signed(null, siege.forger.claims.to_string());
    siege.refuses("alg null", &null, "header").await;
    let unsigned = message(&siege, &siege.forger.header);
    siege
        .refuses("no signature", format!("{unsigned}."), "signature")
        .await;
    siege
        .refuses("no third part", &unsigned, "not_three_parts")
        .await;
    siege.over().await;
}

#[tokio::test]
async fn the_public_key_is_no_secret_to_sign_with() {
    let mut siege = Siege::begin().await;
    let point = siege.forger.public_key.clone();
    let jwk = json!({
        "kty": "EC", "crv": "P-256", "x": encoded(&point[1..33]), "y": encoded(&point[33..]),
    });
    // The constant head of a P-256 key in DER (RFC 5480).
    let head = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
    let der = [&bytes(head)[..], &point].concat();
    for secret in [
        &point[..],
        &point[1..],
        &der,
        jwk.to_string().as_bytes(),
        b"",
    ] {
        for (alg, kind) in [("HS256", hmac::HMAC_SHA256), ("HS512", hmac::HMAC_SHA512)] {
            let header = changed(&siege.forger.header, "alg", json!(alg));
            for (header, reason) in [
                (&header, "alg"),
                (&siege.forger.header.clone(), "signature"),
            ] {
                let message = message(&siege, header);
                let mac = hmac::sign(&hmac::Key::new(kind, secret), message.as_bytes());
                let token = format!("{message}.{}", encoded(mac));
                siege
                    .refuses(&format!("{alg} by the public key"), &token, reason)
                    .await;
            }
        }
    }
    siege.over().await;
}

#[tokio::test]
async fn the_key_alone_decides_the_algorithm() {
    let mut siege = Siege::begin().await;
    for alg in [
        "HS256", "HS384", "HS512", "RS256", "PS256", "ES384", "EdDSA", "es256", "ES256 ",
    ] {
        let token = siege.forger.with_header("alg", json!(alg));
        siege
            .refuses(&format!("alg {alg} with the right key"), &token, "alg")
            .await;
    }
    for (alg, kind) in [("HS384", hmac::HMAC_SHA384), ("HS512", hmac::HMAC_SHA512)] {
        let message = message(&siege, &changed(&siege.forger.header, "alg", json!(alg)));
        let key = hmac::Key::new(kind, b"0123456789abcdef0123456789abcdef");
        let token = format!(
            "{message}.{}",
            encoded(hmac::sign(&key, message.as_bytes()))
        );
        siege
            .refuses(&format!("{alg} by the secret itself"), &token, "alg")
            .await;
    }
    siege.over().await;
}

#[tokio::test]
async fn what_was_changed_after_signing_does_not_count() {
    let mut siege = Siege::begin().await;
    let bob = siege.app.signed_up("bob").await;
    let token = siege.forger.token();
    let parts: Vec<&str> = token.split('.').collect();
    let (header, claims, signature) = (parts[0], parts[1], parts[2]);
    let as_bob = changed(&siege.forger.claims, "sub", json!(bob.user_id));
    let spaced = format!("{} ", siege.forger.header);
    let others = bob.access_token.rsplit('.').next().unwrap();
    let (as_bob, spaced) = (encoded(as_bob.to_string()), encoded(spaced));
    for (what, forged) in [
        (
            "claims of another user",
            format!("{header}.{as_bob}.{signature}"),
        ),
        (
            "a header with a space more",
            format!("{spaced}.{claims}.{signature}"),
        ),
        (
            "the signature of another token",
            format!("{header}.{claims}.{others}"),
        ),
    ] {
        siege.refuses(what, &forged, "signature").await;
    }
    for place in [0, 31, 32, 63] {
        let mut flipped = decoded(signature);
        flipped[place] ^= 1;
        let forged = format!("{header}.{claims}.{}", encoded(flipped));
        siege
            .refuses(
                &format!("a flipped bit in byte {place}"),
                &forged,
                "signature",
            )
            .await;
    }
    siege.over().await;
}

#[tokio::test]
async fn a_key_of_the_attacker_s_signs_nothing() {
    let mut siege = Siege::begin().await;
    let foreign = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
    let key = EncodingKey::from_ec_der(foreign.serialized_der());
    let message = message(&siege, &siege.forger.header);
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::ES256).unwrap();
    siege
        .refuses("another key", format!("{message}.{signature}"), "signature")
        .await;
    siege.over().await;
}

#[tokio::test]
async fn no_numbers_stand_in_for_a_signature() {
    let mut siege = Siege::begin().await;
    let token = siege.forger.token();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let signature = decoded(signature);
    let (r, s) = signature.split_at(32);
    let (zero, order) = (vec![0; 32], bytes(ORDER));
    let one = [&zero[1..], &[1]].concat();
    let less = [&order[..31], &[order[31] - 1]].concat();
    let mut forged = vec![
        (
            "r and s with leading zeros",
            [&[0][..], r, &[0], s].concat(),
        ),
        ("zeros behind", [r, s, &[0]].concat()),
        ("one byte less", signature[..63].to_vec()),
        ("half of it", r.to_vec()),
        ("r and s exchanged", [s, r].concat()),
        ("long integers", [&[0; 224][..], r, &[0; 224], s].concat()),
        ("DER", der(r, s)),
        ("r too big", [&[0xff; 32], s].concat()),
        ("s too big", [r, &[0xff; 32]].concat()),
    ];
    for r in [&zero, &one, &less, &order] {
        for s in [&zero, &one, &less, &order] {
            forged.push(("r and s of 0, 1, n-1 and n", [&r[..], s].concat()));
        }
    }
    for (what, signature) in forged {
        let token = format!("{message}.{}", encoded(signature));
        siege.refuses(what, &token, "signature").await;
    }
    siege.accepts("the signature itself", &token).await;
    siege.over().await;
}

#[tokio::test]
async fn the_other_algorithm_has_no_second_signature_either() {
    let app = TestApp::with(|config| config.tokens.algorithm = SigningAlgorithm::EdDsa).await;
    let ann = app.signed_up("ann").await;
    assert!(ann.is_signed_in().await);
    let (message, signature) = ann.access_token.rsplit_once('.').unwrap();
    let signature = decoded(signature);
    let (r, s) = signature.split_at(32);
    // The order of the group, least byte first: s plus it satisfies the equation as well as s.
    let order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut carry = 0;
    let more = |(a, b): (&u8, &u8)| {
        let sum = u16::from(*a) + u16::from(*b) + carry;
        carry = sum >> 8;
        sum.to_le_bytes()[0]
    };
    let other_s: Vec<u8> = s.iter().zip(&order).map(more).collect();
    let identity = [&[1][..], &[0; 31]].concat();
    for forged in [
        [r, &other_s[..]].concat(),
        [&identity[..], &[0; 32]].concat(),
        vec![0; 64],
        [s, r].concat(),
        signature[..63].to_vec(),
        [&signature[..], &[0]].concat(),
    ] {
        let token = format!("{message}.{}", encoded(forged));
        let reply = app.anonymous().bearing(&token).me().await;
        reply.assert_error("UNAUTHENTICATED");
    }
    let figure = "access_tokens_rejected_total{reason=\"signature\"}";
    assert_eq!(app.metric(figure).await, 6);
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digit = |c: u8| u8::try_from(char::from(c).to_digit(16).unwrap()).unwrap();
    let pairs = hexadecimal.as_bytes().chunks(2);
    pairs
        .map(|pair| 16 * digit(pair[0]) + digit(pair[1]))
        .collect()
}

/// A signature as X.509 has it.
fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let sign: &[u8] = if number[0] < 0x80 { &[] } else { &[0] };
        let length = u8::try_from(sign.len() + number.len()).unwrap();
        [&[2, length][..], sign, number].concat()
    };
    let both = [integer(r), integer(s)].concat();
    [&[0x30, u8::try_from(both.len()).unwrap()][..], &both].concat()
}
