//! What people do with their account.

mod at_once;
mod cancel_email_change;
mod change_password;
mod contested_registrations;
mod lockout;
mod login;
mod passwords;
mod reauthenticate;
mod register;
mod register_verified;
mod request_email_verification;
mod request_password_reset;
mod reset_password;
mod strangers;
mod update_profile;
mod verify_email;
