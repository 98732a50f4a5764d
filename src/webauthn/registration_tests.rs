//! Registrations of a software authenticator.

use std::sync::LazyLock;

use ciborium::Value;
use serde_json::json;

use super::authenticator_tests::{
    AT, Authenticator, BE, BS, ED, Key, UP, UV, attestation_object, cbor_map, challenge,
    registration_json, relying_party, to_cbor,
};
use super::{
    Algorithm, ChallengePurpose, Challenges, NewCredential, RegistrationResponse, Transport,
    WebauthnError, verify_registration,
};
use crate::secret::Secret;

fn verify(json: &[u8]) -> Result<NewCredential, WebauthnError> {
    let challenge = challenge(ChallengePurpose::Register);
    verify_registration(
        &RegistrationResponse::parse(json)?,
        &relying_party(),
        &challenge,
    )
}

/// Registers with what `change` makes of an authenticator.
fn after(change: impl FnOnce(&mut Authenticator)) -> Result<NewCredential, WebauthnError> {
    let mut authenticator = Authenticator::registering(Algorithm::Es256);
    change(&mut authenticator);
    verify(&authenticator.register())
}

fn of_key(cose: Vec<u8>) -> Result<Algorithm, WebauthnError> {
    after(|it| it.cose = Some(cose)).map(|it| it.algorithm)
}

/// The members of a generated COSE key, to be changed.
fn members(algorithm: Algorithm) -> Vec<(i64, Value)> {
    // Generating an RSA key takes a second.
    static KEYS: LazyLock<[Vec<u8>; 3]> =
        LazyLock::new(|| Algorithm::ALL.map(|it| Key::generate(it.identifier()).cose()));
    let at = Algorithm::ALL.iter().position(|it| *it == algorithm);
    let key: Value = ciborium::from_reader(KEYS[at.unwrap()].as_slice()).unwrap();
    let members = key.into_map().unwrap().into_iter();
    let key = |key: Value| i64::try_from(key.into_integer().unwrap()).unwrap();
    members.map(|(name, value)| (key(name), value)).collect()
}

fn with(algorithm: Algorithm, label: i64, value: impl Into<Value>) -> Vec<u8> {
    let mut members = members(algorithm);
    let member = members.iter_mut().find(|(name, _)| *name == label);
    member.unwrap().1 = value.into();
    cbor_map(members)
}

#[test]
fn passkey_of_every_algorithm_is_accepted() {
    for algorithm in Algorithm::ALL {
        let mut authenticator = Authenticator::registering(algorithm);
        authenticator.flags |= BE;
        let expected = NewCredential {
            id: b"credential".to_vec(),
            public_key: authenticator.key.cose(),
            algorithm,
            counter: 7,
            backup_eligible: true,
            backup_state: false,
            aaguid: uuid::Uuid::from_bytes([0xaa; 16]),
            transports: vec![Transport::Hybrid, Transport::Internal],
        };
        assert_eq!(verify(&authenticator.register()), Ok(expected));
    }
}

#[test]
fn client_data_of_another_ceremony_is_rejected() {
    for (member, value, expected) in [
        ("type", json!("webauthn.get"), WebauthnError::Type),
        ("challenge", json!("AAAA"), WebauthnError::Challenge),
        (
            "origin",
            json!("https://evil.example"),
            WebauthnError::Origin,
        ),
        ("crossOrigin", json!(true), WebauthnError::CrossOrigin),
        (
            "topOrigin",
            json!("https://a.example"),
            WebauthnError::CrossOrigin,
        ),
        ("type", json!(1), WebauthnError::MalformedClientData),
        (
            "challenge",
            json!("AAA="),
            WebauthnError::MalformedClientData,
        ),
        (
            "crossOrigin",
            json!("false"),
            WebauthnError::MalformedClientData,
        ),
    ] {
        let rejected = after(|it| it.client_data[member] = value);
        assert_eq!(rejected, Err(expected), "{member}");
    }
}

#[test]
fn challenge_for_an_authentication_registers_nothing() {
    let authenticator = Authenticator::registering(Algorithm::Es256);
    let response = RegistrationResponse::parse(&authenticator.register()).unwrap();
    for purpose in [
        ChallengePurpose::SignIn,
        ChallengePurpose::Reauthenticate,
        ChallengePurpose::SecondFactor,
    ] {
        let rejected = verify_registration(&response, &relying_party(), &challenge(purpose));
        assert_eq!(rejected, Err(WebauthnError::Challenge));
    }
}

#[test]
fn flags_decide_who_was_there() {
    for flags in 0..=0x1f {
        let expected = match flags {
            _ if flags & UP == 0 => Err(WebauthnError::NotUserPresent),
            _ if flags & UV == 0 => Err(WebauthnError::NotUserVerified),
            _ if flags & BE == 0 && flags & BS != 0 => Err(WebauthnError::BackupFlags),
            _ => Ok((flags & BE != 0, flags & BS != 0)),
        };
        let verified = after(|it| it.flags = flags | AT);
        let backup = verified.map(|it| (it.backup_eligible, it.backup_state));
        assert_eq!(backup, expected, "{flags:#x}");
    }
}

