//! A collector of traces: an OTLP receiver by HTTP.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;

/// A collector, and what it has received.
pub(crate) struct Collector {
    address: SocketAddr,
    received: Arc<Mutex<Vec<(HeaderMap, ExportTraceServiceRequest)>>>,
}

impl Collector {
    pub(crate) async fn start() -> Self {
        let received = Arc::<Mutex<Vec<_>>>::default();
        let kept = received.clone();
        let receive = async move |headers: HeaderMap, body: Bytes| {
            let decoded = match headers["content-type"].to_str() {
                Ok("application/x-protobuf") => ExportTraceServiceRequest::decode(body).unwrap(),
                other => panic!("{other:?}"),
            };
            kept.lock().unwrap().push((headers, decoded));
        };
        let router = Router::new().route("/v1/traces", post(receive));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, received }
    }

    /// The address for `OTEL_EXPORTER_OTLP_ENDPOINT`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The spans that arrived.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let received = self.received.lock().unwrap();
        let resources = received.iter().flat_map(|(_, it)| &it.resource_spans);
        let scopes = resources.flat_map(|it| &it.scope_spans);
        scopes.flat_map(|it| it.spans.clone()).collect()
    }

    /// An attribute of the process that exported.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let received = self.received.lock().unwrap();
        let (_, first) = received.first()?;
        let resource = first.resource_spans.first()?.resource.as_ref()?;
        attribute(&resource.attributes, name)
    }

    /// A header of the first export.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let received = self.received.lock().unwrap();
        let (headers, _) = received.first()?;
        Some(headers.get(name)?.to_str().unwrap().to_owned())
    }

    /// Everything that was received, as text.
    pub(crate) fn text(&self) -> String {
        let received = self.received.lock().unwrap();
        let bodies: Vec<_> = received.iter().map(|(_, body)| body).collect();
        format!("{bodies:?}")
    }
}

/// The value of an attribute as text.
pub(crate) fn attribute(attributes: &[KeyValue], name: &str) -> Option<String> {
    let found = attributes.iter().find(|it| it.key == name)?;
    match &found.value {
        Some(AnyValue {
            value: Some(Value::StringValue(text)),
        }) => Some(text.clone()),
        Some(AnyValue {
            value: Some(Value::IntValue(number)),
        }) => Some(number.to_string()),
        other => panic!("{name}: {other:?}"),
    }
}
