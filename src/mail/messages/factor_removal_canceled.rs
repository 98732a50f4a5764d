//! Sent to the owner after the scheduled removal of the second factors was canceled.

use super::factor_name::MAX_QUEUED;
use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that the second factors and recovery codes stay.
#[derive(Debug)]
pub(crate) struct FactorRemovalCanceled {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for FactorRemovalCanceled {
    const KIND: &'static str = "factor_removal_canceled";

    const MAX_QUEUED: u64 = MAX_QUEUED;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("factor-removal-canceled-subject"),
            paragraphs: vec![
                translations.text("factor-removal-canceled-text"),
                translations.text("factor-removal-canceled-advice"),
            ],
            facts: self.context.facts(translations),
            alarm: Some(self.secure_account.alarm(
                translations,
                links,
                "factor-removal-canceled-not-me-text",
            )),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
