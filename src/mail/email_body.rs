//! The content of an email and its two renderings.

use askama::Template;

use super::translations::Translations;
use crate::errors::InternalError;

/// The content of an email in its parts and in the reader's language.
#[derive(Debug, Default)]
pub(crate) struct EmailBody {
    pub(super) subject: String,
    pub(super) paragraphs: Vec<String>,
    /// The details of the event: labels and values.
    pub(super) facts: Vec<(String, String)>,
    pub(super) action: Option<Action>,
    /// Further paragraphs after the action.
    pub(super) remarks: Vec<String>,
    pub(super) alarm: Option<Alarm>,
    pub(super) footer: String,
}

/// The action that the email suggests.
#[derive(Debug)]
pub(crate) struct Action {
    pub(super) label: String,
    pub(super) url: String,
}

/// What to do if the reader did not cause the event.
#[derive(Debug)]
pub(crate) struct Alarm {
    pub(super) heading: String,
    pub(super) text: String,
    pub(super) label: String,
    pub(super) url: String,
}

/// A rendered email.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rendered {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

#[derive(Template)]
#[template(path = "email_body.txt", config = "src/mail/askama.toml")]
struct Text<'a> {
    body: &'a EmailBody,
    translations: &'a Translations<'a>,
}

#[derive(Template)]
#[template(path = "email_body.html", config = "src/mail/askama.toml")]
struct Html<'a> {
    body: &'a EmailBody,
    translations: &'a Translations<'a>,
}

impl EmailBody {
    /// Renders both bodies.
    pub(super) fn render(self, translations: &Translations<'_>) -> Result<Rendered, InternalError> {
        let body = &self;
        let text = Text { body, translations }
            .render()
            .map_err(InternalError::new)?;
        let html = Html { body, translations }
            .render()
            .map_err(InternalError::new)?;
        Ok(Rendered {
            subject: self.subject,
            text,
            html,
        })
    }
}
