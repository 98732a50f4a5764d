//! The tables: columns without behavior, hooks or defaults.
#![expect(unreachable_pub, reason = "the derives make public types of them")]

pub(crate) mod account_deletions;
pub(crate) mod factor_removals;
pub(crate) mod known_devices;
pub(crate) mod login_failures;
pub(crate) mod mail_counts;
pub(crate) mod mail_requests;
pub(crate) mod one_time_tokens;
pub(crate) mod outbox;
pub(crate) mod passkeys;
pub(crate) mod passwords;
pub(crate) mod pending_registrations;
pub(crate) mod recovery_codes;
pub(crate) mod security_events;
pub(crate) mod sessions;
pub(crate) mod sign_in_challenges;
pub(crate) mod signing_keys;
pub(crate) mod totp_secrets;
pub(crate) mod used_ceremonies;
pub(crate) mod username_reservations;
pub(crate) mod users;
pub(crate) mod write_probes;
