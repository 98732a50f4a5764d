//! What only looks like a token, and what is too much of one.

use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::forger::{changed, encoded};
use super::siege::{Siege, client};

#[tokio::test]
async fn a_token_has_three_parts_and_nothing_else() {
    let mut siege = Siege::begin().await;
    let token = siege.forger.token();
    let parts: Vec<&str> = token.split('.').collect();
    let (header, claims, signature) = (parts[0], parts[1], parts[2]);
    let json = json!({ "payload": claims, "protected": header, "signature": signature });
    for (what, token, reason) in [
        ("one part", header.to_owned(), "not_three_parts"),
        ("two parts", format!("{header}.{claims}"), "not_three_parts"),
        (
            "four parts",
            format!("{token}.{signature}"),
            "not_three_parts",
        ),
        (
            "five parts",
            format!("{header}.{claims}.{claims}.{claims}.{signature}"),
            "not_three_parts",
        ),
        ("a dot behind", format!("{token}."), "not_three_parts"),
        ("a dot in front", format!(".{token}"), "not_three_parts"),
        ("no header", format!(".{claims}.{signature}"), "header"),
        ("no claims", format!("{header}..{signature}"), "signature"),
        ("nothing but dots", "..".to_owned(), "header"),
        ("the JSON form", json.to_string(), "malformed"),
        (
            "a space within",
            format!("{header}. {claims}.{signature}"),
            "malformed",
        ),
        ("a tab behind", format!("{token}\tx"), "malformed"),
        ("a quoted token", format!("\"{token}\""), "malformed"),
    ] {
        siege.refuses(what, &token, reason).await;
    }
    let empty = siege.forger.resigned(&format!("{header}."));
    siege.refuses("no claims, signed", &empty, "claims").await;
    siege.over().await;
}

#[tokio::test]
async fn a_signature_is_spelt_in_one_way() {
    let mut siege = Siege::begin().await;
    let token = siege.forger.token();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let left_over = next_bit(signature);
    for (what, token) in [
        ("padding", format!("{token}=")),
        ("padding that would be right", format!("{token}==")),
        ("left-over bits", format!("{message}.{left_over}")),
        (
            "another alphabet",
            format!("{message}.{}+/", &signature[..84]),
        ),
    ] {
        siege.refuses(what, &token, "signature").await;
    }
    siege.over().await;
}

#[tokio::test]
async fn base64_is_read_in_one_way_alone() {
    let mut siege = Siege::begin().await;
    let header = spaced(&siege.forger.header);
    // With characters that the two alphabets have in different places.
    let claims = spaced(&changed(&siege.forger.claims, "jti", json!("~~~???>>>")));
    let usual = claims.replace('-', "+").replace('_', "/");
    assert_ne!(usual, claims);
    let (header_bits, claims_bits) = (next_bit(&header), next_bit(&claims));
    let whole = siege.forger.resigned(&format!("{header}.{claims}"));
    siege.accepts("spaces within", &whole).await;
    for (what, message, reason) in [
        (
            "bits of the header",
            format!("{header_bits}.{claims}"),
            "header",
        ),
        (
            "bits of the claims",
            format!("{header}.{claims_bits}"),
            "claims",
        ),
        ("a padded header", format!("{header}==.{claims}"), "header"),
        ("padded claims", format!("{header}.{claims}=="), "claims"),
        ("another alphabet", format!("{header}.{usual}"), "claims"),
    ] {
        let token = siege.forger.resigned(&message);
        siege.refuses(what, &token, reason).await;
    }
    siege.over().await;
}

/// Encoded with as many spaces behind as leave bits over in the last character.
fn spaced(object: &Value) -> String {
    let text = object.to_string();
    let spaces = " ".repeat((4 - text.len() % 3) % 3);
    encoded(text + &spaces)
}

/// The same bytes in another spelling: the last of the bits that stand for nothing is set.
fn next_bit(part: &str) -> String {
    let last = char::from(part.as_bytes()[part.len() - 1] + 1);
    format!("{}{last}", &part[..part.len() - 1])
}

