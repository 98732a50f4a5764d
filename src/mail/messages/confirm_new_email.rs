//! To the new address of an account: is it right?

use super::{Content, EventContext, TokenLink};
use crate::mail::letter::{Action, Letter};
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Asks the owner of an address to confirm that an account changes to it.
#[derive(Debug)]
pub(crate) struct ConfirmNewEmail {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// Makes the change.
    pub(crate) link: TokenLink,
}

impl Content for ConfirmNewEmail {
    const KIND: &'static str = "confirm_new_email";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.link]
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("confirm-new-email-subject"),
            paragraphs: vec![words.text("confirm-new-email-text")],
            facts: self.context.facts(words),
            action: Some(Action {
                label: words.text("confirm-new-email-action"),
                url: links.verify_email(self.link.token()),
            }),
            remarks: vec![self.link.end(words), words.text("confirm-new-email-ignore")],
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
