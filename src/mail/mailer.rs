//! The mailer: writes, stores and sends emails.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use lettre::message::Mailbox;
use tokio::sync::Notify;
use url::Url;

use super::links::Links;
use super::transport::Transport;
use crate::config;
use crate::entropy::{self, Entropy, Identifiers};
use crate::errors::InternalError;
use crate::jobs::Dispatcher;
use crate::metrics::Metrics;
use crate::secret::{KeyedHash, Sealer, Secret};

/// The maximum time between a request for an email and its writing.
const MAX_MOMENT: Duration = Duration::from_millis(500);

/// How long a registration waits for the mail server's capabilities.
const MAX_CAPABILITY_WAIT: Duration = Duration::from_secs(3);

/// Writes emails into the outbox and sends them from there.
pub(crate) struct Mailer {
    pub(super) links: Links,
    pub(super) service: String,
    pub(super) from: Mailbox,
    pub(super) sealer: Sealer,
    pub(super) transport: Transport,
    pub(super) timeout: Duration,
    pub(super) retry_for: TimeDelta,
    pub(super) recipient_caps: Vec<config::Quota>,
    /// Identifies addresses in `mail_counts`.
    pub(super) recipients: KeyedHash,
    pub(super) entropy: Arc<dyn Entropy>,
    pub(super) identifiers: Identifiers,
    pub(super) metrics: Arc<Metrics>,
    /// Attempts the emails in the outbox.
    pub(super) dispatcher: Dispatcher,
    /// Notified of each request for an email.
    pub(super) asked: Arc<Notify>,
}

impl Mailer {
    /// Creates the mailer, with links to `app_url`.
    pub(crate) fn new(
        config: &config::Mail,
        app_url: &Url,
        secret: &Secret,
        entropy: Arc<dyn Entropy>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, InternalError> {
        Ok(Self {
            links: Links::new(app_url),
            service: config.service_name().to_owned(),
            from: as_sent(&config.from)?,
            sealer: secret.sealer("outbox")?,
            transport: Transport::new(config)?,
            timeout: config.timeout,
            retry_for: config.retry_for,
            recipient_caps: config.recipient_caps.clone(),
            recipients: secret.keyed_hash("mail recipient")?,
            identifiers: Identifiers::new(entropy.clone()),
            dispatcher: Dispatcher::new(entropy.clone()),
            entropy,
            metrics,
            asked: Arc::default(),
        })
    }

    /// Completes when this process has written an email.
    pub(crate) async fn written(&self) {
        self.dispatcher.enqueued().await;
    }

    /// Completes a random moment after this process has requested an email. Work that starts with the response would be
    /// noticeable to a client that sends the request again, and there is more of it for an address with an account.
    pub(crate) async fn asked(&self) {
        self.asked.notified().await;
        let share = u32::from(u16::from_le_bytes(entropy::bytes(&*self.entropy)));
        tokio::time::sleep(MAX_MOMENT * share / u32::from(u16::MAX)).await;
    }

    /// Returns whether email to `address` can be sent: a local part beyond ASCII requires a server with SMTPUTF8 (RFC
    /// 6531). Returns true if the server does not respond.
    pub(crate) async fn can_reach(&self, address: &str) -> bool {
        let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
        local.is_ascii()
            || self
                .transport
                .takes_utf8(MAX_CAPABILITY_WAIT.min(self.timeout))
                .await
    }

    /// Checks whether email can be sent now. The error is a message for the operator, with the server's address.
    pub(crate) async fn check(&self) -> Result<(), String> {
        self.transport.check(self.timeout).await
    }
}

/// Returns the sender with its domain as A-label, which every server accepts (RFC 5890, section 2.3.2.1).
fn as_sent(from: &Mailbox) -> Result<Mailbox, InternalError> {
    let domain = idna::domain_to_ascii(from.email.domain()).map_err(|_| {
        InternalError::new(format!(
            "GATEHOUSE_MAIL_FROM: {} is no domain",
            from.email.domain()
        ))
    })?;
    let email = lettre::Address::new(from.email.user(), domain).map_err(InternalError::new)?;
    Ok(Mailbox::new(from.name.clone(), email))
}
