//! The loops of the workers.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::due::{measure_mails, remove_due, send_mails, send_written, survey};
use super::keys::reload_keys;
use crate::accounts::answer_mail_requests;
use crate::app::{App, Schedule};
use crate::db::as_worker;
use crate::errors::{InternalError, caught};

/// Starts every worker. Each stops between two runs when `stop` is canceled.
pub(crate) fn run_workers(app: &Arc<App>, tasks: &TaskTracker, stop: &CancellationToken) {
    let due = app.clone();
    let pause = app.config.workers.interval;
    tasks.spawn(repeat(
        "removal",
        ticks(app, pause),
        stop.clone(),
        move || {
            let app = due.clone();
            async move { remove_due(&app).await }
        },
    ));
    let surveyed = app.clone();
    tasks.spawn(repeat(
        "password survey",
        ticks(app, pause),
        stop.clone(),
        move || {
            let app = surveyed.clone();
            async move { survey(&app).await }
        },
    ));
    if app.db.builds_indexes_in_background() {
        tasks.spawn(indexes(app.clone(), stop.clone()));
    }
    tasks.spawn(requests(app.clone(), stop.clone()));
    tasks.spawn(mails(app.clone(), stop.clone()));
    // Also while a mail server that does not answer holds up the worker above.
    let measured = app.clone();
    tasks.spawn(repeat(
        "mail metrics",
        ticks(app, pause),
        stop.clone(),
        move || {
            let app = measured.clone();
            async move { measure_mails(&app).await }
        },
    ));
    let keys = app.clone();
    let pause = app.config.tokens.key_reload_interval;
    tasks.spawn(repeat(
        "key reload",
        ticks(app, pause),
        stop.clone(),
        move || {
            let app = keys.clone();
            async move { reload_keys(&app).await }
        },
    ));
}

/// Builds the missing indexes and ends when all exist. A build that is interrupted by a shutdown is dropped and
/// restarted by the next instance.
async fn indexes(app: Arc<App>, stop: CancellationToken) {
    let mut ticks = ticks(&app, app.config.workers.interval);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let built = async { Ok(app.db.build_indexes().await?) };
        tokio::select! {
            () = stop.cancelled() => return,
            built = turn("index build", built) => if built { return },
        }
    }
}

/// Writes requested emails: those of this process a moment later, those of others at every turn.
async fn requests(app: Arc<App>, stop: CancellationToken) {
    let is_prompt = app.schedule == Schedule::Prompt;
    let mut ticks = ticks(&app, app.config.workers.interval);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
            () = app.mailer.asked(), if is_prompt => {}
        }
        turn("requests for mails", answer_mail_requests(&app)).await;
    }
}

/// Sends emails: those of this process at once, those of others at every turn. A separate worker, so that a slow mail
/// server delays nothing else.
async fn mails(app: Arc<App>, stop: CancellationToken) {
    if let Err(reason) = app.mailer.check().await {
        tracing::warn!(reason, "email delivery unavailable, messages remain queued");
    }
    let is_prompt = app.schedule == Schedule::Prompt;
    let mut ticks = ticks(&app, app.config.workers.interval);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => { turn("mails", send_mails(&app, &stop)).await; }
            () = app.mailer.written(), if is_prompt => { turn("mails", send_written(&app, &stop)).await; }
        }
    }
}

/// Ticks whenever a turn is due, for the first time at the start.
fn ticks(app: &App, pause: Duration) -> Interval {
    let first = if app.schedule == Schedule::Prompt {
        Duration::ZERO
    } else {
        pause
    };
    let mut ticks = interval_at(Instant::now() + first, pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// Runs one turn. Work that fails or panics remains due at the next turn. Returns whether it succeeded.
fn turn(
    worker: &'static str,
    work: impl Future<Output = Result<(), InternalError>>,
) -> impl Future<Output = bool> {
    let work = as_worker(caught(work));
    async move {
        let done = work.await;
        if let Err(error) = &done {
            tracing::error!(worker, %error, "worker failed, will be retried");
        }
        done.is_ok()
    }
}

async fn repeat<F>(
    name: &'static str,
    mut ticks: Interval,
    stop: CancellationToken,
    work: impl Fn() -> F + Send,
) where
    F: Future<Output = Result<(), InternalError>> + Send,
{
    loop {
        tokio::select! {
            // If a turn is due during a shutdown, the shutdown takes precedence.
            biased;
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        turn(name, work()).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use tokio::time::{Instant, interval_at};
    use tokio_util::sync::CancellationToken;

    use super::repeat;

    #[tokio::test]
    async fn a_worker_that_panics_goes_on_at_the_next_turn() {
        let stop = CancellationToken::new();
        let stopping = stop.clone();
        let turns = AtomicU32::new(0);
        let ticks = interval_at(Instant::now(), Duration::from_millis(1));
        repeat("test", ticks, stop, || {
            let turn = turns.fetch_add(1, Ordering::Relaxed);
            let stopping = stopping.clone();
            async move {
                assert!(turn > 0, "the first turn panics");
                stopping.cancel();
                Ok(())
            }
        })
        .await;
        assert_eq!(turns.into_inner(), 2);
    }
}
