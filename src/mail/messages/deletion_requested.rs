//! To the owner of an account that is going to be removed.

use super::{Content, EventContext, TokenLink};
use crate::mail::letter::{Action, Letter};
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Says when the account is removed, and holds the link that keeps it.
#[derive(Debug)]
pub(crate) struct DeletionRequested {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// Keeps the account; works until the account is removed.
    pub(crate) cancel: TokenLink,
    /// "This was not me."
    pub(crate) secure_account: TokenLink,
}

impl Content for DeletionRequested {
    const KIND: &'static str = "deletion_requested";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("deletion-requested-subject"),
            paragraphs: vec![
                words.with(
                    "deletion-requested-text",
                    &[("time", &Words::time(self.cancel.until))],
                ),
                words.text("deletion-requested-keep"),
            ],
            facts: self.context.facts(words),
            action: Some(Action {
                label: words.text("deletion-requested-action"),
                url: links.cancel_deletion(self.cancel.token()),
            }),
            alarm: Some(
                self.secure_account
                    .alarm(words, links, "deletion-requested-not-me-text"),
            ),
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
