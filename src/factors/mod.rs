//! Second factors and passkeys: the codes of authenticator apps, recovery codes, passkeys, and sign-ins that wait for a
//! second step.
//!
//! Owns `totp_secrets`, `recovery_codes`, `passkeys`, `sign_in_challenges`, `used_ceremonies` and `factor_removals`.
//! Invariants: a code, a
//! ceremony of a passkey and a challenge are each accepted once, on any number of instances; a secret is stored sealed, a
//! code and a token as keyed hashes; an account has a factor while its row exists. Knows no password, session or email.

mod available;
mod ceremony;
mod challenge;
mod other_domains;
mod passkey;
mod personal_data;
mod recovery_code;
mod recovery_codes;
mod removals;
mod second_factors;
mod sweep;
mod totp;
mod totp_secrets;

pub(crate) use available::{Available, remove_all, remove_since};
pub(crate) use ceremony::Ceremony;
pub(crate) use challenge::{NewChallenge, SignInChallenge, void_challenges};
pub(crate) use passkey::{AddError, MAX_PASSKEYS, NewPasskey, Passkey, PasskeyUse};
pub(crate) use personal_data::{count, export, forget};
pub(crate) use recovery_code::{RecoveryCode, RecoveryCodes};
pub(crate) use recovery_codes::{codes_left, remove_codes};
pub(crate) use removals::{
    Removal, discard_removal, find_removal, list_due_removals, schedule_removal, was_used_since,
};
pub(crate) use second_factors::SecondFactors;
pub(crate) use sweep::{
    list_abandoned, remove_challenge, sweep_ceremonies, sweep_challenges, sweep_pending,
};
pub(crate) use totp::{Enrollment, TotpSecret};
pub(crate) use totp_secrets::{AuthenticatorApp, CodeCheck, Confirmation, find_app, void_pending};
