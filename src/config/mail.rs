//! Settings of email: the transport, the sender, and the lifetimes of links.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use lettre::message::Mailbox;
use lettre::transport::smtp::extension::ClientId;
use secrecy::SecretString;
use url::{Host, Url};

use super::address::{ENCODED, is_cut_short, masked};
use super::rate_limits::{Limit, Quota, parse_limit};
use super::reader::{Reader, base_url};

/// The maximum of a recipient's limit.
const MAX_COUNTED: u32 = 1000;
/// The longest period of a recipient's limit.
const MAX_PERIOD: Duration = Duration::from_hours(30 * 24);

/// Email and emailed links.
#[derive(Clone, Debug)]
pub struct Mail {
    /// How email is sent.
    pub transport: MailTransport,
    /// The sender. Its display name is the name of the service in emails.
    pub from: Mailbox,
    /// A PEM file with an additional certificate authority for the SMTP server's certificate.
    pub ca_file: Option<PathBuf>,
    /// The name by which this client identifies itself to the SMTP server (RFC 5321, section 4.1.1.1).
    pub ehlo: ClientId,
    /// The maximum duration of one delivery attempt.
    pub timeout: Duration,
    /// How long delivery is attempted before an email becomes a dead letter.
    pub retry_for: TimeDelta,
    /// The limits on emails to one address that strangers can cause. No entry means no limit.
    pub recipient_caps: Vec<Quota>,
    /// How long the link of a verification mail works.
    pub verification_ttl: TimeDelta,
    /// How long the link of a password reset works.
    pub reset_ttl: TimeDelta,
    /// How long the "This wasn't me" link of a notice works.
    pub secure_account_ttl: TimeDelta,
}

/// How email is sent.
#[derive(Clone, Debug)]
pub enum MailTransport {
    /// Emails are written to this folder, one `.eml` file each, and not delivered.
    Folder(PathBuf),
    /// Emails are sent to an SMTP server.
    Smtp {
        /// The address for lettre, with the credentials.
        url: SecretString,
        /// The address without the password, for messages.
        shown_url: String,
        /// The encryption of the connection.
        security: SmtpSecurity,
    },
}

/// The encryption of the connection to an SMTP server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// None: `smtp://host`.
    None,
    /// STARTTLS if the server offers it: `smtp://host?tls=opportunistic`.
    Opportunistic,
    /// STARTTLS required (RFC 3207): `smtp://host?tls=required`.
    Required,
    /// TLS from the start: `smtps://host` (RFC 8314, section 3.3).
    Wrapper,
}

impl Mail {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let transport = reader.parsed(
            "GATEHOUSE_MAIL_URL",
            &format!(
                "smtp://user:password@host:587?tls=required or smtps://user:password@host:465, {ENCODED}; or \
                 file://path/to/folder"
            ),
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
            reader.reject("GATEHOUSE_MAIL_CA", "the path of a PEM file");
        }
        let ehlo = ehlo(reader);
        let timeout = reader.duration("GATEHOUSE_MAIL_TIMEOUT", "1s", "5m");
        let retry_for = reader.span("GATEHOUSE_MAIL_RETRY_FOR", "1h", "14d");
        let hourly = cap(reader, "GATEHOUSE_LIMIT_RECIPIENT");
        let daily = cap(reader, "GATEHOUSE_LIMIT_RECIPIENT_DAILY");
        let verification_ttl = reader.span("GATEHOUSE_VERIFICATION_TTL", "5m", "30d");
        let reset_ttl = reader.span("GATEHOUSE_RESET_TTL", "5m", "24h");
        let secure_account_ttl = reader.span("GATEHOUSE_SECURE_ACCOUNT_TTL", "1h", "30d");
        Some(Self {
            transport: transport?,
            from: from?,
            ca_file,
            ehlo: ehlo?,
            timeout: timeout?,
            retry_for: retry_for?,
            recipient_caps: [hourly?, daily?]
                .into_iter()
                .filter_map(Limit::quota)
                .collect(),
            verification_ttl: verification_ttl?,
            reset_ttl: reset_ttl?,
            secure_account_ttl: secure_account_ttl?,
        })
    }

    /// Returns the name of the service in emails: the sender's display name, or the domain of its address.
    pub fn service_name(&self) -> &str {
        let name = self
            .from
            .name
            .as_deref()
            .filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| self.from.email.domain())
    }
}

/// Returns the configured name, or this machine's if it is fully qualified, or that of the public URL. Servers reject
/// the id of a container.
fn ehlo(reader: &mut Reader) -> Option<ClientId> {
    let takes = "the name of this host with its domain, or an address, such as auth.example.com or 192.0.2.1";
    let set = reader.parsed("GATEHOUSE_MAIL_EHLO", takes, |text| {
        if text.is_empty() {
            Some(None)
        } else {
            client_id(text).map(Some)
        }
    })?;
    let own = || match ClientId::default() {
        ClientId::Domain(name) if !name.contains('.') => None,
        own => Some(own),
    };
    let public = || client_id(base_url(&reader.text("GATEHOUSE_PUBLIC_URL"))?.host_str()?);
    let unnamed = || ClientId::Ipv4(Ipv4Addr::LOCALHOST);
    Some(set.or_else(own).or_else(public).unwrap_or_else(unnamed))
}

/// Parses a domain of several labels, as A-labels, or an IP address.
fn client_id(text: &str) -> Option<ClientId> {
    match Host::parse(text).ok()? {
        Host::Domain(name) => name.contains('.').then_some(ClientId::Domain(name)),
        Host::Ipv4(address) => Some(ClientId::Ipv4(address)),
        Host::Ipv6(address) => Some(ClientId::Ipv6(address)),
    }
}

/// Parses a recipient's limit. Each email within the period is remembered, so both numbers are bounded.
fn cap(reader: &mut Reader, name: &'static str) -> Option<Limit> {
    reader.parsed(
        name,
        "a number up to 1000 and a period up to 30d, such as 5/1h, or off",
        |text| match parse_limit(text)? {
            Limit::To(quota) if quota.burst.get() > MAX_COUNTED || quota.period > MAX_PERIOD => {
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
    let url = Url::parse(text).ok().filter(|_| !is_cut_short(text))?;
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{ClientId, client_id};
    use crate::config::Config;

    fn ehlo(variables: &[(&str, &str)]) -> Option<String> {
        let variables: BTreeMap<String, String> = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let config = Config::load(&variables, None).ok()?;
        Some(config.mail.ehlo.to_string())
    }

    #[test]
    fn servers_are_told_a_whole_name_or_an_address() {
        for (text, name) in [
            ("auth.example.com", "auth.example.com"),
            ("b\u{fc}cher.example", "xn--bcher-kva.example"),
            ("192.0.2.1", "[192.0.2.1]"),
        ] {
            assert_eq!(
                ehlo(&[("GATEHOUSE_MAIL_EHLO", text)]).as_deref(),
                Some(name)
            );
        }
        for text in [
            "3f9d1c2b7a60",
            "localhost",
            "a b.example",
            "https://auth.example.com",
        ] {
            assert_eq!(ehlo(&[("GATEHOUSE_MAIL_EHLO", text)]), None, "{text}");
        }
        let name = ehlo(&[]).unwrap();
        assert!(name.contains('.') || name.contains(':'), "{name}");
    }

    #[test]
    fn an_id_of_a_container_is_no_name() {
        assert!(client_id("3f9d1c2b7a60").is_none());
        assert!(matches!(
            client_id("auth.example.com"),
            Some(ClientId::Domain(_))
        ));
    }
}
