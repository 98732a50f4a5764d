//! How mails leave, who sends them, and how long the links in them work.

use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use lettre::message::Mailbox;
use secrecy::SecretString;
use url::Url;

use super::database::masked;
use super::rate_limits::{Limit, Quota, parse_limit};
use super::reader::Reader;

/// The most emails that a limit of one address counts.
const MOST_COUNTED: u32 = 1000;
/// The longest period over which it counts them.
const LONGEST_PERIOD: Duration = Duration::from_hours(30 * 24);

/// Mails and their links.
#[derive(Clone, Debug)]
pub struct Mail {
    /// How they leave.
    pub transport: MailTransport,
    /// The sender; its display name is what the mails call the service.
    pub from: Mailbox,
    /// A PEM file with a certificate authority that the SMTP server's certificate may be of, beside those
    /// that everybody trusts.
    pub ca_file: Option<PathBuf>,
    /// How long one attempt to send a mail may take.
    pub timeout: Duration,
    /// How long a mail is tried before it is given up.
    pub give_up_after: TimeDelta,
    /// How many emails that strangers can cause go to one address; none is no limit.
    pub recipient_caps: Vec<Quota>,
    /// Whether a mail is tried as soon as it is written, rather than at the workers' next turn.
    pub at_once: bool,
    /// How long the link of a verification mail works.
    pub verification_ttl: TimeDelta,
    /// How long the link of a password reset works.
    pub reset_ttl: TimeDelta,
    /// How long the "this was not me" link of a notice works.
    pub disavow_ttl: TimeDelta,
}

/// How mails leave.
#[derive(Clone, Debug)]
pub enum MailTransport {
    /// They are written to this folder, one `.eml` file each, and nobody gets them.
    Folder(PathBuf),
    /// They are handed to an SMTP server.
    Smtp {
        /// The address as lettre takes it, with the credentials.
        url: SecretString,
        /// The same without the password, for messages.
        shown_url: String,
        /// What of the connection is encrypted.
        security: SmtpSecurity,
    },
}

/// What of the connection to an SMTP server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// Nothing: `smtp://host`.
    None,
    /// What follows STARTTLS, where the server offers it: `smtp://host?tls=opportunistic`.
    Opportunistic,
    /// What follows STARTTLS, and nothing is sent without (RFC 3207): `smtp://host?tls=required`.
    Required,
    /// Everything: `smtps://host` (RFC 8314, section 3.3).
    Wrapper,
}

impl Mail {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let transport = reader.parsed(
            "GATEHOUSE_MAIL_URL",
            "smtp://user:password@host:587?tls=required, smtps://user:password@host:465 or file://path/to/folder",
            transport,
        );
        let from = reader.parsed(
            "GATEHOUSE_MAIL_FROM",
            "a sender such as Acme <no-reply@acme.example>",
            |text| text.parse().ok(),
        );
        let ca_file = Some(reader.text("GATEHOUSE_MAIL_CA"))
            .filter(|text| !text.is_empty())
            .map(PathBuf::from);
        if ca_file.as_ref().is_some_and(|path| !path.is_file()) {
            reader.fault("GATEHOUSE_MAIL_CA", "the path of a PEM file");
        }
        let timeout = reader.duration("GATEHOUSE_MAIL_TIMEOUT", "1s", "5m");
        let give_up_after = reader.span("GATEHOUSE_MAIL_GIVE_UP_AFTER", "1h", "14d");
        let hourly = cap(reader, "GATEHOUSE_LIMIT_RECIPIENT");
        let daily = cap(reader, "GATEHOUSE_LIMIT_RECIPIENT_DAILY");
        let verification_ttl = reader.span("GATEHOUSE_VERIFICATION_TTL", "5m", "30d");
        let reset_ttl = reader.span("GATEHOUSE_RESET_TTL", "5m", "24h");
        let disavow_ttl = reader.span("GATEHOUSE_DISAVOW_TTL", "1h", "30d");
        Some(Self {
            transport: transport?,
            from: from?,
            ca_file,
            timeout: timeout?,
            give_up_after: give_up_after?,
            recipient_caps: [hourly?, daily?]
                .into_iter()
                .filter_map(Limit::quota)
                .collect(),
            at_once: true,
            verification_ttl: verification_ttl?,
            reset_ttl: reset_ttl?,
            disavow_ttl: disavow_ttl?,
        })
    }

    /// What the mails call the service: the sender's display name, or the domain it sends from.
    pub fn service_name(&self) -> &str {
        let name = self
            .from
            .name
            .as_deref()
            .filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| self.from.email.domain())
    }
}

/// Each email within the period is remembered, so both have a bound.
fn cap(reader: &mut Reader, name: &'static str) -> Option<Limit> {
    reader.parsed(
        name,
        "a number up to 1000 and a period up to 30d, such as 5/1h (at most so many within it), or off",
        |text| match parse_limit(text)? {
            Limit::To(quota)
                if quota.burst.get() > MOST_COUNTED || quota.period > LONGEST_PERIOD =>
            {
                None
            }
            limit => Some(limit),
        },
    )
}

fn transport(text: &str) -> Option<MailTransport> {
    if let Some(folder) = text.strip_prefix("file://") {
        return (!folder.is_empty()).then(|| MailTransport::Folder(folder.into()));
    }
    let url = Url::parse(text).ok()?;
    url.host_str().filter(|host| !host.is_empty())?;
    let security = match (url.scheme(), url.query()) {
        ("smtps", None) => SmtpSecurity::Wrapper,
        ("smtp", None) => SmtpSecurity::None,
        ("smtp", Some("tls=opportunistic")) => SmtpSecurity::Opportunistic,
        ("smtp", Some("tls=required")) => SmtpSecurity::Required,
        _ => return None,
    };
    Some(MailTransport::Smtp {
        url: text.to_owned().into(),
        shown_url: masked(text),
        security,
    })
}
