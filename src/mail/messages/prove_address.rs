//! To the address of an account that was never verified, for somebody who is not signed in to it.

use super::{Content, EventContext, TokenLink};
use crate::mail::letter::{Action, Alarm, Letter};
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Verifies the address by choosing a new password: whoever registered it may have been somebody else.
#[derive(Debug)]
pub(crate) struct ProveAddress {
    /// When and from where the account was created, and the link that removes it; `None` if several
    /// registrations wait.
    pub(crate) registration: Option<(EventContext, TokenLink)>,
    /// Takes a new password.
    pub(crate) link: TokenLink,
}

impl Content for ProveAddress {
    const KIND: &'static str = "prove_address";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        let secure_account = self.registration.as_ref().map(|(_, link)| link);
        [Some(&self.link), secure_account]
            .into_iter()
            .flatten()
            .collect()
    }

    fn letter(&self, words: &Words<'_>, links: &Links) -> Letter {
        let mut paragraphs = vec![words.text("prove-address-text")];
        let mut facts = Vec::new();
        let mut alarm = None;
        if let Some((context, secure_account)) = &self.registration {
            paragraphs.push(words.text("prove-address-registered"));
            facts = context.facts(words);
            alarm = Some(Alarm::of_registration(words, links, secure_account));
        }
        Letter {
            subject: words.text("prove-address-subject"),
            paragraphs,
            facts,
            action: Some(Action {
                label: words.text("prove-address-action"),
                url: links.reset_password(self.link.token()),
            }),
            remarks: vec![self.link.end(words), words.text("prove-address-ignore")],
            alarm,
            footer: words.text("footer"),
        }
    }
}
