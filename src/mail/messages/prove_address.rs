//! Sent to the address of an account that was never verified, for a user who is not signed in to it.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::{Action, Alarm, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Verifies the address by choosing a new password, because another person may have registered it.
#[derive(Debug)]
pub(crate) struct ProveAddress {
    /// When and from where the account was created, and the link that removes it; `None` if there are several
    /// registrations.
    pub(crate) registration: Option<(EventContext, TokenLink)>,
    /// Sets a new password.
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

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        let mut paragraphs = vec![translations.text("prove-address-text")];
        let mut facts = Vec::new();
        let mut alarm = None;
        if let Some((context, secure_account)) = &self.registration {
            paragraphs.push(translations.text("prove-address-registered"));
            facts = context.facts(translations);
            alarm = Some(Alarm::of_registration(translations, links, secure_account));
        }
        EmailBody {
            subject: translations.text("prove-address-subject"),
            paragraphs,
            facts,
            action: Some(Action {
                label: translations.text("prove-address-action"),
                url: links.reset_password(self.link.token()),
            }),
            remarks: vec![
                self.link.end(translations),
                translations.text("prove-address-ignore"),
            ],
            alarm,
            footer: translations.text("footer"),
        }
    }
}
