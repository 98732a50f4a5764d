//! Sent to the owner after a recovery code was used.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// The largest number of codes left at which the reader is advised to generate new ones.
const FEW: u64 = 3;

/// Informs the owner that a recovery code was used, and how many are left.
#[derive(Debug)]
pub(crate) struct RecoveryCodeUsed {
    /// How many codes are left.
    pub(crate) left: u64,
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for RecoveryCodeUsed {
    const KIND: &'static str = "recovery_code_used";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("recovery-code-used-subject"),
            paragraphs: vec![
                translations.text("recovery-code-used-text"),
                self.advice(translations),
            ],
            facts: self.context.facts(translations),
            alarm: Some(self.secure_account.alarm(
                translations,
                links,
                "recovery-codes-not-me-text",
            )),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}

impl RecoveryCodeUsed {
    fn advice(&self, translations: &Translations<'_>) -> String {
        let id = match self.left {
            0 => return translations.text("recovery-code-used-none"),
            1 => return translations.text("recovery-code-used-one"),
            2..=FEW => "recovery-code-used-few",
            _ => "recovery-code-used-left",
        };
        translations.with(id, &[("left", &self.left.to_string())])
    }
}
