//! Reads the folder to which emails are written in development.

use std::path::{Path, PathBuf};

use mailparse::{MailHeaderMap as _, ParsedMail, parse_mail};
use serde::Serialize;

use super::Mailer;
use super::transport::Transport;

/// The maximum number of listed emails. Older ones stay in the folder.
const MAX_MESSAGES: usize = 200;

/// The folder.
#[derive(Clone, Debug)]
pub(crate) struct Mailbox {
    folder: PathBuf,
}

/// An email in the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Summary {
    /// The name of its file without the extension.
    pub(crate) name: String,
    to: String,
    from: String,
    subject: String,
    date: String,
    language: String,
    /// The links in it, in order.
    links: Vec<String>,
}

/// A part of an email.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The HTML body.
    Html,
    /// The text body.
    Text,
    /// The whole message.
    Source,
}

impl Mailer {
    /// Returns the folder to which emails are written, or `None` if they are sent by SMTP.
    pub(crate) fn mailbox(&self) -> Option<Mailbox> {
        match &self.transport {
            Transport::Folder(folder) => Some(Mailbox {
                folder: folder.clone(),
            }),
            Transport::Smtp { .. } => None,
        }
    }
}

impl Mailbox {
    /// Returns the newest emails, newest first.
    pub(crate) fn list(&self) -> Vec<Summary> {
        let Ok(entries) = std::fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".eml").map(str::to_owned))
            .collect();
        names.sort_unstable_by(|one, other| other.cmp(one));
        names.truncate(MAX_MESSAGES);
        names
            .into_iter()
            .filter_map(|name| self.summary(name))
            .collect()
    }

    /// Returns a part of an email, or `None` if there is no such email or part.
    pub(crate) fn read(&self, name: &str, part: Part) -> Option<String> {
        let source = self.source(name)?;
        match part {
            Part::Source => Some(String::from_utf8_lossy(&source).into_owned()),
            Part::Html => body(&parse_mail(&source).ok()?, "text/html"),
            Part::Text => body(&parse_mail(&source).ok()?, "text/plain"),
        }
    }

    fn summary(&self, name: String) -> Option<Summary> {
        let source = self.source(&name)?;
        let mail = parse_mail(&source).ok()?;
        let header = |key: &str| mail.headers.get_first_value(key).unwrap_or_default();
        let text = body(&mail, "text/plain").unwrap_or_default();
        Some(Summary {
            name,
            to: header("To"),
            from: header("From"),
            subject: header("Subject"),
            date: header("Date"),
            language: header("Content-Language"),
            links: text
                .split_whitespace()
                .filter(|word| word.starts_with("http://") || word.starts_with("https://"))
                .map(str::to_owned)
                .collect(),
        })
    }

    fn source(&self, name: &str) -> Option<Vec<u8>> {
        // A plain name cannot leave the folder.
        let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let path = self.folder.join(Path::new(name).with_extension("eml"));
        is_plain.then(|| std::fs::read(path).ok()).flatten()
    }
}

fn body(mail: &ParsedMail<'_>, kind: &str) -> Option<String> {
    mail.parts()
        .find(|part| part.ctype.mimetype == kind)
        .and_then(|part| part.get_body().ok())
}
