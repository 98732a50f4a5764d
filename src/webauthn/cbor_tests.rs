//! CBOR that is made to exhaust memory or the stack.

use proptest::prelude::*;

use super::authenticator_data::AuthenticatorData;
use super::authenticator_tests::{
    Authenticator, UP, UV, attestation_object, registration_json, sha256,
};
use super::public_key::PublicKey;
use super::{Algorithm, RegistrationResponse, WebauthnError, cbor};

/// The largest value that fits into a response.
const MAX_BYTES: usize = 12 * 1024;

fn register(object: &[u8]) -> Result<RegistrationResponse, WebauthnError> {
    let client_data = Authenticator::registering(Algorithm::EdDsa)
        .client_data
        .to_string();
    let json = registration_json(b"credential", client_data.as_bytes(), object);
    RegistrationResponse::parse(&json)
}

#[test]
fn length_beyond_the_end_is_rejected_without_allocation() {
    // Byte and text strings, arrays and maps, with lengths of 1 to 8 bytes.
    for major in [0x40, 0x60, 0x80, 0xa0] {
        for (argument, length) in [
            (24, vec![0xff]),
            (25, vec![0xff; 2]),
            (26, vec![0x7f, 0xff, 0xff, 0xff]),
            (26, vec![0xff; 4]),
            (27, vec![0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            (27, vec![0, 0, 0, 0x10, 0, 0, 0, 0]),
            (27, vec![0xff; 8]),
        ] {
            let huge = [&[major | argument], length.as_slice()].concat();
            assert!(cbor::read(&huge).is_none());
            let object = [b"\xa1\x68authData".as_slice(), &huge, &[0; 40]].concat();
            let rejected = register(&object).unwrap_err();
            assert_eq!(rejected, WebauthnError::MalformedAttestationObject);
            assert_eq!(PublicKey::parse(&huge).unwrap_err(), WebauthnError::Key);
        }
    }
}

#[test]
fn deep_nesting_is_rejected() {
    // Arrays and maps, of definite and indefinite length, and tags.
    for open in [
        b"\x81".as_slice(),
        b"\x9f",
        b"\xa1\x00",
        b"\xa1",
        b"\xbf\x00",
        b"\xbf",
        b"\xc0",
        b"\xc2",
        b"\xd8\x20",
        b"\x5f",
        b"\x7f",
    ] {
        let depth = MAX_BYTES / open.len();
        let deep = [open.repeat(depth), vec![0]].concat();
        assert!(cbor::read(&deep).is_none(), "{open:x?}");
        let rejected = register(&deep[..MAX_BYTES - 1000]).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedAttestationObject);

        let mut data = sha256(b"example.org");
        data.push(UP | UV | 0x80);
        data.extend([0; 4]);
        data.extend(&deep);
        let rejected = AuthenticatorData::parse(&data).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedAuthenticatorData);
    }
}

#[test]
fn nesting_of_certificates_is_accepted() {
    let nested = |depth| [vec![0x81; depth], vec![0]].concat();
    assert!(cbor::read_all(&nested(8)).is_some());
    assert!(cbor::read_all(&nested(16)).is_some());
    assert!(cbor::read_all(&nested(17)).is_none());
}

#[test]
fn repetition_of_any_byte_is_read_or_rejected() {
    for byte in 0..=0xff {
        let bytes = vec![byte; MAX_BYTES];
        let _ = cbor::read(&bytes);
        let _ = PublicKey::parse(&bytes);
        let _ = AuthenticatorData::parse(&bytes);
        let _ = register(&bytes[..MAX_BYTES - 1000]);
    }
}

#[test]
fn value_ends_where_the_next_begins() {
    let (value, rest) = cbor::read(b"\x82\x01\x02\x03").unwrap();
    assert_eq!(value, ciborium::Value::Array(vec![1.into(), 2.into()]));
    assert_eq!(rest, b"\x03");
    assert_eq!(cbor::read_all(b"\x82\x01\x02\x03"), None);
    assert_eq!(cbor::read(b""), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_rejected(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = cbor::read(&bytes);
        let _ = PublicKey::parse(&bytes);
        let _ = AuthenticatorData::parse(&bytes);
    }

    #[test]
    fn changed_attestation_object_is_parsed_or_rejected(
        at in 0_usize..200,
        byte in any::<u8>(),
    ) {
        let data = Authenticator::registering(Algorithm::EdDsa).authenticator_data();
        let empty = ciborium::Value::Map(Vec::new());
        let mut object = attestation_object("none", empty, &data);
        let at = at % object.len();
        object[at] = byte;
        let _ = register(&object);
    }
}
