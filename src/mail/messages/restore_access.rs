//! Sent to the owner after the link "This was not me" was used.

use super::{Content, TokenLink};
use crate::mail::email_body::{Action, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Contains the link that sets a new password after the old one was disabled, and reports what was reverted.
#[derive(Debug)]
pub(crate) struct RestoreAccess {
    /// Whether the address was restored to this one.
    pub(crate) restored_address: bool,
    /// Whether a deletion was canceled.
    pub(crate) called_off_deletion: bool,
    /// Sets a new password.
    pub(crate) link: TokenLink,
}

impl Content for RestoreAccess {
    const KIND: &'static str = "restore_access";

    const IS_AWAITED: bool = true;

    fn links(&self) -> Vec<&TokenLink> {
        vec![&self.link]
    }

    fn body(&self, translations: &Translations<'_>, links: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("restore-access-subject"),
            paragraphs: [
                Some("restore-access-text"),
                self.restored_address.then_some("restore-access-address"),
                self.called_off_deletion
                    .then_some("restore-access-deletion"),
            ]
            .into_iter()
            .flatten()
            .map(|id| translations.text(id))
            .collect(),
            action: Some(Action {
                label: translations.text("restore-access-action"),
                url: links.reset_password(self.link.token()),
            }),
            remarks: vec![
                self.link.end(translations),
                translations.text("restore-access-later"),
            ],
            footer: translations.text("footer"),
            ..EmailBody::default()
        }
    }
}
