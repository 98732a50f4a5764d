//! Sent to the new address of an account, to verify it.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::{Action, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Asks the owner of an address to confirm an email change to it.
#[derive(Debug)]
pub(crate) struct ConfirmNewEmail {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// Completes the change.
    pub(crate) link: TokenLink,
}

impl Content for ConfirmNewEmail {
    const KIND: &'static str = "confirm_new_email";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.link]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("confirm-new-email-subject"),
            paragraphs: vec![translations.text("confirm-new-email-text")],
            facts: self.context.facts(translations),
            action: Some(Action {
                label: translations.text("confirm-new-email-action"),
                url: links.verify_email(self.link.token()),
            }),
            remarks: vec![
                self.link.end(translations),
                translations.text("confirm-new-email-ignore"),
            ],
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
