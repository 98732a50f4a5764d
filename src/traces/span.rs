//! Begins, measures and describes spans.

use std::time::{Duration, Instant, SystemTime};

use opentelemetry::trace::{Span as _, SpanKind, Status, TraceContextExt as _, Tracer as _};
use opentelemetry::{Context, KeyValue, Value};

use super::export::tracer;

/// The span to which others belong that are recorded later, or on another thread.
#[derive(Clone, Default)]
pub(crate) struct Parent(Option<Context>);

impl Parent {
    /// Returns the current span, if there is one that is exported.
    pub(crate) fn current() -> Self {
        Self(current())
    }

    /// Records a span `name` of the time between two moments.
    pub(crate) fn record<const N: usize>(
        &self,
        name: &'static str,
        (begun, ended): (Instant, Instant),
        attributes: [(&'static str, i64); N],
    ) {
        let (Some(parent), Some(tracer)) = (&self.0, tracer()) else {
            return;
        };
        let attributes = attributes.map(|(name, value)| KeyValue::new(name, value));
        let builder = tracer
            .span_builder(name)
            .with_start_time(at(begun))
            .with_attributes(attributes);
        let mut span = builder.start_with_context(tracer, parent);
        span.end_with_timestamp(at(ended));
    }
}

/// Returns the current context if its span is exported.
pub(super) fn current() -> Option<Context> {
    tracer()?;
    Context::map_current(|context| {
        let is_exported = context.span().span_context().is_sampled();
        is_exported.then(|| context.clone())
    })
}

/// Begins a span of the current one. `None` if that is not exported.
pub(super) fn begin(name: &'static str) -> Option<Context> {
    let (parent, tracer) = (current()?, tracer()?);
    let span = tracer
        .span_builder(name)
        .start_with_context(tracer, &parent);
    Some(parent.with_span(span))
}

/// Begins a trace that belongs to no request.
pub(super) fn begin_trace(
    name: &'static str,
    attributes: impl FnOnce() -> Vec<KeyValue>,
) -> Option<Context> {
    let tracer = tracer()?;
    let builder = tracer
        .span_builder(name)
        .with_kind(SpanKind::Producer)
        .with_attributes(attributes());
    let none = Context::new();
    let span = builder.start_with_context(tracer, &none);
    Some(none.with_span(span))
}

/// Measures `work` by a span.
pub(crate) fn measure<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
    let parent = Parent::current();
    if parent.0.is_none() {
        return work();
    }
    let begun = Instant::now();
    let result = work();
    parent.record(name, (begun, Instant::now()), []);
    result
}

/// Adds an attribute to the current span.
pub(crate) fn annotate(name: &'static str, value: impl Into<Value>) {
    if let Some(context) = current() {
        context.span().set_attribute(KeyValue::new(name, value));
    }
}

/// Records a statement that has just ended: its text, which has placeholders for values.
pub(crate) fn record_statement(elapsed: Duration, text: &str, failed: bool) {
    let (Some(parent), Some(tracer)) = (current(), tracer()) else {
        return;
    };
    let ended = Instant::now();
    let builder = tracer
        .span_builder("statement")
        .with_kind(SpanKind::Client)
        .with_start_time(at(ended) - elapsed)
        .with_attributes([KeyValue::new("db.query.text", text.to_owned())]);
    let mut span = builder.start_with_context(tracer, &parent);
    if failed {
        span.set_status(Status::error(""));
    }
    span.end_with_timestamp(at(ended));
}

/// Converts a moment of the monotonic clock.
#[expect(
    clippy::disallowed_methods,
    reason = "spans are measured; nothing is decided by their time"
)]
fn at(moment: Instant) -> SystemTime {
    SystemTime::now() - moment.elapsed()
}
