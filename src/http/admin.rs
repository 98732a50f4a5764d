//! Health and metrics.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use crate::app::App;

/// How long the database may take to respond before it is reported as unreachable.
const PATIENCE: Duration = Duration::from_secs(2);

/// Reports that the process runs.
pub(super) async fn live() -> &'static str {
    "live\n"
}

/// Reports whether the process can do its work: the database is reachable and writable.
pub(super) async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    let unavailable = StatusCode::SERVICE_UNAVAILABLE;
    if app.is_stopping.load(Ordering::Relaxed) {
        app.metrics.database.ready.set(0.0);
        return (unavailable, "stopping\n");
    }
    if !answers(&app).await {
        return (unavailable, "the database is unreachable\n");
    }
    let probed = timeout(PATIENCE, app.db.probe_writes(app.clock.now())).await;
    let is_ready = matches!(probed, Ok(Ok(())));
    app.metrics
        .database
        .ready
        .set(f64::from(u8::from(is_ready)));
    if is_ready {
        (StatusCode::OK, "ready\n")
    } else {
        (unavailable, "the database is not writable\n")
    }
}

/// Returns the metrics in the text format of `OpenMetrics`.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    // First, so that the metric is up to date. Reading metrics writes nothing.
    let (_, skew) = tokio::join!(
        answers(&app),
        timeout(PATIENCE, app.db.clock_skew(|| app.clock.now()))
    );
    let skew = skew.ok().and_then(Result::ok);
    app.metrics
        .database
        .clock_skew
        .set(skew.unwrap_or(f64::NAN));
    app.db.measure(&app.metrics);
    match app.metrics.printed() {
        Ok(text) => {
            let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, media_type)], text).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "metrics not rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Returns whether the database is reachable, and sets the metric from that and from the last write.
async fn answers(app: &App) -> bool {
    let answers = matches!(timeout(PATIENCE, app.db.ping()).await, Ok(Ok(())));
    let is_ready = answers && app.db.accepts_writes() && !app.is_stopping.load(Ordering::Relaxed);
    app.metrics
        .database
        .ready
        .set(f64::from(u8::from(is_ready)));
    answers
}
