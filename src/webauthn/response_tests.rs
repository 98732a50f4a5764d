//! What browsers send, and what attackers send in its place.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::authenticator_tests::{Authenticator, Signed};
use super::{Algorithm, AuthenticationResponse, RegistrationResponse, Transport, WebauthnError};

fn registration() -> Value {
    let json = Authenticator::registering(Algorithm::EdDsa).register();
    serde_json::from_slice(&json).unwrap()
}

fn signed() -> Signed {
    Authenticator::authenticating(Algorithm::EdDsa).authenticate()
}

fn authentication() -> Value {
    serde_json::from_slice(&signed().json()).unwrap()
}

fn error_of_registration(json: &Value) -> Option<WebauthnError> {
    RegistrationResponse::parse(json.to_string().as_bytes()).err()
}

fn error_of_authentication(json: &Value) -> Option<WebauthnError> {
    AuthenticationResponse::parse(json.to_string().as_bytes()).err()
}

#[test]
fn response_larger_than_16_kib_is_rejected() {
    for whole in [registration(), authentication()] {
        let mut padded = whole.clone();
        padded["more"] = json!("");
        let room = 16 * 1024 - padded.to_string().len();
        padded["more"] = json!("a".repeat(room));
        let parse = |json: &Value| match json["response"].get("signature") {
            Some(_) => error_of_authentication(json),
            None => error_of_registration(json),
        };
        assert_eq!(parse(&padded), None);
        padded["more"] = json!("a".repeat(room + 1));
        assert_eq!(parse(&padded), Some(WebauthnError::TooLarge));
    }
}

#[test]
fn unknown_members_are_ignored() {
    let mut json = registration();
    json["new"] = json!({"a": [1, null]});
    json["response"]["publicKey"] = json!("not even base64url");
    json["response"]["publicKeyAlgorithm"] = json!("x");
    assert_eq!(error_of_registration(&json), None);

    let mut signed = signed();
    let mut client_data: Value = serde_json::from_slice(&signed.client_data).unwrap();
    client_data["tokenBinding"] = json!({"status": "supported"});
    client_data["new"] = json!(1);
    signed.client_data = client_data.to_string().into_bytes();
    assert!(AuthenticationResponse::parse(&signed.json()).is_ok());
}

#[test]
fn missing_and_mistyped_members_are_rejected() {
    for (whole, parse) in [
        (
            registration(),
            error_of_registration as fn(&Value) -> Option<WebauthnError>,
        ),
        (authentication(), error_of_authentication),
    ] {
        let inner = whole["response"].as_object().unwrap().keys();
        let optional = ["transports", "userHandle"];
        let inner = inner.filter(|it| !optional.contains(&it.as_str()));
        let paths = ["/id", "/rawId", "/type", "/response"]
            .map(str::to_owned)
            .into_iter()
            .chain(inner.map(|it| format!("/response/{it}")));
        for path in paths {
            for value in [json!(null), json!(1), json!([]), json!({}), json!("=")] {
                let mut json = whole.clone();
                *json.pointer_mut(&path).unwrap() = value;
                let rejected = parse(&json);
                assert_eq!(rejected, Some(WebauthnError::MalformedResponse), "{path}");
            }
        }
    }
}

#[test]
fn text_that_is_not_one_object_is_rejected() {
    let text = registration().to_string();
    let listed = format!("[{text}]");
    let twice = format!("{text}{text}");
    for json in ["", "null", "1", "\"\"", "[]", "{}", &listed, &twice] {
        let rejected = RegistrationResponse::parse(json.as_bytes()).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedResponse, "{json}");
    }
    for length in 0..text.len() {
        assert!(RegistrationResponse::parse(&text.as_bytes()[..length]).is_err());
    }
    let text = authentication().to_string();
    for length in 0..text.len() {
        assert!(AuthenticationResponse::parse(&text.as_bytes()[..length]).is_err());
    }
}

