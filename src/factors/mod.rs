//! Second factors: authenticator apps and recovery codes.
//!
//! Invariants: a code is accepted once; a secret is shown once and stored sealed; a recovery code is stored as a keyed
//! hash.

#![cfg_attr(
    not(test),
    expect(dead_code, reason = "the operations of second factors come next")
)]

mod recovery_code;
mod totp;

#[expect(unused_imports, reason = "the operations of second factors come next")]
pub(crate) use recovery_code::{RecoveryCode, RecoveryCodes};
#[expect(unused_imports, reason = "the operations of second factors come next")]
pub(crate) use totp::{Enrollment, TotpSecret};
