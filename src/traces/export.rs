//! Exports spans to a collector.

use std::error::Error;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{self, Sampler, SdkTracer, SdkTracerProvider, SpanData};
use secrecy::ExposeSecret as _;

use crate::config::{Sampling, TraceEncoding, Traces};

/// How long the last spans may take at the end of the process.
const LAST_EXPORT: Duration = Duration::from_secs(2);

static TRACER: OnceLock<SdkTracer> = OnceLock::new();

/// Returns the tracer if traces are exported.
pub(super) fn tracer() -> Option<&'static SdkTracer> {
    TRACER.get()
}

/// Exports the last spans when it is dropped.
pub(crate) struct Export(SdkTracerProvider);

impl Drop for Export {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown_with_timeout(LAST_EXPORT) {
            tracing::warn!(%error, "last traces not exported");
        }
    }
}

/// Starts to export spans from a thread of its own. Call it outside of the runtime: the HTTP client blocks.
pub(crate) fn start(config: &Traces) -> Result<Export, Box<dyn Error>> {
    let headers = config
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), value.expose_secret().to_owned()));
    let exporter = SpanExporter::builder()
        .with_http()
        .with_endpoint(config.endpoint.as_str())
        .with_timeout(config.timeout)
        .with_protocol(match config.encoding {
            TraceEncoding::Protobuf => Protocol::HttpBinary,
            TraceEncoding::Json => Protocol::HttpJson,
        })
        .with_headers(headers.collect())
        .build()?;
    let exporter = Logged {
        exporter,
        is_away: AtomicBool::new(false),
    };
    let attributes = config.attributes.iter();
    let attributes = attributes.map(|(name, value)| KeyValue::new(name.clone(), value.clone()));
    let resource = Resource::builder()
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .with_attributes(attributes)
        .with_service_name(config.service_name.clone())
        .build();
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_sampler(sampler(config))
        .with_resource(resource)
        .build();
    let _set_once_in_a_process = TRACER.set(provider.tracer("gatehouse"));
    Ok(Export(provider))
}

/// Logs the beginning and the end of an outage of the collector. The library logs each attempt.
#[derive(Debug)]
struct Logged {
    exporter: SpanExporter,
    is_away: AtomicBool,
}

impl trace::SpanExporter for Logged {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let exported = self.exporter.export(batch).await;
        let was_away = self.is_away.swap(exported.is_err(), Ordering::Relaxed);
        match &exported {
            Err(error) if !was_away => tracing::warn!(%error, "traces not exported"),
            Ok(()) if was_away => tracing::info!("traces exported again"),
            _ => {}
        }
        exported
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

fn sampler(config: &Traces) -> Sampler {
    let own = match config.sampling {
        Sampling::All => Sampler::AlwaysOn,
        Sampling::None => Sampler::AlwaysOff,
        Sampling::Share(share) => Sampler::TraceIdRatioBased(share),
    };
    if config.follows_parent {
        Sampler::ParentBased(Box::new(own))
    } else {
        own
    }
}
