//! The common parts of all emails.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};

use crate::client::Client;
use crate::db::OneTimeTokenId;
use crate::mail::email_body::{Alarm, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// The content of one kind of email.
pub(crate) trait Content {
    /// Its name, for operators.
    const KIND: &'static str;

    /// Whether a user waits for its link: such emails are sent before notices.
    const IS_AWAITED: bool = false;

    /// How many notices of this kind may be queued for one recipient. The next one replaces the newest of them.
    const MAX_QUEUED: u64 = 1;

    /// Returns the links whose lifetime starts when the email is first sent.
    fn links(&self) -> Vec<&TokenLink> {
        Vec::new()
    }

    /// Returns the time of what the email announces, if it announces anything. It does not depend on when the email is sent.
    fn fixed_time(&self) -> Option<DateTime<Utc>> {
        None
    }

    /// Returns the content.
    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody;
}

/// The token of a link and its expiry.
#[derive(Debug)]
pub(crate) struct TokenLink {
    /// The token.
    pub(crate) token: SecretString,
    /// The expiry.
    pub(crate) until: DateTime<Utc>,
    /// The stored token and its lifetime from when its email is first sent; `None` if its expiry does not depend on
    /// that.
    pub(crate) stored: Option<(OneTimeTokenId, TimeDelta)>,
}

impl TokenLink {
    pub(super) fn token(&self) -> &str {
        self.token.expose_secret()
    }

    /// Returns "The link works once, until …".
    pub(super) fn end(&self, translations: &Translations<'_>) -> String {
        translations.with("link-ends", &[("until", &Translations::time(self.until))])
    }

    /// Returns the advice for a reader who did not cause the event, with this link.
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
    /// Returns the advice for a reader whose address was registered by someone else.
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

/// The time and origin of an event.
#[derive(Clone, Debug)]
pub(crate) struct EventContext {
    /// The time.
    pub(crate) at: DateTime<Utc>,
    /// The readable name of the device.
    pub(crate) device: String,
    /// The IP address.
    pub(crate) ip_address: Option<String>,
}

impl EventContext {
    /// Describes an event caused by `client`, whose device has the name `device`. A name chosen by the client is left
    /// out if it could be more than a name: a client that causes an email must not choose its text.
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

/// "Firefox on Linux" consists of known words. A name without a space is the client's own.
fn is_name(device: &str) -> bool {
    device.contains(' ')
        || (device.len() <= 16
            && device.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
            && device.matches('-').count() <= 1)
}
