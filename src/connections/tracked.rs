//! A service that notes when requests begin and when their answers were taken.

use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use futures_util::future::BoxFuture;
use http_body_util::BodyExt as _;
use tower::Service;

use super::progress::Progress;

/// The service of one connection.
#[derive(Clone)]
pub(crate) struct Tracked<S> {
    pub(super) inner: S,
    pub(super) progress: Arc<Progress>,
}

impl<S, R> Service<R> for Tracked<S>
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
        let under_way = self.progress.begin();
        let answering = self.inner.call(request);
        Box::pin(async move {
            let response = answering.await?;
            // The body is dropped once it was taken, or nobody takes it any more.
            Ok(response.map(|body| {
                Body::new(body.map_err(move |error| {
                    let _held_as_long_as_the_body = &under_way;
                    error
                }))
            }))
        })
    }
}
