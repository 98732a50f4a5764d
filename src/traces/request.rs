//! The span of a request.

use std::future::Future;

use axum::http::{HeaderMap, Method, Uri};
use opentelemetry::propagation::TextMapPropagator as _;
use opentelemetry::trace::{SpanContext, SpanKind, Status, TraceContextExt as _, Tracer as _};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;

use super::export::tracer;
use super::in_span::InSpan;

/// The trace of a request: that of its `traceparent` (W3C Trace Context, section 3.2), or a new one.
pub(crate) struct RequestTrace {
    id: Option<String>,
    context: Option<Context>,
}

impl RequestTrace {
    /// Begins the span of a request, or only reads the id of its trace if traces are not exported. A malformed
    /// `traceparent` counts as absent.
    pub(crate) fn begin(headers: &HeaderMap, method: &Method, uri: &Uri) -> Self {
        let (method, route) = (known(method), route(uri.path()));
        let callers = TraceContextPropagator::new()
            .extract_with_context(&Context::new(), &HeaderExtractor(headers));
        let context = tracer().map(|tracer| {
            let builder = tracer
                .span_builder(format!("{method} {route}"))
                .with_kind(SpanKind::Server)
                .with_attributes([
                    KeyValue::new("http.request.method", method.to_owned()),
                    KeyValue::new("http.route", route.to_owned()),
                ]);
            let span = builder.start_with_context(tracer, &callers);
            callers.with_span(span)
        });
        let known = context.as_ref().unwrap_or(&callers).span();
        let known = known.span_context();
        Self {
            id: known.is_valid().then(|| known.trace_id().to_string()),
            context,
        }
    }

    /// Returns the id of the trace, if the request belongs to one.
    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Runs `work` in the span.
    pub(crate) fn run<F: Future>(&self, work: F) -> InSpan<F> {
        InSpan {
            work,
            context: self.context.clone(),
            ends: false,
        }
    }

    /// Ends the span. Returns the value of the header `traceresponse` (W3C Trace Context, level 2).
    pub(crate) fn end(self, status: u16) -> Option<String> {
        let context = self.context?;
        let span = context.span();
        span.set_attribute(KeyValue::new(
            "http.response.status_code",
            i64::from(status),
        ));
        if status >= 500 {
            span.set_status(Status::error(""));
        }
        span.end();
        Some(shown(span.span_context()))
    }
}

/// Returns the path of the API; others have none, because a client can choose any.
fn route(path: &str) -> &'static str {
    if path == "/graphql" {
        "/graphql"
    } else {
        "other"
    }
}

/// Returns the method, or `_OTHER` for one that the client invented (OpenTelemetry, "Semantic conventions for HTTP spans").
fn known(method: &Method) -> &'static str {
    let all = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"];
    let mut all = all.into_iter();
    all.find(|name| name == method).unwrap_or("_OTHER")
}

fn shown(context: &SpanContext) -> String {
    let (trace, span) = (context.trace_id(), context.span_id());
    format!("00-{trace}-{span}-{:02x}", context.trace_flags().to_u8())
}