/// serde reads a struct from an array of its members, too.
#[test]
fn array_of_members_is_no_object() {
    let malformed = Some(WebauthnError::MalformedResponse);
    let json = registration();
    let array = json!([json["id"], json["rawId"], json["type"], json["response"]]);
    assert_eq!(error_of_registration(&array), malformed);

    let mut json = registration();
    let response = &json["response"];
    json["response"] = json!([
        response["clientDataJSON"],
        response["attestationObject"],
        response["transports"],
    ]);
    assert_eq!(error_of_registration(&json), malformed);

    let mut json = authentication();
    let response = &json["response"];
    json["response"] = json!([
        response["clientDataJSON"],
        response["authenticatorData"],
        response["signature"],
        response["userHandle"],
    ]);
    assert_eq!(error_of_authentication(&json), malformed);

    let mut signed = signed();
    let data: Value = serde_json::from_slice(&signed.client_data).unwrap();
    let array = json!([
        data["type"],
        data["challenge"],
        data["origin"],
        data["crossOrigin"],
        null
    ]);
    signed.client_data = array.to_string().into_bytes();
    let rejected = AuthenticationResponse::parse(&signed.json()).unwrap_err();
    assert_eq!(rejected, WebauthnError::MalformedClientData);
}

#[test]
fn repeated_member_is_rejected() {
    let text = authentication().to_string();
    for (member, value) in [
        ("id", "\"AA\""),
        ("rawId", "\"AA\""),
        ("type", "\"public-key\""),
        ("response", "{}"),
        ("signature", "\"AA\""),
        ("authenticatorData", "\"AA\""),
        ("clientDataJSON", "\"AA\""),
        ("userHandle", "null"),
    ] {
        let first = format!("\"{member}\":");
        assert!(text.contains(&first), "{member}");
        let repeated = text.replacen(&first, &format!("{first}{value},{first}"), 1);
        let rejected = AuthenticationResponse::parse(repeated.as_bytes()).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedResponse, "{member}");
    }
}

#[test]
fn repeated_member_of_client_data_is_rejected() {
    let signed = signed();
    let text = String::from_utf8(signed.client_data.clone()).unwrap();
    for (member, value) in [
        ("type", "\"webauthn.create\""),
        ("challenge", "\"AA\""),
        ("origin", "\"https://example.org\""),
        ("crossOrigin", "false"),
    ] {
        let first = format!("\"{member}\":");
        let repeated = text.replacen(&first, &format!("{first}{value},{first}"), 1);
        let changed = Signed {
            client_data: repeated.into_bytes(),
            ..signed.clone()
        };
        let rejected = AuthenticationResponse::parse(&changed.json()).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedClientData, "{member}");
    }
}

#[test]
fn client_data_may_start_with_a_byte_order_mark() {
    let marked = |marks: usize| {
        let mut signed = signed();
        let mark = b"\xef\xbb\xbf".repeat(marks);
        signed.client_data.splice(..0, mark);
        AuthenticationResponse::parse(&signed.json()).err()
    };
    assert_eq!(marked(1), None);
    assert_eq!(marked(2), Some(WebauthnError::MalformedClientData));
}

#[test]
fn client_data_that_is_not_utf8_is_rejected() {
    let mut signed = signed();
    let at = signed.client_data.len() - 3;
    signed.client_data.insert(at, 0xff);
    let rejected = AuthenticationResponse::parse(&signed.json()).unwrap_err();
    assert_eq!(rejected, WebauthnError::MalformedClientData);
}

#[test]
fn bytes_have_one_encoding() {
    // "_w" and "-_8" are bytes ff and fbff.
    for (id, accepted) in [
        ("_w", true),
        ("-_8", true),
        ("_w==", false),
        ("_w=", false),
        ("/w", false),
        ("+_8", false),
        ("_x", false),
        (" _w", false),
        ("_w\n", false),
        ("_", false),
        ("", false),
    ] {
        let mut json = authentication();
        json["id"] = json!(id);
        json["rawId"] = json!(id);
        let expected = (!accepted).then_some(WebauthnError::MalformedResponse);
        assert_eq!(error_of_authentication(&json), expected, "{id:?}");
    }
}

