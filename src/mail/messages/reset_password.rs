//! Sent to a user who forgot the password.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::{Action, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Contains the link that sets a new password.
#[derive(Debug)]
pub(crate) struct ResetPassword {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// Sets a new password.
    pub(crate) link: TokenLink,
}

impl Content for ResetPassword {
    const KIND: &'static str = "reset_password";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.link]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("reset-password-subject"),
            paragraphs: vec![translations.text("reset-password-text")],
            facts: self.context.facts(translations),
            action: Some(Action {
                label: translations.text("reset-password-action"),
                url: links.reset_password(self.link.token()),
            }),
            remarks: vec![
                self.link.end(translations),
                translations.text("reset-password-ignore"),
            ],
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
