//! What only looks like a token, and what is too much of one.

use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use super::forger::encoded;
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
async fn base64_is_read_in_one_way_alone() {
    let mut siege = Siege::begin().await;
    let token = siege.forger.token();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let claims = siege.forger.claims.to_string();
    // Of a length that leaves bits over in the last character.
    let claims = encoded(format!(
        "{claims}{}",
        " ".repeat((4 - claims.len() % 3) % 3)
    ));
    let header = format!("{} ", siege.forger.header);
    let header = encoded(format!(
        "{header}{}",
        " ".repeat((4 - header.len() % 3) % 3)
    ));
    for (what, token) in [
        ("padding behind the signature", format!("{token}=")),
        ("padding that would be right", format!("{token}==")),
        (
            "left-over bits in the signature",
            format!("{message}.{}", next_bit(signature)),
        ),
        (
            "the usual alphabet",
            format!("{message}.{}+/", &signature[..84]),
        ),
    ] {
        siege.refuses(what, &token, "signature").await;
    }
    let whole = siege.forger.resigned(&format!("{header}.{claims}"));
    siege.accepts("spaces within", &whole).await;
    for (what, message, reason) in [
        (
            "left-over bits in the header",
            format!("{}.{claims}", next_bit(&header)),
            "header",
        ),
        (
            "left-over bits in the claims",
            format!("{header}.{}", next_bit(&claims)),
            "claims",
        ),
        (
            "padding behind the header",
            format!("{header}==.{claims}"),
            "header",
        ),
        (
            "padding behind the claims",
            format!("{header}.{claims}=="),
            "claims",
        ),
        (
            "the usual alphabet in the claims",
            format!("{header}.+{}", &claims[1..]),
            "claims",
        ),
    ] {
        siege
            .refuses(what, siege.forger.resigned(&message), reason)
            .await;
    }
    siege.over().await;
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
    assert!(
        (4_000..=4_096).contains(&just_short.len()),
        "{}",
        just_short.len()
    );
    siege
        .accepts("a token of nearly 4,096 bytes", &just_short)
        .await;
    for length in [4_096, 8_000] {
        let long = siege.forger.with_claim("jti", jti(length));
        siege
            .refuses(
                &format!("a token of {} bytes", long.len()),
                &long,
                "too_long",
            )
            .await;
    }
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    siege
        .refuses(
            "a thousand arrays",
            siege.forger.with_claims(deep(1_000)),
            "claims",
        )
        .await;
    siege
        .refuses(
            "ten thousand arrays",
            siege.forger.with_claims(deep(10_000)),
            "too_long",
        )
        .await;
    let nested = siege
        .forger
        .claims
        .to_string()
        .replace("\"jti\":", &format!("\"x\":{},\"jti\":", deep(500)));
    siege
        .refuses(
            "arrays in a claim",
            siege.forger.with_claims(nested),
            "claims",
        )
        .await;
    siege
        .refuses("dots without end", ".".repeat(4_000), "not_three_parts")
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
    let (header, claims) = (
        siege.forger.header.to_string(),
        siege.forger.claims.to_string(),
    );
    for (what, token, reason) in [
        (
            "a mark before the claims",
            siege.forger.with_claims(format!("\u{feff}{claims}")),
            "claims",
        ),
        (
            "a mark before the header",
            siege.forger.signed(format!("\u{feff}{header}"), &claims),
            "header",
        ),
        (
            "bytes that are no UTF-8",
            siege.forger.with_claims(mangled(&claims)),
            "claims",
        ),
        (
            "such bytes in the header",
            siege.forger.signed(mangled(&header), &claims),
            "header",
        ),
        (
            "a lone surrogate",
            siege
                .forger
                .with_claims(claims.replace("\"jti\":\"", "\"jti\":\"\\ud800")),
            "claims",
        ),
        (
            "UTF-16",
            siege.forger.with_claims(
                claims
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<_>>(),
            ),
            "claims",
        ),
    ] {
        siege.refuses(what, &token, reason).await;
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
