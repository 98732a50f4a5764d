//! To the owner: a session was ended because its refresh token was used twice.

use super::{Content, EventContext, TokenLink};
use crate::mail::letter::Letter;
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Tells the owner that a session was ended because its refresh token was used twice.
#[derive(Debug)]
pub(crate) struct TokenReused {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// "This was not me."
    pub(crate) secure_account: TokenLink,
}

impl Content for TokenReused {
    const KIND: &'static str = "token_reused";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("token-reused-subject"),
            paragraphs: vec![
                words.text("token-reused-text"),
                words.text("token-reused-advice"),
            ],
            facts: self.context.facts(words),
            alarm: Some(self.secure_account.alarm(words, links, "not-me-text")),
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
