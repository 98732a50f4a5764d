//! The mutations on second factors, and the sign-ins that use them.

pub(super) mod add_passkey;
pub(super) mod cancel_factor_removal;
pub(super) mod complete_login;
pub(super) mod confirm_factor_removal;
pub(super) mod confirm_totp;
pub(super) mod enroll_totp;
mod enrolled;
mod factor_text;
pub(super) mod login_with_passkey;
mod mutation;
pub(super) mod proof;
pub(super) mod regenerate_recovery_codes;
pub(super) mod remove_factor;
pub(super) mod request_factor_removal;
pub(super) mod start_passkey;

pub(super) use add_passkey::AddPasskeyUserError;
pub(super) use cancel_factor_removal::CancelFactorRemovalUserError;
pub(super) use complete_login::CompleteLoginUserError;
pub(super) use confirm_factor_removal::ConfirmFactorRemovalUserError;
pub(super) use confirm_totp::ConfirmTotpUserError;
pub(super) use enroll_totp::EnrollTotpUserError;
pub(super) use factor_text::{factor_text, field_of, retry_at};
pub(super) use login_with_passkey::LoginWithPasskeyUserError;
pub(super) use mutation::FactorMutation;
pub(super) use regenerate_recovery_codes::RegenerateRecoveryCodesUserError;
pub(super) use remove_factor::RemoveFactorUserError;
pub(super) use request_factor_removal::RequestFactorRemovalUserError;
pub(super) use start_passkey::StartPasskeyUserError;
