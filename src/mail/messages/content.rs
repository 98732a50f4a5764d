//! What every mail has in common.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};

use crate::client::Client;
use crate::db::OneTimeTokenId;
use crate::mail::email_body::{Alarm, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// A mail of one kind, with what it speaks of.
pub(crate) trait Content {
    /// Its name, for operators.
    const KIND: &'static str;

    /// Whether somebody waits for its link: such emails leave before notices.
    const IS_AWAITED: bool = false;

    /// The links in it whose time runs from when it is handed over.
    fn links(&self) -> Vec<&TokenLink> {
        Vec::new()
    }

    /// What it says.
    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody;
}

/// The token of a link, and how long it works.
#[derive(Debug)]
pub(crate) struct TokenLink {
    /// The token.
    pub(crate) token: SecretString,
    /// Until when.
    pub(crate) until: DateTime<Utc>,
    /// Which stored token it is, and for how long it works from when its email is first handed over; `None` if
    /// its end does not depend on that.
    pub(crate) stored: Option<(OneTimeTokenId, TimeDelta)>,
}

impl TokenLink {
    pub(super) fn token(&self) -> &str {
        self.token.expose_secret()
    }

    /// "The link works once, until …"
    pub(super) fn end(&self, translations: &Translations<'_>) -> String {
        translations.with("link-ends", &[("until", &Translations::time(self.until))])
    }

    /// What to do when it was somebody else, with this link.
    pub(super) fn alarm(
        &self,
        translations: &Translations<'_>,
        links: &Links,
        text: &str,
    ) -> Alarm {
        Alarm {
            heading: translations.text("not-me-heading"),
            text: translations.with(text, &[("until", &Translations::time(self.until))]),
            label: translations.text("not-me-action"),
            url: links.secure_account(self.token()),
        }
    }
}

impl Alarm {
    /// What to do if somebody else registered with the reader's address.
    pub(super) fn of_registration(
        translations: &Translations<'_>,
        links: &Links,
        secure_account: &TokenLink,
    ) -> Self {
        Self {
            heading: translations.text("verify-email-not-me-heading"),
            text: translations.with(
                "verify-email-not-me-text",
                &[("until", &Translations::time(secure_account.until))],
            ),
            label: translations.text("verify-email-not-me-action"),
            url: links.secure_account(secure_account.token()),
        }
    }
}

/// When something was done, and from where.
#[derive(Clone, Debug)]
pub(crate) struct EventContext {
    /// When.
    pub(crate) at: DateTime<Utc>,
    /// With which device, in a person's words.
    pub(crate) device: String,
    /// From which address.
    pub(crate) ip_address: Option<String>,
}

impl EventContext {
    /// By `client`, whose device has the name `device`. A name of the client's own that could be more than a
    /// name is left out: whoever causes a mail must not write in it.
    pub(crate) fn new(at: DateTime<Utc>, client: &Client, device: String) -> Self {
        Self {
            at,
            device: if is_name(&device) {
                device
            } else {
                String::new()
            },
            ip_address: client.ip_text(),
        }
    }

    pub(super) fn facts(&self, translations: &Translations<'_>) -> Vec<(String, String)> {
        let or_unknown = |text: &str| match text {
            "" => translations.text("unknown"),
            text => text.to_owned(),
        };
        vec![
            (translations.text("when"), Translations::time(self.at)),
            (translations.text("device"), or_unknown(&self.device)),
            (
                translations.text("ip-address"),
                or_unknown(self.ip_address.as_deref().unwrap_or_default()),
            ),
        ]
    }
}

/// "Firefox on Linux" is ours, word by word; what has no space is what the client calls itself.
fn is_name(device: &str) -> bool {
    device.contains(' ')
        || (device.len() <= 16
            && device.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
            && device.matches('-').count() <= 1)
}
