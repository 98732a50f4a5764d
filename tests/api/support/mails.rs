//! The mails that people got, as they would read them.

use std::path::Path;

use mailparse::{MailHeaderMap as _, ParsedMail, parse_mail};

/// A mail.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) source: String,
}

impl Mail {
    pub(crate) fn parse(source: &[u8]) -> Self {
        let mail = parse_mail(source).unwrap();
        let header = |key: &str| mail.headers.get_first_value(key).unwrap();
        Self {
            to: header("To"),
            subject: header("Subject"),
            text: part(&mail, "text/plain"),
            html: part(&mail, "text/html"),
            source: String::from_utf8(source.to_vec()).unwrap(),
        }
    }

    /// The mails in a folder, in the order in which they were written.
    pub(crate) fn read_all(folder: &Path) -> Vec<Self> {
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        paths
            .iter()
            .map(|path| Self::parse(&std::fs::read(path).unwrap()))
            .collect()
    }

    /// The links to `page`, without what is not the token.
    fn tokens(&self, page: &str) -> Vec<String> {
        let start = format!("/{page}?token=");
        self.text
            .split_whitespace()
            .filter_map(|word| word.split_once(&start))
            .map(|(_, token)| token.to_owned())
            .collect()
    }

    /// Whether it links to `page`.
    pub(crate) fn links_to(&self, page: &str) -> bool {
        !self.tokens(page).is_empty()
    }

    /// The token of its link to `page`.
    #[track_caller]
    pub(crate) fn token(&self, page: &str) -> String {
        let tokens = self.tokens(page);
        assert_eq!(tokens.len(), 1, "links to {page} in:\n{}", self.text);
        tokens.into_iter().next().unwrap()
    }
}

fn part(mail: &ParsedMail<'_>, kind: &str) -> String {
    mail.parts()
        .find(|part| part.ctype.mimetype == kind)
        .unwrap()
        .get_body()
        .unwrap()
}
