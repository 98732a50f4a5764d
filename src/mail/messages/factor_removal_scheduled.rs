//! Sent to the owner of an account whose second factors are scheduled for removal.

use chrono::{DateTime, Utc};

use super::factor_name::MAX_QUEUED;
use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Reports when all second factors and recovery codes are removed, and how to cancel that.
#[derive(Debug)]
pub(crate) struct FactorRemovalScheduled {
    /// When they are removed.
    pub(crate) scheduled_for: DateTime<Utc>,
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me". It also cancels the removal.
    pub(crate) secure_account: TokenLink,
}

impl Content for FactorRemovalScheduled {
    const KIND: &'static str = "factor_removal_scheduled";

    const MAX_QUEUED: u64 = MAX_QUEUED;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn fixed_time(&self) -> Option<DateTime<Utc>> {
        Some(self.scheduled_for)
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("factor-removal-scheduled-subject"),
            paragraphs: vec![
                translations.with(
                    "factor-removal-scheduled-text",
                    &[("time", &Translations::time(self.scheduled_for))],
                ),
                translations.text("factor-removal-scheduled-keep"),
            ],
            facts: self.context.facts(translations),
            alarm: Some(self.secure_account.alarm(
                translations,
                links,
                "factor-removal-scheduled-not-me-text",
            )),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
