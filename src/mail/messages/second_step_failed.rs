//! Sent to the owner after a sign-in with the correct password that did not pass the second step.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that someone entered the correct password but did not complete the second step.
#[derive(Debug)]
pub(crate) struct SecondStepFailed {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for SecondStepFailed {
    const KIND: &'static str = "second_step_failed";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("second-step-failed-subject"),
            paragraphs: vec![
                translations.text("second-step-failed-text"),
                translations.text("second-step-failed-advice"),
            ],
            facts: self.context.facts(translations),
            alarm: Some(self.secure_account.alarm(
                translations,
                links,
                "second-step-failed-not-me-text",
            )),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
