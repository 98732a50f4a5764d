//! Authentications of a software authenticator.

use serde_json::json;

use super::authentication::Authentication;
use super::authenticator_tests::{
    AT, Authenticator, BE, BS, CHALLENGE, ED, Key, Signed, UP, UV, challenge, relying_party,
    spoiled, to_cbor,
};
use super::{
    Algorithm, AuthenticationResponse, ChallengePurpose, Challenges, SignatureCounter,
    StoredCredential, TIMEOUT_SECONDS, WebauthnError, verify_authentication,
};
use crate::secret::Secret;

fn stored<'a>(signed: &'a Signed, key: &'a [u8]) -> StoredCredential<'a> {
    StoredCredential {
        id: &signed.id,
        public_key: key,
        user_handle: b"user",
        counter: 6,
        backup_eligible: false,
    }
}

fn verify(signed: &Signed, stored: StoredCredential<'_>) -> Result<Authentication, WebauthnError> {
    let response = AuthenticationResponse::parse(&signed.json())?;
    let challenge = challenge(ChallengePurpose::SignIn);
    verify_authentication(&response, &relying_party(), &challenge, stored)
}

/// Signs with what `change` makes of an authenticator, and verifies.
fn after(change: impl FnOnce(&mut Authenticator)) -> Result<Authentication, WebauthnError> {
    let mut authenticator = Authenticator::authenticating(Algorithm::EdDsa);
    change(&mut authenticator);
    let (signed, key) = (authenticator.authenticate(), authenticator.key.cose());
    verify(&signed, stored(&signed, &key))
}

#[test]
fn passkey_of_every_algorithm_is_accepted() {
    for algorithm in Algorithm::ALL {
        let authenticator = Authenticator::authenticating(algorithm);
        let (signed, key) = (authenticator.authenticate(), authenticator.key.cose());
        let expected = Authentication {
            user_handle: Some(b"user".to_vec()),
            counter: SignatureCounter { old: 6, new: 7 },
            backup_eligible: false,
            backup_eligibility_changed: false,
            backup_state: false,
        };
        assert_eq!(verify(&signed, stored(&signed, &key)), Ok(expected));
    }
}

