//! To the owner: wrong passwords are tried on the account, again and again.

use super::{Content, EventContext};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Tells the owner of an account that it is under attack. It has no "this was not me" link: nothing was changed.
#[derive(Debug)]
pub(crate) struct SignInsFailing {
    /// The latest attempt, when and from where.
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
