//! To the owner after "this was not me".

use super::{Content, TokenLink};
use crate::mail::letter::{Action, Letter};
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Holds the link that takes a new password after the old one was turned off, and says what was undone.
#[derive(Debug)]
pub(crate) struct RestoreAccess {
    /// Whether the address was changed back to this one.
    pub(crate) restored_address: bool,
    /// Whether a deletion was called off.
    pub(crate) called_off_deletion: bool,
    /// Takes a new password.
    pub(crate) link: TokenLink,
}

impl Content for RestoreAccess {
    const KIND: &'static str = "restore_access";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.link]
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        Letter {
            subject: words.text("restore-access-subject"),
            paragraphs: [
                Some("restore-access-text"),
                self.restored_address.then_some("restore-access-address"),
                self.called_off_deletion
                    .then_some("restore-access-deletion"),
            ]
            .into_iter()
            .flatten()
            .map(|id| words.text(id))
            .collect(),
            action: Some(Action {
                label: words.text("restore-access-action"),
                url: links.reset_password(self.link.token()),
            }),
            remarks: vec![self.link.end(words), words.text("restore-access-later")],
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
