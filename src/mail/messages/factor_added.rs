//! Sent to the owner after the addition of a second factor.

use super::factor_name::MAX_QUEUED;
use super::{Content, EventContext, FactorName, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that a second factor was added.
#[derive(Debug)]
pub(crate) struct FactorAdded<'a> {
    /// The factor.
    pub(crate) factor: FactorName<'a>,
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for FactorAdded<'_> {
    const KIND: &'static str = "factor_added";

    const MAX_QUEUED: u64 = MAX_QUEUED;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("factor-added-subject"),
            paragraphs: vec![translations.text("factor-added-text")],
            facts: [
                self.factor.facts(translations),
                self.context.facts(translations),
            ]
            .concat(),
            alarm: Some(
                self.secure_account
                    .alarm(translations, links, "factor-added-not-me-text"),
            ),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
