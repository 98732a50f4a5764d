//! Sent to the owner during repeated failed sign-ins.

use super::{Content, EventContext};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner of an attack on the account. It has no link "This was not me", because nothing was changed.
#[derive(Debug)]
pub(crate) struct SignInsFailing {
    /// The latest attempt.
    pub(crate) context: EventContext,
}

impl Content for SignInsFailing {
    const KIND: &'static str = "sign_ins_failing";

    fn body(&self, translations: &Translations<'_>, _links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("sign-ins-failing-subject"),
            paragraphs: vec![
                translations.text("sign-ins-failing-text"),
                translations.text("sign-ins-failing-strangers"),
            ],
            facts: self.context.facts(translations),
            remarks: vec![translations.text("sign-ins-failing-advice")],
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
