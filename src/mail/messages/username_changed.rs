//! Sent to the owner after a username change.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that the username was changed.
#[derive(Debug)]
pub(crate) struct UsernameChanged {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for UsernameChanged {
    const KIND: &'static str = "username_changed";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("username-changed-subject"),
            paragraphs: vec![translations.text("username-changed-text")],
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
