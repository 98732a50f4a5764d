//! Accounts: registration, sign-in, password and profile.
//!
//! Owns `users`, `passwords`, `pending_registrations` and `username_reservations`. Invariants: an address and a
//! username belong to one account, which the database's unique indexes enforce; no password hash leaves this module;
//! every change is one transaction, conditional on what was checked before it began.

mod account_state;
mod adopt_registration;
mod answer_mail_requests;
mod cancel_email_change;
mod change_password;
mod complete_sign_in;
mod current_password;
mod email_address;
mod failed_login;
mod history;
mod identifier;
#[cfg(any(test, fuzzing))]
pub(crate) mod invariants;
mod links;
mod login;
mod notices;
mod pending_registrations;
mod personal_data;
mod profile_changes;
mod profile_fields;
mod profile_input;
mod proof;
mod queries;
mod reauthenticate;
mod register;
mod register_error;
mod registration_fields;
mod request_email_verification;
mod request_password_reset;
mod reset_password;
mod second_factors;
mod sign_in_state;
mod survey_passwords;
mod update_profile;
mod user;
mod username;
mod username_reservations;
mod verification_mails;
mod verify_email;

pub(crate) use account_state::{
    Secured, find_squatter, find_unverified, is_still_unverified, keep, lock_account,
    schedule_deletion, secure,
};
pub(crate) use adopt_registration::adopt_next;
pub(crate) use answer_mail_requests::answer_mail_requests;
pub(crate) use cancel_email_change::{CancelEmailChangeError, cancel_email_change};
pub(crate) use change_password::{
    ChangePassword, ChangePasswordError, PasswordChanged, change_password,
};
pub(crate) use complete_sign_in::{Completed, SignedIn};
pub(crate) use email_address::EmailAddress;
pub(crate) use history::list_history;
pub(crate) use links::{note_refused_link, reset_link, secure_account_link, start_lifetimes};
pub(crate) use login::{Login, LoginError, login};
pub(crate) use notices::{context, may_notify, recipient};
pub(crate) use pending_registrations::sweep_registrations;
pub(crate) use personal_data::{count, export, forget};
pub(crate) use profile_changes::Change;
pub(crate) use proof::{Proof, ProofError, Reauthenticated, verify_proof};
pub(crate) use queries::{find_user, find_user_by_email, get_user, signed_in_user};
pub(crate) use reauthenticate::{Credential, ReauthenticateError, Renewed, reauthenticate};
pub(crate) use register::{Register, Registered, register};
pub(crate) use register_error::RegisterError;
pub(crate) use request_email_verification::{
    RequestEmailVerificationError, request_email_verification,
};
pub(crate) use request_password_reset::{RequestPasswordResetError, request_password_reset};
pub(crate) use reset_password::{ResetPasswordError, reset_password};
pub(crate) use second_factors::{
    AddPasskey, AddPasskeyError, CancelFactorRemovalError, CompleteLoginError, ConfirmTotpError,
    EnrollTotpError, Enrolled, FactorError, FactorProof, Factors, LoginWithPasskeyError,
    PasskeyPurpose, PendingSignIn, RemoveFactorError, RequestFactorRemovalError, StartPasskeyError,
    TotpEnrollment, add_passkey, cancel_factor_removal, complete_factor_removals, complete_login,
    confirm_factor_removal, confirm_totp, discard_with_event, enroll_totp, list_factors,
    login_with_passkey, regenerate_recovery_codes, remove_expired_challenges, remove_factor,
    request_factor_removal, reset_factors, start_passkey,
};
pub(crate) use survey_passwords::survey_passwords;
pub(crate) use update_profile::{UpdateProfile, UpdateProfileError, update_profile};
pub(crate) use user::User;
pub(crate) use username_reservations::sweep;
pub(crate) use verify_email::{VerifyEmailError, find_verification, verify_email};
