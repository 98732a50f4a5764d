//! Settings of traces: names, defaults and values of the OpenTelemetry specification ("Environment Variable
//! Specification" and "OTLP Exporter Configuration").

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::address::without_credentials;
use super::reader::Reader;

/// Where traces are exported to, and which.
#[derive(Clone, Debug)]
pub struct Traces {
    /// The full address.
    pub endpoint: Url,
    /// The address without credentials.
    pub shown_endpoint: String,
    /// Headers of each export, such as an API key.
    pub headers: Vec<(String, SecretString)>,
    /// The encoding.
    pub encoding: TraceEncoding,
    /// The maximum duration of an export.
    pub timeout: Duration,
    /// The name of the service.
    pub service_name: String,
    /// Further attributes of the process.
    pub attributes: Vec<(String, String)>,
    /// Which traces are exported that begin here.
    pub sampling: Sampling,
    /// Whether a trace of a caller is exported as the caller decided.
    pub follows_parent: bool,
}

/// The encoding of exported spans, by HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceEncoding {
    /// `http/protobuf`
    Protobuf,
    /// `http/json`
    Json,
}

/// Which traces are exported.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sampling {
    /// All.
    All,
    /// None.
    None,
    /// A share of them, from 0 to 1.
    Share(f64),
}

impl Traces {
    /// Reads the settings; `Some(None)` if traces are not exported. Then no other setting is checked: platforms set them for
    /// programs of every kind.
    #[expect(
        clippy::option_option,
        reason = "the outer one is an invalid setting, as for every area"
    )]
    pub(super) fn read(reader: &mut Reader) -> Option<Option<Self>> {
        let endpoint = endpoint(reader)?;
        let is_disabled = reader
            .text("OTEL_SDK_DISABLED")
            .eq_ignore_ascii_case("true");
        let Some(endpoint) = endpoint.filter(|_| !is_disabled) else {
            return Some(None);
        };
        let exporters = [("otlp", true), ("none", false)];
        if !reader.choice("OTEL_TRACES_EXPORTER", &exporters)? {
            return Some(None);
        }
        let encoding = reader.choice(
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            &[
                ("http/protobuf", TraceEncoding::Protobuf),
                ("http/json", TraceEncoding::Json),
            ],
        );
        let headers = reader.parsed(
            "OTEL_EXPORTER_OTLP_HEADERS",
            "names and values such as api-key=secret,tenant=main",
            pairs,
        );
        let timeout = reader.number("OTEL_EXPORTER_OTLP_TIMEOUT", 100, 60_000);
        let attributes = reader.parsed(
            "OTEL_RESOURCE_ATTRIBUTES",
            "names and values such as deployment.environment.name=production,service.namespace=web",
            pairs,
        );
        let share = reader.parsed("OTEL_TRACES_SAMPLER_ARG", "a number from 0 to 1", share);
        let sampler = reader.choice("OTEL_TRACES_SAMPLER", &SAMPLERS);
        let headers = headers?.into_iter();
        let (sampling, follows_parent) = sampler?;
        let share = share?;
        Some(Some(Self {
            shown_endpoint: without_credentials(endpoint.as_str()),
            endpoint,
            headers: headers.map(|(name, value)| (name, value.into())).collect(),
            encoding: encoding?,
            timeout: Duration::from_millis(timeout?),
            service_name: reader.text("OTEL_SERVICE_NAME"),
            attributes: attributes?,
            sampling: match sampling {
                Sampling::Share(_) => Sampling::Share(share),
                other => other,
            },
            follows_parent,
        }))
    }

    /// Returns whether what is exported can be read in transit.
    pub(super) fn is_encrypted(&self) -> bool {
        self.endpoint.scheme() == "https"
    }
}

const SAMPLERS: [(&str, (Sampling, bool)); 6] = [
    ("parentbased_always_on", (Sampling::All, true)),
    ("parentbased_always_off", (Sampling::None, true)),
    ("parentbased_traceidratio", (Sampling::Share(1.0), true)),
    ("always_on", (Sampling::All, false)),
    ("always_off", (Sampling::None, false)),
    ("traceidratio", (Sampling::Share(1.0), false)),
];

/// Returns the address of traces: as it is set, or below the address of all signals.
#[expect(
    clippy::option_option,
    reason = "the outer one is an invalid setting, as for every area"
)]
fn endpoint(reader: &mut Reader) -> Option<Option<Url>> {
    let takes = "an address such as http://127.0.0.1:4318 (OTLP by HTTP, not gRPC), or empty";
    let parse = |text: &str| match text {
        "" => Some(None),
        text => Url::parse(text)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .map(Some),
    };
    let of_traces = reader.parsed("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", takes, parse)?;
    let of_all = reader.parsed("OTEL_EXPORTER_OTLP_ENDPOINT", takes, parse)?;
    let of_all = of_all.map(|mut url| {
        let path = format!("{}/v1/traces", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url
    });
    Some(of_traces.or(of_all))
}

/// Parses `name=value,name=value`, with values in percent-encoding (W3C Baggage).
fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let listed = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    let pairs = listed.map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let value = percent_encoding::percent_decode_str(value.trim()).decode_utf8();
        Some((name.trim().to_owned(), value.ok()?.into_owned()))
    });
    pairs.collect()
}

fn share(text: &str) -> Option<f64> {
    if text.is_empty() {
        return Some(1.0);
    }
    let share = text.parse().ok();
    share.filter(|share| (0.0..=1.0).contains(share))
}
