//! The messages that several ways to sign in share.

use chrono::{DateTime, SecondsFormat, Utc};

/// The address must be verified first.
pub(in crate::graphql) const EMAIL_NOT_VERIFIED: &str = "Your email address is not verified. Follow the link in the email that was sent to it, or request a new one.";

/// The challenge of a sign-in is invalid.
pub(in crate::graphql) const CHALLENGE_INVALID: &str =
    "This sign-in is no longer valid. Sign in again.";

/// Passkeys are off.
pub(in crate::graphql) const PASSKEYS_DISABLED: &str = "Passkeys are disabled.";

/// The account has as many passkeys as it may have.
pub(in crate::graphql) const TOO_MANY_PASSKEYS: &str =
    "Your account has 20 passkeys. Remove one before you add another.";

/// Returns the message about an account that is scheduled for deletion at `time`.
pub(in crate::graphql) fn deletion_pending(time: DateTime<Utc>) -> String {
    format!(
        "This account will be deleted at {}. To keep it, follow the link in the email about the deletion.",
        time.to_rfc3339_opts(SecondsFormat::Secs, true)
    )
}
