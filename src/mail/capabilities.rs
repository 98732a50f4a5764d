//! Determines capabilities of the mail server that affect which addresses an account can have.

use std::time::{Duration, Instant};

use lettre::transport::smtp::client::{AsyncSmtpConnection, Tls};
use lettre::transport::smtp::extension::{ClientId, Extension};
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use tokio::sync::Mutex;
use url::Url;

/// How long a result, also of a failure, is cached: servers change rarely.
const KNOWN_FOR: Duration = Duration::from_mins(10);

/// A server that is queried on a separate connection, because the transport does not expose its capabilities.
pub(super) struct Capabilities {
    host: String,
    port: u16,
    tls: Tls,
    ehlo: ClientId,
    known: Mutex<Option<(Instant, bool)>>,
}

impl Capabilities {
    pub(super) fn new(url: &Url, tls: Tls, ehlo: ClientId) -> Self {
        let usual = match &tls {
            Tls::None => SMTP_PORT,
            Tls::Opportunistic(_) | Tls::Required(_) => SUBMISSION_PORT,
            Tls::Wrapper(_) => SUBMISSIONS_PORT,
        };
        Self {
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port().unwrap_or(usual),
            tls,
            ehlo,
            known: Mutex::default(),
        }
    }

    /// Returns whether email to a local part beyond ASCII can be sent (RFC 6531, section 3.1). Returns true if the
    /// server does not respond within `limit`, because that says nothing about its capabilities.
    pub(super) async fn takes_utf8(&self, limit: Duration) -> bool {
        let mut known = self.known.lock().await;
        if let Some((at, takes)) = *known
            && at.elapsed() < KNOWN_FOR
        {
            return takes;
        }
        let asked = tokio::time::timeout(limit, self.ask(limit)).await;
        let takes = !matches!(asked, Ok(Ok(false)));
        *known = Some((Instant::now(), takes));
        takes
    }

    async fn ask(&self, limit: Duration) -> Result<bool, Error> {
        let from_the_start = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let server = (self.host.as_str(), self.port);
        let (limit, ehlo) = (Some(limit), &self.ehlo);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, limit, ehlo, from_the_start, None).await?;
        match &self.tls {
            Tls::Required(parameters) => connection.starttls(parameters.clone(), ehlo).await?,
            Tls::Opportunistic(parameters) if connection.can_starttls() => {
                connection.starttls(parameters.clone(), ehlo).await?;
            }
            _ => {}
        }
        let takes = connection
            .server_info()
            .supports_feature(Extension::SmtpUtfEight);
        connection.quit().await?;
        Ok(takes)
    }
}
