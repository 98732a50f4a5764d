//! The mutations on accounts.

pub(super) mod cancel_email_change;
pub(super) mod change_password;
mod email_text;
pub(super) mod login;
mod password_text;
pub(super) mod reauthenticate;
pub(super) mod register;
mod register_text;
pub(super) mod request_email_verification;
pub(super) mod request_password_reset;
pub(super) mod reset_password;
pub(super) mod sign_in_text;
pub(super) mod token_text;
pub(super) mod update_profile;
pub(super) mod verify_email;

pub(super) use cancel_email_change::CancelEmailChangeUserError;
pub(super) use change_password::ChangePasswordUserError;
pub(super) use login::LoginUserError;
pub(super) use reauthenticate::ReauthenticateUserError;
pub(super) use register::RegisterUserError;
pub(super) use request_email_verification::RequestEmailVerificationUserError;
pub(super) use request_password_reset::RequestPasswordResetUserError;
pub(super) use reset_password::ResetPasswordUserError;
pub(super) use update_profile::UpdateProfileUserError;
pub(super) use verify_email::VerifyEmailUserError;