#[test]
fn registration_for_another_rp_id_is_rejected() {
    assert_eq!(
        after(|it| it.rp_id = "example.com"),
        Err(WebauthnError::RpId)
    );
}

#[test]
fn registration_without_a_credential_is_rejected() {
    let rejected = after(|it| it.flags &= !AT);
    assert_eq!(rejected, Err(WebauthnError::MalformedAuthenticatorData));
}

#[test]
fn credential_id_that_differs_from_the_authenticators_is_rejected() {
    let authenticator = Authenticator::registering(Algorithm::Es256);
    let data = authenticator.authenticator_data();
    let object = attestation_object("none", Value::Map(Vec::new()), &data);
    let client_data = authenticator.client_data.to_string();
    let json = registration_json(b"credential2", client_data.as_bytes(), &object);
    assert_eq!(verify(&json), Err(WebauthnError::CredentialId));
}

#[test]
fn credential_id_has_1_to_1023_bytes() {
    for length in [1, 1023] {
        assert!(after(|it| it.id = vec![1; length]).is_ok());
    }
    for length in [0, 1024, 2000] {
        let rejected = after(|it| it.id = vec![1; length]);
        assert_eq!(rejected, Err(WebauthnError::MalformedResponse));

        // The browser's copy is of the right length.
        let authenticator = Authenticator {
            id: vec![1; length],
            ..Authenticator::registering(Algorithm::EdDsa)
        };
        let data = authenticator.authenticator_data();
        let object = attestation_object("none", Value::Map(Vec::new()), &data);
        let client_data = authenticator.client_data.to_string();
        let json = registration_json(b"credential", client_data.as_bytes(), &object);
        let rejected = verify(&json).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedAuthenticatorData);
    }
}

#[test]
fn attestation_statement_is_ignored_whatever_its_format() {
    let authenticator = Authenticator::registering(Algorithm::Es256);
    let (data, client_data) = (
        authenticator.authenticator_data(),
        authenticator.client_data.to_string(),
    );
    let statement = Value::Map(vec![
        ("alg".into(), (-7).into()),
        ("sig".into(), vec![0_u8; 70].into()),
        ("x5c".into(), Value::Array(vec![Value::Bytes(vec![0; 900])])),
    ]);
    for fmt in ["none", "packed", "tpm", "android-safetynet", "new"] {
        let object = attestation_object(fmt, statement.clone(), &data);
        let json = registration_json(&authenticator.id, client_data.as_bytes(), &object);
        assert!(verify(&json).is_ok(), "{fmt}");
    }
}

#[test]
fn malformed_attestation_object_is_rejected() {
    let authenticator = Authenticator::registering(Algorithm::Es256);
    let data = Value::Bytes(authenticator.authenticator_data());
    let client_data = authenticator.client_data.to_string();
    let fmt = || ("fmt".into(), "none".into());
    let statement = || ("attStmt".into(), Value::Map(Vec::new()));
    let object = || vec![fmt(), statement(), ("authData".into(), data.clone())];
    let verify = |object: &[u8]| {
        verify(&registration_json(
            &authenticator.id,
            client_data.as_bytes(),
            object,
        ))
    };
    assert!(verify(&to_cbor(&Value::Map(object()))).is_ok());

    let mut malformed = vec![Value::Array(vec![data.clone()]), data.clone(), Value::Null];
    for missing in 0..3 {
        let mut members = object();
        members.remove(missing);
        malformed.push(Value::Map(members));
        let mut members = object();
        members[missing].1 = Value::Null;
        malformed.push(Value::Map(members));
        let mut members = object();
        members.push(members[missing].clone());
        malformed.push(Value::Map(members));
    }
    for value in malformed {
        let rejected = verify(&to_cbor(&value)).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedAttestationObject);
    }
    let whole = to_cbor(&Value::Map(object()));
    for end in [[0].as_slice(), &whole] {
        let rejected = verify(&[whole.as_slice(), end].concat()).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedAttestationObject);
    }
}

#[test]
fn extension_outputs_are_ignored_and_nothing_follows_them() {
    let outputs = to_cbor(&Value::Map(vec![("credProtect".into(), 3.into())]));
    let with_tail = |flags, tail: Vec<u8>| {
        after(|it| {
            it.flags |= flags;
            it.tail = tail;
        })
    };
    assert!(with_tail(ED, outputs.clone()).is_ok());
    for (flags, tail) in [
        (0, outputs.clone()),
        (ED, Vec::new()),
        (ED, [outputs.as_slice(), &[0]].concat()),
        (ED, vec![0x80]),
    ] {
        let rejected = with_tail(flags, tail).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedAuthenticatorData);
    }
}

#[test]
fn key_of_another_algorithm_is_rejected() {
    for algorithm in [-35, -36, -37, -47, -53, -65535, -19, -9, -257] {
        let expected = match algorithm {
            // Accepted, but not for a key of this type.
            -257 => WebauthnError::Key,
            _ => WebauthnError::Algorithm,
        };
        let key = with(Algorithm::Es256, 3, algorithm);
        assert_eq!(of_key(key), Err(expected), "{algorithm}");
    }
    let unregistered = with(Algorithm::Es256, 3, -1_000);
    assert_eq!(of_key(unregistered), Err(WebauthnError::Key));
    let mut without = members(Algorithm::Es256);
    without.retain(|(label, _)| *label != 3);
    assert_eq!(of_key(cbor_map(without)), Err(WebauthnError::Key));
}

