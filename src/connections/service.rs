//! A service that records when requests begin, and when their responses move and end.

use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::future::BoxFuture;
use http_body_util::BodyExt as _;
use tower::Service;

use super::progress::Progress;

/// The service of one connection.
#[derive(Clone)]
pub(crate) struct TrackedService<S> {
    inner: S,
    progress: Arc<Progress>,
}

impl<S> TrackedService<S> {
    pub(super) fn new(inner: S, progress: Arc<Progress>) -> Self {
        Self { inner, progress }
    }
}

impl<S, R> Service<R> for TrackedService<S>
where
    S: Service<R, Response = Response>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let open = self.progress.begin();
        let progress = self.progress.clone();
        let responding = self.inner.call(request);
        Box::pin(async move {
            let response = responding.await?;
            if response.status() == StatusCode::SWITCHING_PROTOCOLS {
                progress.upgrade();
            }
            // A frame is taken from the body once the client accepted those before it. The body is dropped, and the
            // request with it, once the client has the whole response or will not read it.
            Ok(response.map(|body| Body::new(body.inspect_frame(move |_| open.moved()))))
        })
    }
}
