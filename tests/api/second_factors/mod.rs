//! Second factors: authenticator apps, recovery codes, sign-ins in two steps, step-up and policy.

mod guessing;
mod lost;
mod policy;
mod recovery_codes;
mod removal;
mod removal_canceled;
mod sign_in;
mod step_up;
mod totp;
