//! Sent to the owner after all second factors were removed because they were lost.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that all second factors and recovery codes were removed as requested, and all sessions revoked.
#[derive(Debug)]
pub(crate) struct FactorsRemoved {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for FactorsRemoved {
    const KIND: &'static str = "factors_removed";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("factors-removed-subject"),
            paragraphs: vec![
                translations.text("factors-removed-text"),
                translations.text("factors-removed-advice"),
            ],
            facts: self.context.facts(translations),
            alarm: Some(self.secure_account.alarm(
                translations,
                links,
                "factors-removed-not-me-text",
            )),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
