//! The test vectors of Web Authentication Level 3, section 16. vectors/README.md describes them.

use proptest::prelude::*;

use super::authentication::signed_bytes;
use super::authenticator_tests::{Signed, UV, registration_json, relying_party, sha256, spoiled};
use super::invariants::passkeys;
use super::public_key::PublicKey;
use super::published::{self, Registration, registrations};
use super::{
    Algorithm, AuthenticationResponse, Challenge, ChallengePurpose, NewCredential,
    RegistrationResponse, StoredCredential, WebauthnError, verify_authentication,
    verify_registration,
};

fn register(vector: &Registration) -> Result<NewCredential, WebauthnError> {
    let json = registration_json(&vector.id, &vector.client_data, &vector.object);
    let challenge = Challenge::of_vector(&vector.challenge, ChallengePurpose::Register);
    verify_registration(
        &RegistrationResponse::parse(&json)?,
        &relying_party(),
        &challenge,
    )
}

/// Says that the user was verified. No vector's signature is checked that covers it.
fn with_user_verified(mut vector: Registration) -> Registration {
    let hash = sha256(b"example.org");
    let at = vector.object.windows(32).position(|it| it == hash).unwrap();
    vector.object[at + 32] |= UV;
    vector
}

/// The authentications: section, challenge and response, each with the key of the registration.
fn authentications() -> Vec<(&'static str, Vec<u8>, Signed, Vec<u8>)> {
    let read = published::authentications().into_iter().map(|vector| {
        let signed = Signed {
            id: vector.id,
            client_data: vector.client_data,
            authenticator_data: vector.authenticator_data,
            signature: vector.signature,
            user_handle: None,
        };
        (vector.section, vector.challenge, signed, vector.key)
    });
    read.collect()
}

fn authenticate(signed: &Signed, challenge: &[u8], key: &[u8]) -> Result<(), WebauthnError> {
    let stored = StoredCredential {
        id: &signed.id,
        public_key: key,
        user_handle: b"user",
        counter: 0,
        backup_eligible: true,
    };
    let challenge = Challenge::of_vector(challenge, ChallengePurpose::SecondFactor);
    let response = AuthenticationResponse::parse(&signed.json())?;
    verify_authentication(&response, &relying_party(), &challenge, stored).map(|_| ())
}

#[test]
fn published_registrations_with_user_verification_are_accepted() {
    let mut accepted = Vec::new();
    for vector in registrations() {
        let expected = match vector.section {
            "16.3" | "16.7" | "16.10" => None,
            "16.4" | "16.5" => Some(WebauthnError::CrossOrigin),
            "16.9" => Some(WebauthnError::Algorithm),
            _ => Some(WebauthnError::NotUserVerified),
        };
        let section = vector.section;
        let verified = register(&vector);
        assert_eq!(verified.as_ref().err().copied(), expected, "{section}");
        accepted.extend(verified);
    }
    let algorithms: Vec<Algorithm> = accepted.iter().map(|it| it.algorithm).collect();
    assert_eq!(
        algorithms,
        [Algorithm::Es256, Algorithm::Es256, Algorithm::Rs256]
    );
    let self_attested = &accepted[0];
    assert_eq!(
        self_attested.aaguid.to_string(),
        "df850e09-db6a-fbdf-ab51-697791506cfc"
    );
    assert_eq!(self_attested.counter, 0);
    assert!(self_attested.backup_eligible && self_attested.backup_state);
}

#[test]
fn published_registrations_are_accepted_once_the_user_is_verified() {
    for vector in registrations() {
        let expected = match vector.section {
            "16.4" | "16.5" => Err(WebauthnError::CrossOrigin),
            "16.8" | "16.9" => Err(WebauthnError::Algorithm),
            "16.10" => Ok(Algorithm::Rs256),
            "16.11" => Ok(Algorithm::EdDsa),
            _ => Ok(Algorithm::Es256),
        };
        let section = vector.section;
        let (id, verified) = (vector.id.clone(), register(&with_user_verified(vector)));
        assert!(verified.iter().all(|it| it.id == id), "{section}");
        assert_eq!(verified.map(|it| it.algorithm), expected, "{section}");
    }
}

#[test]
fn published_registrations_cut_anywhere_are_rejected() {
    for mut vector in registrations() {
        let (object, client_data) = (vector.object.clone(), vector.client_data.clone());
        for length in 0..object.len() {
            vector.object.truncate(0);
            vector.object.extend(&object[..length]);
            assert!(register(&vector).is_err(), "{} {length}", vector.section);
        }
        vector.object = [object.as_slice(), &[0xf6]].concat();
        assert!(register(&vector).is_err(), "{}", vector.section);
        vector.object = object;
        for length in 0..client_data.len() {
            vector.client_data = client_data[..length].to_vec();
            assert!(register(&vector).is_err(), "{} {length}", vector.section);
        }
    }
}

#[test]
fn published_authentications_with_user_verification_are_accepted() {
    for (section, challenge, signed, key) in authentications() {
        let expected = match section {
            "16.6" | "16.7" => Ok(()),
            "16.4" | "16.5" => Err(WebauthnError::CrossOrigin),
            _ => Err(WebauthnError::NotUserVerified),
        };
        let verified = authenticate(&signed, &challenge, &key);
        assert_eq!(verified, expected, "{section}");
    }
}

#[test]
fn published_authentications_with_a_byte_off_are_rejected() {
    let mut tried = 0;
    for (section, challenge, signed, key) in authentications() {
        let mut reject = |signed: Signed, key: &[u8]| {
            let verified = authenticate(&signed, &challenge, key);
            assert!(verified.is_err(), "{section}");
            tried += 1;
        };
        for client_data in spoiled(&signed.client_data) {
            let signed = signed.clone();
            reject(
                Signed {
                    client_data,
                    ..signed
                },
                &key,
            );
        }
        for authenticator_data in spoiled(&signed.authenticator_data) {
            let signed = signed.clone();
            reject(
                Signed {
                    authenticator_data,
                    ..signed
                },
                &key,
            );
        }
        for signature in spoiled(&signed.signature) {
            let signed = signed.clone();
            reject(
                Signed {
                    signature,
                    ..signed
                },
                &key,
            );
        }
        for key in spoiled(&key) {
            reject(signed.clone(), &key);
        }
    }
    assert!(tried > 10_000, "{tried}");
}

/// The signature alone, because most vectors are rejected earlier: their user is not verified.
#[test]
fn published_signatures_are_valid_for_exactly_their_data_and_key() {
    for (section, _, signed, key) in authentications() {
        let response = AuthenticationResponse::parse(&signed.json()).unwrap();
        let message = signed_bytes(&response);
        let parsed = PublicKey::parse(&key).unwrap();
        assert_eq!(
            parsed.verify(&message, &signed.signature),
            Ok(()),
            "{section}"
        );
        for signature in spoiled(&signed.signature) {
            assert!(parsed.verify(&message, &signature).is_err(), "{section}");
        }
        for message in spoiled(&message) {
            assert!(
                parsed.verify(&message, &signed.signature).is_err(),
                "{section}"
            );
        }
        for key in spoiled(&key) {
            let verified = PublicKey::parse(&key)
                .and_then(|parsed| parsed.verify(&message, &signed.signature));
            assert!(verified.is_err(), "{section}");
        }
    }
}

proptest! {
    #[test]
    fn changed_published_ceremony_fulfills_the_invariants(
        data in proptest::collection::vec(any::<u8>(), 5..40),
    ) {
        passkeys(&data);
    }
}
