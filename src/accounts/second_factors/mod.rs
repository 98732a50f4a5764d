//! Signing in by second factors and passkeys, and managing them.

mod add_passkey;
mod cancel_factor_removal;
mod complete_factor_removals;
mod complete_login;
mod confirm_factor_removal;
mod confirm_totp;
mod enroll_totp;
mod enrollment;
mod expired_challenges;
mod factor_proof;
mod list;
mod login_with_passkey;
mod pending_sign_in;
mod regenerate_recovery_codes;
mod rejected_passkey;
mod remove_factor;
mod request_factor_removal;
mod reset_factors;
mod start_passkey;
mod step_up;
mod still_lost;

pub(crate) use add_passkey::{AddPasskey, AddPasskeyError, add_passkey};
pub(super) use cancel_factor_removal::call_off_removal;
pub(crate) use cancel_factor_removal::{
    CancelFactorRemovalError, cancel_factor_removal, discard_with_event,
};
pub(crate) use complete_factor_removals::complete_factor_removals;
pub(super) use complete_login::tell_of_recovery_code;
pub(crate) use complete_login::{CompleteLoginError, complete_login};
pub(crate) use confirm_factor_removal::confirm_factor_removal;
pub(crate) use confirm_totp::{ConfirmTotpError, confirm_totp};
pub(crate) use enroll_totp::{EnrollTotpError, TotpEnrollment, enroll_totp};
pub(crate) use enrollment::Enrolled;
pub(crate) use expired_challenges::remove_expired_challenges;
pub(crate) use factor_proof::{FactorError, FactorProof};
pub(super) use factor_proof::{VerifiedFactor, verify_factor};
pub(crate) use list::{Factors, list_factors};
pub(crate) use login_with_passkey::{LoginWithPasskeyError, login_with_passkey};
pub(crate) use pending_sign_in::PendingSignIn;
pub(super) use pending_sign_in::pending_sign_in;
pub(crate) use regenerate_recovery_codes::regenerate_recovery_codes;
pub(crate) use remove_factor::{RemoveFactorError, remove_factor};
pub(crate) use request_factor_removal::{RequestFactorRemovalError, request_factor_removal};
pub(crate) use reset_factors::reset_factors;
pub(crate) use start_passkey::{PasskeyPurpose, StartPasskeyError, start_passkey};
pub(super) use step_up::require_recent;
