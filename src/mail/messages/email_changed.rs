//! To the old address: the account has changed to another one.

use super::{Content, EventContext, TokenLink};
use crate::mail::letter::Letter;
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Tells the old address that the account has changed to another one.
#[derive(Debug)]
pub(crate) struct EmailChanged<'a> {
    /// The other address, partly hidden.
    pub(crate) address: &'a str,
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// Takes the change back.
    pub(crate) secure_account: TokenLink,
}

impl Content for EmailChanged<'_> {
    const KIND: &'static str = "email_changed";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("email-changed-subject"),
            paragraphs: vec![words.with("email-changed-text", &[("address", self.address)])],
            facts: self.context.facts(words),
            alarm: Some(
                self.secure_account
                    .alarm(words, links, "email-change-not-me-text"),
            ),
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
