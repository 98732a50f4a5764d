//! Sent to the owner after an administrator removed all second factors.

use chrono::{DateTime, Utc};

use super::Content;
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Informs the owner that an administrator removed all second factors and revoked all sessions. It has no link "This
/// was not me", because the owner never makes this change.
#[derive(Debug)]
pub(crate) struct FactorsReset {
    /// When the factors were removed.
    pub(crate) at: DateTime<Utc>,
}

impl Content for FactorsReset {
    const KIND: &'static str = "factors_reset";

    fn body(&self, translations: &Translations<'_>, _: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("factors-reset-subject"),
            paragraphs: vec![
                translations.text("factors-reset-text"),
                translations.text("factors-reset-advice"),
            ],
            facts: vec![(translations.text("when"), Translations::time(self.at))],
            remarks: vec![translations.text("factors-reset-contact")],
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
