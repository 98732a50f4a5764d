//! Invariants of passwords, for any input.
#![expect(clippy::missing_panics_doc, reason = "to panic is what they are for")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bcrypt_lanes::{Input, MAX_LANES, MAX_PASSWORD, bcrypt_batch};
use unicode_normalization::UnicodeNormalization as _;

use super::policy::{PasswordError, Policy, normalised, strength};
use crate::config::Config;

static POLICY: LazyLock<Option<Policy>> = LazyLock::new(|| {
    let config = Config::load(&BTreeMap::new(), None);
    config
        .ok()
        .map(|config| Policy::new(&config.passwords, vec!["Gatehouse".to_owned()]))
});

/// A password has one normal form, which is its own normal form. Passwords that the policy accepts are within its
/// bounds.
pub fn passwords(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let normal = normalised(&text);
    if let Some(normal) = &normal {
        assert!(!normal.is_empty() && !normal.contains(char::is_control));
        assert_eq!(normalised(normal).as_ref(), Some(normal));
        let composed: String = text.nfc().collect();
        assert_eq!(normalised(&composed).as_ref(), Some(normal), "{text:?}");
    }
    let Some(policy) = &*POLICY else { return };
    match policy.cheaply(&text) {
        Ok(accepted) => {
            assert_eq!(Some(&accepted), normal.as_ref());
            let length = accepted.chars().count();
            assert!((policy.min_length..=policy.max_length).contains(&length));
            assert!(strength(&accepted, &["ann.lee@example.org".to_owned()]) <= 4);
        }
        Err(password_error) => {
            let is_invalid = password_error == PasswordError::Invalid;
            assert!(!is_invalid || normal.is_none());
        }
    }
}

/// Passwords that are hashed side by side, one from each line after 16 bytes of salt, have the digests that the crate
/// `bcrypt` computes one after the other.
#[expect(clippy::disallowed_methods, reason = "answers no request")]
pub fn digests(data: &[u8]) {
    let lines = data.split(|byte| *byte == b'\n').take(MAX_LANES);
    let inputs: Vec<Input<'_>> = lines
        .map(|line| {
            let (start, password) = line.split_at(line.len().min(16));
            let mut salt = [0; 16];
            salt[..start.len()].copy_from_slice(start);
            let password = &password[..password.len().min(MAX_PASSWORD)];
            Input { salt, password }
        })
        .collect();
    let mut digests = vec![[0; 24]; inputs.len()];
    assert_eq!(bcrypt_batch(4, &inputs, &mut digests), Ok(()));
    for (input, digest) in inputs.iter().zip(digests) {
        let mut ended = input.password.to_vec();
        ended.push(0);
        ended.truncate(MAX_PASSWORD);
        assert_eq!(digest, bcrypt::bcrypt(4, input.salt, &ended));
    }
}
