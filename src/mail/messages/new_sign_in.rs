//! To the owner: a sign-in from a device or place not seen before.

use super::{Content, EventContext, TokenLink};
use crate::mail::letter::Letter;
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Tells the owner of a sign-in from a device or place not seen before.
#[derive(Debug)]
pub(crate) struct NewSignIn {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// "This was not me."
    pub(crate) secure_account: TokenLink,
}

impl Content for NewSignIn {
    const KIND: &'static str = "new_sign_in";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("new-sign-in-subject"),
            paragraphs: vec![words.text("new-sign-in-text")],
            facts: self.context.facts(words),
            alarm: Some(self.secure_account.alarm(words, links, "not-me-text")),
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
