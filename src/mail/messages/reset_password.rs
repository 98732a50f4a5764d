//! To somebody who forgot the password.

use super::{Content, EventContext, TokenLink};
use crate::mail::letter::{Action, Letter};
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Holds the link that takes a new password.
#[derive(Debug)]
pub(crate) struct ResetPassword {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// Takes a new password.
    pub(crate) link: TokenLink,
}

impl Content for ResetPassword {
    const KIND: &'static str = "reset_password";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.link]
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("reset-password-subject"),
            paragraphs: vec![words.text("reset-password-text")],
            facts: self.context.facts(words),
            action: Some(Action {
                label: words.text("reset-password-action"),
                url: links.reset_password(self.link.token()),
            }),
            remarks: vec![self.link.end(words), words.text("reset-password-ignore")],
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
