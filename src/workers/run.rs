//! The loops.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::due::run_due_work;
use super::keys::reload_keys;
use crate::app::App;
use crate::errors::InternalError;

/// Starts every worker; each stops, between two runs, once `stop` is cancelled.
pub(crate) fn run_workers(app: &Arc<App>, tasks: &TaskTracker, stop: &CancellationToken) {
    let due = app.clone();
    tasks.spawn(repeat(
        "due work",
        app.config.workers.interval,
        stop.clone(),
        move || {
            let app = due.clone();
            async move { run_due_work(&app).await }
        },
    ));
    let keys = app.clone();
    let pause = app.config.tokens.key_reload_interval;
    tasks.spawn(repeat("key reload", pause, stop.clone(), move || {
        let app = keys.clone();
        async move { reload_keys(&app).await }
    }));
}

async fn repeat<F>(
    name: &'static str,
    pause: Duration,
    stop: CancellationToken,
    work: impl Fn() -> F + Send,
) where
    F: Future<Output = Result<(), InternalError>> + Send,
{
    let mut ticks = interval(pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        // What fails now is due still at the next turn.
        if let Err(error) = work().await {
            tracing::error!(worker = name, %error, "a worker failed and will try again");
        }
    }
}
