//! To a new account: is the address right?

use super::{Content, EventContext, TokenLink};
use crate::mail::letter::{Action, Alarm, Letter};
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Asks the owner of a new account's address to confirm it, and says when and from where it was made.
#[derive(Debug)]
pub(crate) struct VerifyEmail {
    /// When and from where the account was made.
    pub(crate) registration: EventContext,
    /// Confirms the address.
    pub(crate) link: TokenLink,
    /// Removes the account while it is not verified; `None` if the registration is one of several, of which it
    /// would not remove the right one.
    pub(crate) secure_account: Option<TokenLink>,
}

impl Content for VerifyEmail {
    const KIND: &'static str = "verify_email";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        [Some(&self.link), self.secure_account.as_ref()]
            .into_iter()
            .flatten()
            .collect()
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        let mut paragraphs = vec![words.text("verify-email-text")];
        if self.secure_account.is_none() {
            paragraphs.push(words.text("verify-email-contested"));
        }
        let secure_account = self.secure_account.as_ref();
        Letter {
            subject: words.text("verify-email-subject"),
            paragraphs,
            facts: self.registration.facts(words),
            action: Some(Action {
                label: words.text("verify-email-action"),
                url: links.verify_email(self.link.token()),
            }),
            remarks: vec![self.link.end(words)],
            alarm: secure_account.map(|link| Alarm::of_registration(words, links, link)),
            footer: words.text("footer"),
        }
    }
}
