//! The transport of email: to an SMTP server (RFC 5321), or into a folder.

use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::ExposeSecret;
use tokio::time::timeout;
use url::Url;

use super::capabilities::Capabilities;
use crate::config::{self, MailTransport, SmtpSecurity};
use crate::db::MailId;
use crate::errors::InternalError;
use crate::jobs::DeliveryError;
use crate::private_files::{make_file, make_folder};

/// The maximum length of a server's reply in messages.
const MAX_REPLY_CHARACTERS: usize = 200;

/// Where emails are sent.
pub(super) enum Transport {
    Folder(PathBuf),
    Smtp {
        smtp: AsyncSmtpTransport<Tokio1Executor>,
        shown_url: String,
        capabilities: Box<Capabilities>,
    },
}

impl Transport {
    pub(super) fn new(config: &config::Mail) -> Result<Self, InternalError> {
        Ok(match &config.transport {
            MailTransport::Folder(folder) => Self::Folder(folder.clone()),
            MailTransport::Smtp {
                url,
                shown_url,
                security,
            } => {
                let tls = tls(config, url.expose_secret(), *security)?;
                let address = Url::parse(url.expose_secret()).map_err(InternalError::new)?;
                let ehlo = config.ehlo.clone();
                Self::Smtp {
                    smtp: smtp(config, url.expose_secret(), tls.clone())?,
                    shown_url: shown_url.clone(),
                    capabilities: Box::new(Capabilities::new(&address, tls, ehlo)),
                }
            }
        })
    }

    /// Sends one email with the id `id`.
    pub(super) async fn send(
        &self,
        (id, written_at, attempt): (MailId, DateTime<Utc>, i32),
        message: Message,
        limit: Duration,
    ) -> Result<(), DeliveryError> {
        match self {
            Self::Folder(folder) => {
                let name = format!("{}-{id}.eml", written_at.format("%Y%m%dT%H%M%S%3fZ"));
                write(folder.join(name), message, attempt).await
            }
            Self::Smtp { smtp, .. } => {
                let recipients = message.envelope().to().to_vec();
                let sent = timeout(limit, smtp.send(message)).await;
                match sent {
                    Ok(sent) => sent
                        .map(|_| ())
                        .map_err(|error| refused(&error, &recipients)),
                    Err(_) => Err(DeliveryError::retryable(format!(
                        "the server took longer than {}",
                        humantime::format_duration(limit)
                    ))),
                }
            }
        }
    }

    /// Returns whether email to a local part beyond ASCII can be sent.
    pub(super) async fn takes_utf8(&self, limit: Duration) -> bool {
        match self {
            Self::Folder(_) => true,
            Self::Smtp { capabilities, .. } => capabilities.takes_utf8(limit).await,
        }
    }

    /// Checks the connection without sending anything.
    pub(super) async fn check(&self, limit: Duration) -> Result<(), String> {
        match self {
            Self::Folder(folder) => make_folder(folder)
                .map_err(|error| format!("cannot make the folder {}: {error}", folder.display())),
            Self::Smtp {
                smtp, shown_url, ..
            } => {
                let reason = match timeout(limit, smtp.test_connection()).await {
                    Ok(Ok(true)) => return Ok(()),
                    Ok(Ok(false)) => "it does not answer NOOP".to_owned(),
                    Ok(Err(error)) => refused(&error, &[]).reason,
                    Err(_) => "it does not answer".to_owned(),
                };
                Err(format!("cannot use {shown_url}: {reason}"))
            }
        }
    }
}

fn tls(config: &config::Mail, url: &str, security: SmtpSecurity) -> Result<Tls, InternalError> {
    let host = Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default();
    let mut parameters = TlsParameters::builder(host);
    if let Some(path) = &config.ca_file {
        for authority in authorities(path)? {
            parameters = parameters.add_root_certificate(authority);
        }
    }
    let parameters = parameters.build().map_err(InternalError::new)?;
    Ok(match security {
        SmtpSecurity::None => Tls::None,
        SmtpSecurity::Opportunistic => Tls::Opportunistic(parameters),
        SmtpSecurity::Required => Tls::Required(parameters),
        SmtpSecurity::Wrapper => Tls::Wrapper(parameters),
    })
}

fn smtp(
    config: &config::Mail,
    url: &str,
    tls: Tls,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, InternalError> {
    let builder =
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(InternalError::new)?;
    let builder = builder.tls(tls).timeout(Some(config.timeout));
    Ok(builder.hello_name(config.ehlo.clone()).build())
}

fn authorities(path: &Path) -> Result<Vec<Certificate>, InternalError> {
    let unusable = |error: &dyn std::fmt::Display| {
        InternalError::new(format!("cannot use GATEHOUSE_MAIL_CA: {error}"))
    };
    let pem = std::fs::read(path).map_err(|error| unusable(&error))?;
    Certificate::from_pem(&pem)
        .map(|it| vec![it])
        .map_err(|error| unusable(&error))
}

/// Returns the meaning of the server's reply, or of its absence. The reason never contains an address, which servers
/// tend to repeat.
fn refused(error: &lettre::transport::smtp::Error, recipients: &[Address]) -> DeliveryError {
    let reason = error.status().map_or_else(
        || with_causes(error),
        |code| {
            let said = error.source().map(ToString::to_string).unwrap_or_default();
            let said = without_addresses(&said, recipients);
            format!("the server answered {code} {said}")
                .trim_end()
                .to_owned()
        },
    );
    DeliveryError {
        reason,
        is_permanent: error.is_permanent(),
    }
}

/// What a server said, shortened, and without what names somebody.
fn without_addresses(text: &str, recipients: &[Address]) -> String {
    let words = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    let names_somebody = |word: &str| {
        let word = word.to_lowercase();
        let is_of = |it: &Address| word.contains(&it.user().to_lowercase());
        word.contains('@') || recipients.iter().any(is_of)
    };
    let shown = words.map(|word| if names_somebody(word) { "…" } else { word });
    let text: String = shown.collect::<Vec<_>>().join(" ");
    text.chars().take(MAX_REPLY_CHARACTERS).collect()
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        let said = deeper.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        cause = deeper.source();
    }
    text
}

/// Writes the mail whole or not at all; one that was written before a crash is not written again.
#[expect(
    clippy::disallowed_methods,
    reason = "a short write of a file, which tokio would hand to the same threads"
)]
async fn write(path: PathBuf, message: Message, attempt: i32) -> Result<(), DeliveryError> {
    let written = tokio::task::spawn_blocking(move || {
        path.parent().map_or(Ok(()), make_folder)?;
        // A draft that a crash has left is in nobody's way.
        make_file(&path, &message.formatted(), &format!("part{attempt}"))
    })
    .await;
    let failed = |error: &dyn std::fmt::Display| {
        DeliveryError::retryable(format!("cannot write the file: {error}"))
    };
    written
        .map_err(|error| failed(&error))?
        .map_err(|error| failed(&error))
}
