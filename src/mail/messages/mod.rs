//! The contents of the emails, one file each.

mod address_in_use;
mod confirm_new_email;
mod content;
mod deletion_completed;
mod deletion_requested;
mod email_change_requested;
mod email_changed;
mod new_sign_in;
mod password_changed;
mod prove_address;
mod reset_password;
mod restore_access;
mod sign_ins_failing;
#[cfg(test)]
#[path = "messages_tests.rs"]
mod tests;
mod token_reused;
mod username_changed;
mod verify_email;

pub(crate) use address_in_use::AddressInUse;
pub(crate) use confirm_new_email::ConfirmNewEmail;
pub(crate) use content::{Content, EventContext, TokenLink};
pub(crate) use deletion_completed::DeletionCompleted;
pub(crate) use deletion_requested::DeletionRequested;
pub(crate) use email_change_requested::EmailChangeRequested;
pub(crate) use email_changed::EmailChanged;
pub(crate) use new_sign_in::NewSignIn;
pub(crate) use password_changed::PasswordChanged;
pub(crate) use prove_address::ProveAddress;
pub(crate) use reset_password::ResetPassword;
pub(crate) use restore_access::RestoreAccess;
pub(crate) use sign_ins_failing::SignInsFailing;
pub(crate) use token_reused::TokenReused;
pub(crate) use username_changed::UsernameChanged;
pub(crate) use verify_email::VerifyEmail;
