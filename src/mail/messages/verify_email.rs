//! To a new account: is the address right?

use super::{Content, Happening, TokenLink};
use crate::mail::letter::{Action, Alarm, Letter};
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Asks the owner of a new account's address to confirm it, and says when and from where it was made.
#[derive(Debug)]
pub(crate) struct VerifyEmail {
    /// When and from where the account was made.
    pub(crate) registration: Happening,
    /// Confirms the address.
    pub(crate) link: TokenLink,
    /// Removes the account while it is not verified.
    pub(crate) disavow: TokenLink,
}

impl Content for VerifyEmail {
    const KIND: &'static str = "verify_email";

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("verify-email-subject"),
            paragraphs: vec![words.text("verify-email-text")],
            facts: self.registration.facts(words),
            action: Some(Action {
                label: words.text("verify-email-action"),
                url: links.verify_email(self.link.token()),
            }),
            remarks: vec![self.link.end(words)],
            alarm: Some(Alarm {
                heading: words.text("verify-email-not-me-heading"),
                text: words.with(
                    "verify-email-not-me-text",
                    &[("until", &Words::time(self.disavow.until))],
                ),
                label: words.text("verify-email-not-me-action"),
                url: links.disavow(self.disavow.token()),
            }),
            footer: words.text("footer"),
        }
    }
}
