//! Sent to the address of a new account, to verify it.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::{Action, Alarm, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Asks the owner of a new account's address to confirm it, and reports when and from where it was created.
#[derive(Debug)]
pub(crate) struct VerifyEmail {
    /// When and from where the account was created.
    pub(crate) registration: EventContext,
    /// Confirms the address.
    pub(crate) link: TokenLink,
    /// Removes the account while it is not verified; `None` if there are several registrations, because it would remove
    /// the wrong one.
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

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        let mut paragraphs = vec![translations.text("verify-email-text")];
        if self.secure_account.is_none() {
            paragraphs.push(translations.text("verify-email-contested"));
        }
        let secure_account = self.secure_account.as_ref();
        EmailBody {
            subject: translations.text("verify-email-subject"),
            paragraphs,
            facts: self.registration.facts(translations),
            action: Some(Action {
                label: translations.text("verify-email-action"),
                url: links.verify_email(self.link.token()),
            }),
            remarks: vec![self.link.end(translations)],
            alarm: secure_account.map(|link| Alarm::of_registration(translations, links, link)),
            footer: translations.text("footer"),
        }
    }
}
