//! Sent to the old address before an email change.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the old address of a pending email change.
#[derive(Debug)]
pub(crate) struct EmailChangeRequested<'a> {
    /// The new address, partly hidden.
    pub(crate) address: &'a str,
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// Reverts the change.
    pub(crate) secure_account: TokenLink,
}

impl Content for EmailChangeRequested<'_> {
    const KIND: &'static str = "email_change_requested";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("email-change-requested-subject"),
            paragraphs: vec![
                translations.with("email-change-requested-text", &[("address", self.address)]),
            ],
            facts: self.context.facts(translations),
            alarm: Some(
                self.secure_account
                    .alarm(translations, links, "email-change-not-me-text"),
            ),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
