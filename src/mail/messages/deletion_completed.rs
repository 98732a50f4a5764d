//! The last mail.

use chrono::{DateTime, Utc};

use super::Content;
use crate::mail::letter::Letter;
use crate::mail::links::Links;
use crate::mail::words::Words;

/// Says what was removed and when, and holds the receipt. Nothing about the person is left to link to.
#[derive(Debug)]
pub(crate) struct DeletionCompleted<'a> {
    /// When the account was removed.
    pub(crate) at: DateTime<Utc>,
    /// What was removed: tables and how many rows of each.
    pub(crate) removed: &'a [(&'static str, u64)],
    /// The proof.
    pub(crate) receipt: &'a str,
}

impl Content for DeletionCompleted<'_> {
    const KIND: &'static str = "deletion_completed";

    fn letter(&self, words: &Words<'_>, _: &Links) -> Letter {
        Letter {
            subject: words.text("deletion-completed-subject"),
            paragraphs: vec![
                words.with(
                    "deletion-completed-text",
                    &[("time", &Words::time(self.at))],
                ),
                words.text("deletion-completed-removed"),
            ],
            facts: self
                .removed
                .iter()
                .map(|(table, count)| (category(words, table), count.to_string()))
                .chain([(
                    words.text("deletion-completed-receipt"),
                    self.receipt.to_owned(),
                )])
                .collect(),
            remarks: vec![words.text("deletion-completed-keep")],
            footer: words.text("deletion-completed-footer"),
            ..Letter::default()
        }
    }
}

fn category(words: &Words<'_>, table: &str) -> String {
    words.text(match table {
        "sessions" => "removed-sessions",
        "security_events" => "removed-security-events",
        "one_time_tokens" => "removed-one-time-tokens",
        "login_failures" => "removed-login-failures",
        "known_devices" => "removed-known-devices",
        "outbox" | "mail_requests" => "removed-mails",
        _ => "removed-account",
    })
}
