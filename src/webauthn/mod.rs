//! The relying party of Web Authentication Level 3: options for the browser, and verification of its responses.
//!
//! Pure logic. Knows no user, no table and no HTTP; the caller passes the time and random bytes. Everything a browser
//! sends is untrusted: sizes are limited, encodings are strict, and nothing is used before it is verified.
//!
//! 1. [`Challenges::issue`] returns a challenge for [`creation_options`] or [`request_options`].
//! 2. The browser answers. [`RegistrationResponse::parse`] or [`AuthenticationResponse::parse`] reads the JSON.
//! 3. [`Challenges::verify`] accepts the challenge in the response. Whether it was used before is for the caller to
//!    check, by [`Challenge::nonce`].
//! 4. [`verify_registration`] or [`verify_authentication`] verifies the rest.
//!
//! Deliberate choices: user verification is always required, attestation statements are ignored, a lower signature
//! counter is reported instead of rejected, and cross-origin use is rejected.

mod algorithm;
mod authentication;
#[cfg(test)]
mod authentication_tests;
mod authenticator_data;
#[cfg(test)]
mod authenticator_tests;
mod base64url;
mod cbor;
#[cfg(test)]
mod cbor_tests;
mod ceremony;
mod challenge;
mod client_data;
mod error;
#[cfg(any(test, fuzzing))]
pub(crate) mod invariants;
mod json_object;
mod options;
#[cfg(test)]
#[path = "../../tests/api/support/passkey.rs"]
mod passkey;
mod public_key;
#[cfg(any(test, fuzzing))]
mod published;
mod registration;
#[cfg(test)]
mod registration_tests;
mod relying_party;
mod response;
#[cfg(test)]
mod response_tests;
#[cfg(any(test, fuzzing))]
mod sent;
mod transport;
#[cfg(test)]
mod vectors_tests;

pub(crate) use algorithm::Algorithm;
pub(crate) use authentication::{SignatureCounter, StoredCredential, verify_authentication};
pub(crate) use challenge::{Challenge, ChallengePurpose, Challenges};
pub(crate) use error::WebauthnError;
pub(crate) use options::{
    Descriptor, TIMEOUT_SECONDS, UserEntity, creation_options, request_options,
};
pub(crate) use registration::{NewCredential, verify_registration};
pub(crate) use relying_party::RelyingParty;
pub(crate) use response::{AuthenticationResponse, RegistrationResponse};
pub(crate) use transport::Transport;
