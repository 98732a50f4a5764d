//! Sent to the owner after a session was revoked because its refresh token was used twice.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that a session was revoked because its refresh token was used twice.
#[derive(Debug)]
pub(crate) struct TokenReused {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for TokenReused {
    const KIND: &'static str = "token_reused";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("token-reused-subject"),
            paragraphs: vec![
                translations.text("token-reused-text"),
                translations.text("token-reused-advice"),
            ],
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
