//! The mutations on accounts.

pub(super) mod change_password;
pub(super) mod login;
mod password_text;
pub(super) mod register;
pub(super) mod update_profile;

pub(super) use change_password::ChangePasswordUserError;
pub(super) use login::LoginUserError;
pub(super) use register::RegisterUserError;
pub(super) use update_profile::UpdateProfileUserError;