#[test]
fn malformed_curve_key_is_rejected() {
    let off_the_curve = {
        let mut members = members(Algorithm::Es256);
        let y = members[4].1.as_bytes_mut().unwrap();
        y[31] ^= 1;
        cbor_map(members)
    };
    let split_elsewhere = {
        let mut members = members(Algorithm::Es256);
        let first = members[4].1.as_bytes_mut().unwrap().remove(0);
        members[3].1.as_bytes_mut().unwrap().push(first);
        cbor_map(members)
    };
    for key in [
        off_the_curve,
        split_elsewhere,
        with(Algorithm::Es256, 1, 1),
        with(Algorithm::Es256, -1, 2),
        with(Algorithm::Es256, -1, "P-256"),
        with(Algorithm::Es256, -2, vec![0; 32]),
        with(Algorithm::Es256, -2, vec![0xff; 32]),
        with(Algorithm::Es256, -3, vec![1; 31]),
        with(Algorithm::Es256, -3, vec![1; 33]),
        // A compressed point.
        with(Algorithm::Es256, -3, true),
        with(Algorithm::EdDsa, 1, 2),
        // Ed448.
        with(Algorithm::EdDsa, -1, 7),
        with(Algorithm::EdDsa, -2, vec![1; 31]),
        with(Algorithm::EdDsa, -2, vec![1; 57]),
    ] {
        assert_eq!(of_key(key), Err(WebauthnError::Key));
    }
}

#[test]
fn rsa_modulus_has_2048_to_8192_bits() {
    let modulus = |first: u8, length| {
        let mut n = vec![0xff; length];
        n[0] = first;
        of_key(with(Algorithm::Rs256, -1, n))
    };
    assert_eq!(modulus(0x80, 256), Ok(Algorithm::Rs256));
    assert_eq!(modulus(0xff, 1024), Ok(Algorithm::Rs256));
    for (first, length) in [(0x7f, 256), (0xff, 255), (1, 1025), (0, 257), (0xff, 128)] {
        assert_eq!(modulus(first, length), Err(WebauthnError::Key));
    }
    let mut even = vec![0xff; 256];
    even[255] = 0xfe;
    for n in [even, Vec::new(), vec![0; 256]] {
        assert_eq!(
            of_key(with(Algorithm::Rs256, -1, n)),
            Err(WebauthnError::Key)
        );
    }
}

#[test]
fn rsa_exponent_is_odd_and_small() {
    for e in [vec![3], vec![1, 0, 1]] {
        let key = with(Algorithm::Rs256, -2, e);
        assert_eq!(of_key(key), Ok(Algorithm::Rs256));
    }
    for e in [
        vec![],
        vec![0],
        vec![1],
        vec![2],
        vec![0, 1, 0, 1],
        vec![1; 5],
    ] {
        let key = with(Algorithm::Rs256, -2, e);
        assert_eq!(of_key(key), Err(WebauthnError::Key));
    }
}

#[test]
fn key_with_other_or_repeated_parameters_is_rejected() {
    for algorithm in Algorithm::ALL {
        for (label, value) in [
            (2, Value::Bytes(vec![1])),
            (4, Value::Array(vec![2.into()])),
            (5, Value::Bytes(vec![1])),
            (-4, Value::Bytes(vec![1; 32])),
            (3, algorithm.identifier().into()),
            (-1, 1.into()),
        ] {
            let mut members = members(algorithm);
            members.push((label, value));
            assert_eq!(of_key(cbor_map(members)), Err(WebauthnError::Key));
        }
    }
    assert_eq!(of_key(vec![0xa0]), Err(WebauthnError::Key));
    assert_eq!(of_key(vec![0x80]), Err(WebauthnError::Key));
    // No CBOR value at all, so it is not known where the key ends.
    assert_eq!(
        of_key(vec![0xff]),
        Err(WebauthnError::MalformedAuthenticatorData)
    );
}

#[test]
fn registration_with_an_issued_challenge_is_accepted() {
    let challenges = Challenges::new(&Secret::new(&[7; 32])).unwrap();
    let issued = challenges.issue([3; 16], 1000, ChallengePurpose::Register, b"session");
    let mut authenticator = Authenticator::registering(Algorithm::Es256);
    authenticator.client_data["challenge"] = json!(super::base64url::encode(issued.bytes()));

    let response = RegistrationResponse::parse(&authenticator.register()).unwrap();
    let verify = |binding: &[u8]| {
        challenges.verify(
            response.challenge(),
            ChallengePurpose::Register,
            binding,
            999,
        )
    };
    assert_eq!(verify(b"another").unwrap_err(), WebauthnError::Challenge);
    let accepted = verify(b"session").unwrap();
    assert!(verify_registration(&response, &relying_party(), &accepted).is_ok());
}
