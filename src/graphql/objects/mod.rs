//! The output types, one file each. Every field is exposed explicitly.

mod account_deletion;
mod account_deletion_preview;
mod auth_settings;
mod auth_tokens;
mod authentication_method;
mod login_challenge;
mod second_factors;
mod security_event;
mod session;
mod user;

pub(super) use account_deletion::AccountDeletion;
pub(super) use account_deletion_preview::AccountDeletionPreview;
pub(super) use auth_settings::AuthSettings;
pub(super) use auth_tokens::AuthTokens;
pub(super) use authentication_method::AuthenticationMethod;
pub(super) use login_challenge::LoginChallenge;
pub(crate) use second_factors::FactorsOnce;
pub(super) use second_factors::{Passkey, SecondFactors};
pub(super) use security_event::SecurityEvent;
pub(crate) use session::session_loader;
pub(super) use session::{Session, SessionLoader};
pub(crate) use user::PreviewOnce;
pub(super) use user::User;
