//! Who may register, and with what.

use chrono::TimeDelta;

use super::reader::Reader;

/// Registration and usernames.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// Whether `register` makes new accounts.
    pub registration_open: bool,
    /// Whether accounts may have a username beside the e-mail address.
    pub usernames_enabled: bool,
    /// What becomes of an address that nobody has proved to be theirs.
    pub email_verification: EmailVerification,
    /// How long an account registered while verification is required may stay unverified.
    pub unverified_retention: TimeDelta,
}

/// What becomes of an address that nobody has proved to be theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailVerification {
    /// It counts as given; a change takes effect at once.
    Off,
    /// A link is mailed; signing in works without. A change takes effect once its link was followed.
    Optional,
    /// As optional, and nobody signs in before.
    Required,
}

impl EmailVerification {
    /// Whether a new account must follow the link in its mail before it can sign in.
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
