//! Sent to the owner of an address that was used to register again.

use super::{Content, EventContext};
use crate::mail::email_body::{Action, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner of an address that it already has an account.
#[derive(Debug)]
pub(crate) struct AddressInUse {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
}

impl Content for AddressInUse {
    const KIND: &'static str = "address_in_use";

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("address-in-use-subject"),
            paragraphs: vec![
                translations.text("address-in-use-text"),
                translations.text("address-in-use-how"),
            ],
            facts: self.context.facts(translations),
            action: Some(Action {
                label: translations.text("address-in-use-action"),
                url: links.app(),
            }),
            remarks: vec![translations.text("address-in-use-ignore")],
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
