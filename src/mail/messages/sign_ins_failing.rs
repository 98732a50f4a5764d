//! To the owner: wrong passwords are tried on the account, again and again.

use super::{Content, EventContext};
use crate::mail::letter::Letter;
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Tells the owner of an account that it is under attack. It has no "this was not me" link: nothing was changed.
#[derive(Debug)]
pub(crate) struct SignInsFailing {
    /// The latest attempt, when and from where.
    pub(crate) context: EventContext,
}

impl Content for SignInsFailing {
    const KIND: &'static str = "sign_ins_failing";

    fn letter(&self, words: &Words<'_>, _links: &Links) -> Letter {
        Letter {
            subject: words.text("sign-ins-failing-subject"),
            paragraphs: vec![
                words.text("sign-ins-failing-text"),
                words.text("sign-ins-failing-strangers"),
            ],
            facts: self.context.facts(words),
            remarks: vec![words.text("sign-ins-failing-advice")],
            footer: words.text("footer"),
            ..Letter::default()
        }
    }
}