#[test]
fn raw_id_that_differs_and_other_types_are_rejected() {
    let mut json = authentication();
    json["rawId"] = json!("AAAA");
    let malformed = Some(WebauthnError::MalformedResponse);
    assert_eq!(error_of_authentication(&json), malformed);
    for kind in ["", "password", "Public-Key"] {
        let mut json = authentication();
        json["type"] = json!(kind);
        assert_eq!(error_of_authentication(&json), malformed);
    }
}

#[test]
fn credential_id_has_at_most_1023_bytes() {
    for (length, expected) in [(1023, None), (1024, Some(WebauthnError::MalformedResponse))] {
        let signed = Signed {
            id: vec![1; length],
            ..signed()
        };
        assert_eq!(
            AuthenticationResponse::parse(&signed.json()).err(),
            expected
        );
    }
}

#[test]
fn user_handle_has_1_to_64_bytes_or_is_absent() {
    for (handle, accepted) in [
        (None, true),
        (Some(1), true),
        (Some(64), true),
        (Some(0), false),
        (Some(65), false),
    ] {
        let signed = Signed {
            user_handle: handle.map(|length| vec![1; length]),
            ..signed()
        };
        let parsed = AuthenticationResponse::parse(&signed.json());
        assert_eq!(parsed.is_ok(), accepted, "{handle:?}");
    }
    let mut json = authentication();
    json["response"]
        .as_object_mut()
        .unwrap()
        .remove("userHandle");
    assert_eq!(error_of_authentication(&json), None);
}

#[test]
fn known_transports_are_kept_once_and_others_dropped() {
    let transports = |value: Value| {
        let mut json = registration();
        json["response"]["transports"] = value;
        RegistrationResponse::parse(json.to_string().as_bytes()).map(|it| it.transports)
    };
    assert_eq!(
        transports(json!(["usb", "cable", "smart-card", "usb", "USB", ""])),
        Ok(vec![Transport::SmartCard, Transport::Usb])
    );
    assert_eq!(transports(json!(null)), Ok(Vec::new()));
    assert_eq!(
        transports(json!(vec!["usb"; 1000])),
        Ok(vec![Transport::Usb])
    );
    assert!(transports(json!("usb")).is_err());
    for transport in Transport::ALL {
        assert_eq!(Transport::of(transport.name()), Some(transport));
    }
    assert_eq!(Transport::of("cable"), None);
}

#[test]
fn deeply_nested_json_is_rejected() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let depth = 16_000 / (open.len() + close.len()) - 10;
        let nested = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let text = format!("{{\"a\":{nested}}}");
        assert!(RegistrationResponse::parse(text.as_bytes()).is_err());
        let half = format!("{{\"a\":{}", open.repeat(depth));
        assert!(AuthenticationResponse::parse(half.as_bytes()).is_err());
    }
}

#[test]
fn reason_codes_are_distinct() {
    let errors = [
        WebauthnError::TooLarge,
        WebauthnError::MalformedResponse,
        WebauthnError::MalformedClientData,
        WebauthnError::MalformedAttestationObject,
        WebauthnError::MalformedAuthenticatorData,
        WebauthnError::Type,
        WebauthnError::Challenge,
        WebauthnError::Expired,
        WebauthnError::Origin,
        WebauthnError::CrossOrigin,
        WebauthnError::RpId,
        WebauthnError::NotUserPresent,
        WebauthnError::NotUserVerified,
        WebauthnError::BackupFlags,
        WebauthnError::CredentialId,
        WebauthnError::Algorithm,
        WebauthnError::Key,
        WebauthnError::UserHandle,
        WebauthnError::Signature,
    ];
    let names: std::collections::BTreeSet<&str> = errors.iter().map(|it| it.name()).collect();
    assert_eq!(names.len(), errors.len());
}

proptest! {
    #[test]
    fn any_bytes_are_parsed_or_rejected(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = RegistrationResponse::parse(&bytes);
        let _ = AuthenticationResponse::parse(&bytes);
        let signed = Signed {
            client_data: bytes.clone(),
            authenticator_data: bytes.clone(),
            ..signed()
        };
        let _ = AuthenticationResponse::parse(&signed.json());
    }
}
