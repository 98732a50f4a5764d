//! Sent to the owner after new recovery codes were generated.

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that new recovery codes replaced the earlier ones.
#[derive(Debug)]
pub(crate) struct RecoveryCodesGenerated {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for RecoveryCodesGenerated {
    const KIND: &'static str = "recovery_codes_generated";

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("recovery-codes-generated-subject"),
            paragraphs: vec![translations.text("recovery-codes-generated-text")],
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
