//! Sent to the owner after the removal of a second factor.

use super::factor_name::MAX_QUEUED;
use super::{Content, EventContext, FactorName, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that a second factor was removed.
#[derive(Debug)]
pub(crate) struct FactorRemoved<'a> {
    /// The factor.
    pub(crate) factor: FactorName<'a>,
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for FactorRemoved<'_> {
    const KIND: &'static str = "factor_removed";

    const MAX_QUEUED: u64 = MAX_QUEUED;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("factor-removed-subject"),
            paragraphs: vec![translations.text("factor-removed-text")],
            facts: [
                self.factor.facts(translations),
                self.context.facts(translations),
            ]
            .concat(),
            alarm: Some(self.secure_account.alarm(
                translations,
                links,
                "factor-removed-not-me-text",
            )),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
