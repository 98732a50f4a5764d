//! The vectors of Project Wycheproof for signed texts, against what verifies ours. wycheproof/README.md says
//! where they come from.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::DateTime;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};

use super::access_token::AccessTokens;
use super::compact::Parts;
use super::key_set::{Jwk, Key, KeySet};
use super::signing_keys::generate;
use crate::config::{Config, SigningAlgorithm};
use crate::metrics::Metrics;

/// The public key of all vectors.
const X: &str = "04N0xi21hshyvBp7I167sbE_bXqyqkAPfefdklMO7wY";
const Y: &str = "UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgmw";

fn key() -> Key {
    // Nothing is signed with it here, so any private key will do.
    let (public, private) = generate(SigningAlgorithm::Es256).unwrap();
    Key {
        kid: "kid-ec-sign".to_owned(),
        algorithm: Algorithm::ES256,
        encoding: EncodingKey::from_ec_der(&private),
        decoding: DecodingKey::from_ec_components(X, Y).unwrap(),
        jwk: Jwk::new("kid-ec-sign", Algorithm::ES256, &public).unwrap(),
        signs_from: DateTime::UNIX_EPOCH,
        verifies_until: None,
    }
}

#[test]
fn every_vector_for_our_algorithm_comes_out_as_it_should() {
    let key = key();
    let mut valid = 0;
    for line in include_str!("wycheproof/es256.csv").lines() {
        let [id, result, comment, jws] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let is_signed = Parts::of(jws).is_some_and(|parts| parts.are_signed_by(&key));
        assert_eq!(is_signed, result == "valid", "{id}: {comment}");
        valid += usize::from(is_signed);
    }
    assert_eq!(valid, 2);
}

#[test]
fn no_vector_is_an_access_token() {
    let config = Config::load(&BTreeMap::new(), None).unwrap().tokens;
    let tokens = AccessTokens::new(&config, KeySet::new([key()]), Arc::new(Metrics::new()));
    let ours = include_str!("wycheproof/es256.csv").lines();
    let others = include_str!("wycheproof/others.csv").lines();
    let mut tried = 0;
    for line in ours.chain(others) {
        let jws = line.rsplit(',').next().unwrap();
        assert!(tokens.verify(jws, DateTime::UNIX_EPOCH).is_err(), "{line}");
        tried += 1;
    }
    assert_eq!(tried, 48);
}
