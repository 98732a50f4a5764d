//! The contents of the emails, one file each.

mod address_in_use;
mod confirm_new_email;
mod content;
mod deletion_completed;
mod deletion_requested;
mod email_change_requested;
mod email_changed;
mod factor_added;
mod factor_name;
mod factor_removed;
mod factors_reset;
mod new_sign_in;
mod password_changed;
mod prove_address;
mod recovery_code_used;
mod recovery_codes_generated;
mod reset_password;
mod restore_access;
mod second_step_failed;
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
pub(crate) use factor_added::FactorAdded;
pub(crate) use factor_name::FactorName;
pub(crate) use factor_removed::FactorRemoved;
pub(crate) use factors_reset::FactorsReset;
pub(crate) use new_sign_in::NewSignIn;
pub(crate) use password_changed::PasswordChanged;
pub(crate) use prove_address::ProveAddress;
pub(crate) use recovery_code_used::RecoveryCodeUsed;
pub(crate) use recovery_codes_generated::RecoveryCodesGenerated;
pub(crate) use reset_password::ResetPassword;
pub(crate) use restore_access::RestoreAccess;
pub(crate) use second_step_failed::SecondStepFailed;
pub(crate) use sign_ins_failing::SignInsFailing;
pub(crate) use token_reused::TokenReused;
pub(crate) use username_changed::UsernameChanged;
pub(crate) use verify_email::VerifyEmail;
