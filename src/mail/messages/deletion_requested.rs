//! Sent to the owner of an account that is scheduled for deletion.

use chrono::{DateTime, Utc};

use super::{Content, EventContext, TokenLink};
use crate::mail::email_body::{Action, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Reports when the account is removed, and contains the link that cancels the deletion.
#[derive(Debug)]
pub(crate) struct DeletionRequested {
    /// What happened, when and from where.
    pub(crate) context: EventContext,
    /// Cancels the deletion. Works until the account is removed.
    pub(crate) cancel: TokenLink,
    /// The link "This was not me".
    pub(crate) secure_account: TokenLink,
}

impl Content for DeletionRequested {
    const KIND: &'static str = "deletion_requested";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.secure_account]
    }

    fn fixed_time(&self) -> Option<DateTime<Utc>> {
        Some(self.cancel.until)
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("deletion-requested-subject"),
            paragraphs: vec![
                translations.with(
                    "deletion-requested-text",
                    &[("time", &Translations::time(self.cancel.until))],
                ),
                translations.text("deletion-requested-keep"),
            ],
            facts: self.context.facts(translations),
            action: Some(Action {
                label: translations.text("deletion-requested-action"),
                url: links.cancel_deletion(self.cancel.token()),
            }),
            alarm: Some(self.secure_account.alarm(
                translations,
                links,
                "deletion-requested-not-me-text",
            )),
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
