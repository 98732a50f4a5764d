//! Sent to the owner after a password change.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that the password was changed.
#[derive(Debug)]
pub(crate) struct PasswordChanged {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for PasswordChanged {
    const KIND: &'static str = "password_changed";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("password-changed-subject"),
            paragraphs: vec![translations.text("password-changed-text")],
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
