//! The last email.

use chrono::{DateTime, Utc};

use super::Content;
use crate::mail::email_body::EmailBody;
use crate::mail::links::Links;
use crate::mail::translations::Translations;

/// Reports what was removed and when, and contains the receipt. There is no account left to link to.
#[derive(Debug)]
pub(crate) struct DeletionCompleted<'a> {
    /// When the account was removed.
    pub(crate) at: DateTime<Utc>,
    /// Deleted data: tables and how many rows of each.
    pub(crate) removed: &'a [(&'static str, u64)],
    /// The receipt.
    pub(crate) receipt: &'a str,
}

impl Content for DeletionCompleted<'_> {
    const KIND: &'static str = "deletion_completed";

    fn body(&self, translations: &Translations<'_>, _: &Links) -> EmailBody {
        EmailBody {
            subject: translations.text("deletion-completed-subject"),
            paragraphs: vec![
                translations.with(
                    "deletion-completed-text",
                    &[("time", &Translations::time(self.at))],
                ),
                translations.text("deletion-completed-removed"),
            ],
            facts: self
                .removed
                .iter()
                .map(|(table, count)| (category(translations, table), count.to_string()))
                .chain([(
                    translations.text("deletion-completed-receipt"),
                    self.receipt.to_owned(),
                )])
                .collect(),
            remarks: vec![translations.text("deletion-completed-keep")],
            footer: translations.text("deletion-completed-footer"),
            ..EmailBody::default()
        }
    }
}

fn category(translations: &Translations<'_>, table: &str) -> String {
    translations.text(match table {
        "sessions" => "removed-sessions",
        "security_events" => "removed-security-events",
        "one_time_tokens" => "removed-one-time-tokens",
        "login_failures" => "removed-login-failures",
        "known_devices" => "removed-known-devices",
        "outbox" | "mail_requests" => "removed-mails",
        _ => "removed-account",
    })
}
