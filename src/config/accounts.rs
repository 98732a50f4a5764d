//! Who may register, and with what.

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
}

/// What becomes of an address that nobody has proved to be theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailVerification {
    /// It counts as given; a change takes effect at once.
    Off,
}

impl EmailVerification {
    /// Whether a new account must follow the link in its mail before it can sign in.
    pub fn is_required(self) -> bool {
        match self {
            Self::Off => false,
        }
    }
}

impl Accounts {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let registration_open = reader.choice(
            "GATEHOUSE_REGISTRATION",
            &[("open", true), ("closed", false)],
        );
        let usernames_enabled = reader.switch("GATEHOUSE_USERNAMES");
        let email_verification = reader.parsed(
            "GATEHOUSE_EMAIL_VERIFICATION",
            "off (optional and required need mails, which this version does not send yet)",
            |text| (text == "off").then_some(EmailVerification::Off),
        );
        Some(Self {
            registration_open: registration_open?,
            usernames_enabled: usernames_enabled?,
            email_verification: email_verification?,
        })
    }
}
