//! Sent to the owner after a sign-in from an unknown device or place.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner of a sign-in from an unknown device or place.
#[derive(Debug)]
pub(crate) struct NewSignIn {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for NewSignIn {
    const KIND: &'static str = "new_sign_in";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("new-sign-in-subject"),
            paragraphs: vec![translations.text("new-sign-in-text")],
            facts: self.context.facts(translations),
            alarm: Some(
                self.secure_account
                    .alarm(translations, links, "not-me-text"),
            ),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