#[tokio::test]
async fn more_than_a_token_can_be_is_not_looked_at() {
    let mut siege = Siege::begin().await;
    let room = 4_096 - siege.forger.token().len();
    let jti = |length: usize| json!("j".repeat(length));
    let just_short = siege.forger.with_claim("jti", jti(room * 3 / 4));
    let length = just_short.len();
    assert!((4_000..=4_096).contains(&length), "{length}");
    siege.accepts("nearly 4,096 bytes", &just_short).await;
    for length in [4_096, 8_000] {
        let long = siege.forger.with_claim("jti", jti(length));
        let what = format!("a token of {} bytes", long.len());
        siege.refuses(&what, &long, "too_long").await;
    }
    siege.over().await;
}

#[tokio::test]
async fn depth_exhausts_nothing() {
    let mut siege = Siege::begin().await;
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let beside = format!("{{\"x\":{},", deep(500));
    let claims = siege.forger.claims.to_string();
    for (what, claims, reason) in [
        ("a thousand arrays", deep(1_000), "claims"),
        ("two thousand arrays", deep(2_000), "too_long"),
        // More of them are more than the head of a request may have.
        ("five thousand arrays", deep(5_000), "too_long"),
    ] {
        let token = siege.forger.with_claims(claims);
        siege.refuses(what, &token, reason).await;
    }
    // An unknown claim is skipped without being read.
    let token = siege.forger.with_claims(claims.replacen('{', &beside, 1));
    siege.accepts("arrays in an unknown claim", &token).await;
    let dots = ".".repeat(4_000);
    siege
        .refuses("dots without end", &dots, "not_three_parts")
        .await;
    siege.over().await;
}

#[tokio::test]
async fn a_megabyte_in_a_header_ends_the_request_and_nothing_else() {
    let siege = Siege::begin().await;
    for token in [
        "A".repeat(1 << 20),
        siege.forger.with_claims("[".repeat(1 << 20)),
    ] {
        let sent = client()
            .post(siege.app.url("/graphql"))
            .header(CONTENT_TYPE, "application/json")
            .bearer_auth(&token)
            .body(r#"{"query":"{ me { id } }"}"#)
            .send()
            .await;
        // The connection may be closed before all of it was sent.
        if let Ok(reply) = sent {
            assert_eq!(reply.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
    }
    siege.over().await;
}

#[tokio::test]
async fn text_is_utf_8_without_a_mark() {
    let mut siege = Siege::begin().await;
    let header = siege.forger.header.to_string();
    let claims = siege.forger.claims.to_string();
    let utf_16: Vec<u8> = claims.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let surrogate = claims.replace("\"jti\":\"", "\"jti\":\"\\ud800");
    assert_ne!(surrogate, claims);
    for (what, claims) in [
        (
            "a mark before the claims",
            format!("\u{feff}{claims}").into(),
        ),
        ("bytes that are no UTF-8", mangled(&claims)),
        ("a lone surrogate", surrogate.into_bytes()),
        ("UTF-16", utf_16),
    ] {
        let token = siege.forger.with_claims(claims);
        siege.refuses(what, &token, "claims").await;
    }
    for header in [format!("\u{feff}{header}").into(), mangled(&header)] {
        let token = siege.forger.signed(header, &claims);
        siege.refuses("such a header", &token, "header").await;
    }
    for token in [&b"\xef\xbb\xbfa.b.c"[..], b"a.\xff\xfe.c", b"\xc3\x28"] {
        siege.refuses("raw bytes", token, "malformed").await;
    }
    siege.over().await;
}

/// With a byte that no UTF-8 has in the last text of `json`.
fn mangled(json: &str) -> Vec<u8> {
    let mut bytes = json.as_bytes().to_vec();
    let place = json.rfind('"').unwrap();
    bytes.insert(place, 0xff);
    bytes
}