#[test]
fn passkey_with_a_byte_off_is_rejected() {
    for algorithm in Algorithm::ALL {
        let authenticator = Authenticator::authenticating(algorithm);
        let (signed, key) = (authenticator.authenticate(), authenticator.key.cose());
        let reject = |changed: Signed, key: &[u8]| {
            let verified = verify(&changed, stored(&signed, key));
            assert!(verified.is_err(), "{algorithm:?}");
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
}

#[test]
fn passkey_of_another_key_is_rejected() {
    let others = Algorithm::ALL.map(|algorithm| Key::generate(algorithm.identifier()).cose());
    for signer in Algorithm::ALL {
        let signed = Authenticator::authenticating(signer).authenticate();
        for other in &others {
            let rejected = verify(&signed, stored(&signed, other));
            assert_eq!(rejected, Err(WebauthnError::Signature));
        }
    }
}

#[test]
fn passkey_of_another_origin_is_rejected() {
    for origin in [
        "http://example.org",
        "https://example.org:8443",
        "https://example.org/",
        "https://EXAMPLE.org",
        "https://evil.example.org",
        "https://example.org.evil.example",
        "null",
        "",
    ] {
        let rejected = after(|it| it.client_data["origin"] = json!(origin));
        assert_eq!(rejected, Err(WebauthnError::Origin), "{origin}");
    }
    let second = after(|it| it.client_data["origin"] = json!("https://app.example.org"));
    assert!(second.is_ok());
}

#[test]
fn passkey_used_in_a_frame_of_another_origin_is_rejected() {
    let rejected = after(|it| it.client_data["crossOrigin"] = json!(true));
    assert_eq!(rejected, Err(WebauthnError::CrossOrigin));
    let rejected = after(|it| it.client_data["topOrigin"] = json!("https://example.org"));
    assert_eq!(rejected, Err(WebauthnError::CrossOrigin));

    let without = after(|it| {
        let members = it.client_data.as_object_mut().unwrap();
        members.remove("crossOrigin");
    });
    assert!(without.is_ok());
}

#[test]
fn passkey_of_another_rp_id_type_or_challenge_is_rejected() {
    assert_eq!(
        after(|it| it.rp_id = "example.com"),
        Err(WebauthnError::RpId)
    );
    for kind in ["webauthn.create", "payment.get", "webauthn.get ", ""] {
        let rejected = after(|it| it.client_data["type"] = json!(kind));
        assert_eq!(rejected, Err(WebauthnError::Type), "{kind}");
    }
    for other in [b"another challenge".as_slice(), b"", &CHALLENGE[1..]] {
        let text = super::base64url::encode(other);
        let rejected = after(|it| it.client_data["challenge"] = json!(text));
        assert_eq!(rejected, Err(WebauthnError::Challenge));
    }
}

#[test]
fn challenge_for_a_registration_authenticates_nobody() {
    let authenticator = Authenticator::authenticating(Algorithm::EdDsa);
    let (signed, key) = (authenticator.authenticate(), authenticator.key.cose());
    let response = AuthenticationResponse::parse(&signed.json()).unwrap();
    let rejected = verify_authentication(
        &response,
        &relying_party(),
        &challenge(ChallengePurpose::Register),
        stored(&signed, &key),
    );
    assert_eq!(rejected, Err(WebauthnError::Challenge));
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
        let verified = after(|it| it.flags = flags);
        let backup = verified.map(|it| (it.backup_eligible, it.backup_state));
        assert_eq!(backup, expected, "{flags:#x}");
    }
}

#[test]
fn changed_backup_eligibility_is_reported_and_accepted() {
    let now_eligible = after(|it| it.flags |= BE | BS).unwrap();
    assert!(now_eligible.backup_eligibility_changed);
    let still_not = after(|_| {}).unwrap();
    assert!(!still_not.backup_eligibility_changed);
}

#[test]
fn counter_that_went_back_is_reported_and_accepted() {
    for (old, new, went_back) in [
        (0, 0, false),
        (0, 1, false),
        (6, 7, false),
        (7, 7, true),
        (8, 7, true),
        (8, 0, true),
        (u32::MAX, 0, true),
        (0, u32::MAX, false),
    ] {
        let mut authenticator = Authenticator::authenticating(Algorithm::EdDsa);
        authenticator.counter = new;
        let (signed, key) = (authenticator.authenticate(), authenticator.key.cose());
        let stored = StoredCredential {
            counter: old,
            ..stored(&signed, &key)
        };
        let verified = verify(&signed, stored).unwrap();
        assert_eq!(verified.counter, SignatureCounter { old, new });
        assert_eq!(verified.counter.went_back(), went_back);
    }
}

#[test]
fn user_handle_is_required_without_a_known_user_and_never_of_another() {
    let authenticator = Authenticator::authenticating(Algorithm::EdDsa);
    let (signed, key) = (authenticator.authenticate(), authenticator.key.cose());
    let purposes = [
        (ChallengePurpose::SignIn, false),
        (ChallengePurpose::SecondFactor, true),
        (ChallengePurpose::Reauthenticate, true),
    ];
    for (purpose, may_lack) in purposes {
        for (handle, expected) in [
            (Some(b"user".to_vec()), true),
            (Some(b"another".to_vec()), false),
            (None, may_lack),
        ] {
            let signed = Signed {
                user_handle: handle.clone(),
                ..signed.clone()
            };
            let response = AuthenticationResponse::parse(&signed.json()).unwrap();
            assert_eq!(response.user_handle(), handle.as_deref());
            let verified = verify_authentication(
                &response,
                &relying_party(),
                &challenge(purpose),
                stored(&signed, &key),
            );
            let expected = expected.then_some(handle).ok_or(WebauthnError::UserHandle);
            assert_eq!(verified.map(|it| it.user_handle), expected, "{purpose:?}");
        }
    }
}

#[test]
fn stored_passkey_with_another_id_is_rejected() {
    let authenticator = Authenticator::authenticating(Algorithm::EdDsa);
    let (signed, key) = (authenticator.authenticate(), authenticator.key.cose());
    let other = StoredCredential {
        id: b"credential2",
        ..stored(&signed, &key)
    };
    assert_eq!(verify(&signed, other), Err(WebauthnError::CredentialId));
}

#[test]
fn extension_outputs_are_ignored_and_nothing_follows_them() {
    let outputs = to_cbor(&ciborium::Value::Map(vec![(
        "credProtect".into(),
        3.into(),
    )]));
    let with_tail = |flags, tail: Vec<u8>| {
        after(|it| {
            it.flags |= flags;
            it.tail = tail;
        })
    };
    assert!(with_tail(ED, outputs.clone()).is_ok());
    for (flags, tail) in [
        (0, outputs.clone()),
        (0, vec![0]),
        (ED, Vec::new()),
        (ED, [outputs.as_slice(), &[0]].concat()),
        (ED, outputs[..outputs.len() - 1].to_vec()),
        // An array is not a map.
        (ED, vec![0x80]),
    ] {
        let rejected = with_tail(flags, tail).unwrap_err();
        assert_eq!(rejected, WebauthnError::MalformedAuthenticatorData);
    }
}

#[test]
fn key_in_an_authentication_is_not_used() {
    let attacker = Authenticator::authenticating(Algorithm::EdDsa);
    let owner = Key::generate(Algorithm::EdDsa.identifier()).cose();
    let signed = Authenticator {
        flags: UP | UV | AT,
        ..attacker
    }
    .authenticate();
    assert_eq!(
        verify(&signed, stored(&signed, &owner)),
        Err(WebauthnError::Signature)
    );
}

#[test]
fn ceremony_with_an_issued_challenge_is_accepted() {
    let challenges = Challenges::new(&Secret::new(&[7; 32])).unwrap();
    let issue = |random| {
        let expires_at = 1_000 + TIMEOUT_SECONDS;
        challenges.issue(
            random,
            expires_at,
            ChallengePurpose::SecondFactor,
            b"sign-in",
        )
    };
    let issued = issue([3; 16]);
    let mut authenticator = Authenticator::authenticating(Algorithm::Es256);
    authenticator.client_data["challenge"] = json!(super::base64url::encode(issued.bytes()));
    let (signed, key) = (authenticator.authenticate(), authenticator.key.cose());

    let response = AuthenticationResponse::parse(&signed.json()).unwrap();
    assert_eq!(response.credential_id(), b"credential");
    let accepted = challenges
        .verify(
            response.challenge(),
            ChallengePurpose::SecondFactor,
            b"sign-in",
            1_299,
        )
        .unwrap();
    let verify = |challenge| {
        verify_authentication(
            &response,
            &relying_party(),
            challenge,
            stored(&signed, &key),
        )
    };
    assert!(verify(&accepted).is_ok());

    assert_eq!(verify(&issue([4; 16])), Err(WebauthnError::Challenge));
}
