//! To the owner of an address that somebody wanted for another account.

use super::{Content, EventContext};
use crate::mail::letter::{Action, Letter};
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Tells the owner of an address that it has an account already.
#[derive(Debug)]
pub(crate) struct AddressInUse {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
}

impl Content for AddressInUse {
    const KIND: &'static str = "address_in_use";

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("address-in-use-subject"),
            paragraphs: vec![
                words.text("address-in-use-text"),
                words.text("address-in-use-how"),
            ],
            facts: self.context.facts(words),
            action: Some(Action {
                label: words.text("address-in-use-action"),
                url: links.app(),
            }),
            remarks: vec![words.text("address-in-use-ignore")],
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
