//! To the owner after "this was not me".

use super::{Content, TokenLink};
use crate::mail::email_body::{Action, EmailBody};
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Holds the link that takes a new password after the old one was turned off, and says what was undone.
#[derive(Debug)]
pub(crate) struct RestoreAccess {
    /// Whether the address was changed back to this one.
    pub(crate) restored_address: bool,
    /// Whether a deletion was called off.
    pub(crate) called_off_deletion: bool,
    /// Takes a new password.
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
