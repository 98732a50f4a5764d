//! Sent to a user who reported that all second factors are lost.

use chrono::TimeDelta;

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::{Action, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Contains the link that schedules the removal of all second factors and recovery codes.
#[derive(Debug)]
pub(crate) struct RemoveFactors {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// How long after the use of the link the factors are removed. The email states it in full days, rounded down.
    pub(crate) delay: TimeDelta,
    /// Schedules the removal.
    pub(crate) link: TokenLink,
}

impl Content for RemoveFactors {
    const KIND: &'static str = "remove_factors";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.link]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("remove-factors-subject"),
            paragraphs: vec![
                translations.text("remove-factors-text"),
                self.delay(translations),
            ],
            facts: self.context.facts(translations),
            action: Some(Action {
                label: translations.text("remove-factors-action"),
                url: links.remove_factors(self.link.token()),
            }),
            remarks: vec![
                self.link.end(translations),
                translations.text("remove-factors-not-me"),
            ],
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}

impl RemoveFactors {
    fn delay(&self, translations: &Translations<'_>) -> String {
        match self.delay.num_days() {
            1 => translations.text("remove-factors-one-day"),
            days => translations.with("remove-factors-days", &[("days", &days.to_string())]),
        }
    }
}
