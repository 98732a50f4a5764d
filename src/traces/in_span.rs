//! Futures that run in a span.

use std::future::Future;
use std::pin::Pin;
use std::task::{self, Poll};

use opentelemetry::trace::{Status, TraceContextExt as _};
use opentelemetry::{Context, KeyValue};
use pin_project_lite::pin_project;

use super::span::{begin, begin_trace, current};

/// Runs `work` in a span of the current one, which ends with it.
pub(crate) fn in_span<F: Future>(name: &'static str, work: F) -> InSpan<F> {
    InSpan {
        work,
        context: begin(name),
        ends: true,
    }
}

/// Runs `work` in the current span, on whatever task.
pub(crate) fn carried<F: Future>(work: F) -> InSpan<F> {
    InSpan {
        work,
        context: current(),
        ends: false,
    }
}

/// Runs the delivery of an email in a trace of its own. The span has no reason of a failure: what a mail server answers may
/// contain an address.
pub(crate) async fn in_email_span<T, E>(
    (kind, attempt): (&str, i32),
    delivery: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let context = begin_trace("deliver email", || {
        vec![
            KeyValue::new("gatehouse.email.kind", kind.to_owned()),
            KeyValue::new("gatehouse.email.attempt", i64::from(attempt)),
        ]
    });
    let delivered = InSpan {
        work: delivery,
        context: context.clone(),
        ends: false,
    };
    let delivered = delivered.await;
    if let Some(context) = context {
        if delivered.is_err() {
            context.span().set_status(Status::error(""));
        }
        context.span().end();
    }
    delivered
}

pin_project! {
    /// A future in a span.
    pub(crate) struct InSpan<F> {
        #[pin]
        pub(super) work: F,
        pub(super) context: Option<Context>,
        pub(super) ends: bool,
    }

    impl<F> PinnedDrop for InSpan<F> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            if let (Some(context), true) = (this.context, *this.ends) {
                context.span().end();
            }
        }
    }
}

impl<F: Future> Future for InSpan<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, task: &mut task::Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _attached = this
            .context
            .as_ref()
            .map(|context| context.clone().attach());
        this.work.poll(task)
    }
}
