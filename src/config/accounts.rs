//! Settings of registration.

use chrono::TimeDelta;

use super::reader::Reader;

/// Registration and usernames.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// Whether `register` creates accounts.
    pub registration_open: bool,
    /// Whether accounts can have a username beside the email address.
    pub usernames_enabled: bool,
    /// Whether email addresses must be verified.
    pub email_verification: EmailVerification,
    /// How long an account registered while verification is required may stay unverified.
    pub unverified_retention: TimeDelta,
}

/// Whether email addresses must be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailVerification {
    /// Addresses are accepted without verification. An email change takes effect at once.
    Off,
    /// A link is emailed, but signing in works without following it. An email change takes effect when its link is
    /// followed.
    Optional,
    /// Like optional, and users cannot sign in before following the link.
    Required,
}

impl EmailVerification {
    /// Returns whether a new user must follow the link in the verification email before signing in.
    pub fn is_required(self) -> bool {
        self == Self::Required
    }
}

impl Accounts {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let registration_open = reader.choice(
            "GATEHOUSE_REGISTRATION",
            &[("open", true), ("closed", false)],
        );
        let usernames_enabled = reader.switch("GATEHOUSE_USERNAMES");
        let email_verification = reader.choice(
            "GATEHOUSE_EMAIL_VERIFICATION",
            &[
                ("off", EmailVerification::Off),
                ("optional", EmailVerification::Optional),
                ("required", EmailVerification::Required),
            ],
        );
        let unverified_retention = reader.span("GATEHOUSE_UNVERIFIED_RETENTION", "1d", "365d");
        Some(Self {
            registration_open: registration_open?,
            usernames_enabled: usernames_enabled?,
            email_verification: email_verification?,
            unverified_retention: unverified_retention?,
        })
    }
}
