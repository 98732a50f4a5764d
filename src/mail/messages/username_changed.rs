//! To the owner: the username was changed.

use super::{Content, EventContext, TokenLink};
use crate::mail::letter::Letter;
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Tells the owner that the username was changed.
#[derive(Debug)]
pub(crate) struct UsernameChanged {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// "This was not me."
    pub(crate) secure_account: TokenLink,
}

impl Content for UsernameChanged {
    const KIND: &'static str = "username_changed";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("username-changed-subject"),
            paragraphs: vec![words.text("username-changed-text")],
            facts: self.context.facts(words),
            alarm: Some(self.secure_account.alarm(words, links, "not-me-text")),
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
