//! Second factors: the codes of authenticator apps, and recovery codes.
//!
//! Knows no user and no table. A secret is sealed for storage, a recovery code stored as a keyed hash. That each code is
//! accepted once is for the caller to ensure.

#![expect(unused_imports, reason = "the operations of second factors come next")]
#![cfg_attr(
    not(test),
    expect(dead_code, reason = "the operations of second factors come next")
)]

mod recovery_code;
mod totp;

pub(crate) use recovery_code::{RecoveryCode, RecoveryCodes};
pub(crate) use totp::{Enrollment, TotpSecret};
