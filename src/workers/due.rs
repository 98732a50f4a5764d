//! Everything that is due, once.

use tokio_util::sync::CancellationToken;

use crate::accounts::answer_mail_requests;
use crate::app::App;
use crate::errors::InternalError;
use crate::mail::deliver_due;
use crate::personal_data::{carry_out_due_deletions, remove_unverified};
use crate::{accounts, mail, rate_limits, security_events, sessions, tokens};

/// Everything, in an order in which one thing's mails are sent by the next.
pub(crate) async fn run_due_work(app: &App) -> Result<(), InternalError> {
    remove_due(app).await?;
    answer_mail_requests(app).await?;
    send_mails(app, &CancellationToken::new()).await
}

/// Carries out due deletions and removes what was kept long enough.
pub(super) async fn remove_due(app: &App) -> Result<(), InternalError> {
    carry_out_due_deletions(app).await?;
    remove_unverified(app).await?;
    sweep(app).await
}

/// Sends the mails that wait.
pub(super) async fn send_mails(app: &App, stop: &CancellationToken) -> Result<(), InternalError> {
    deliver_due(&app.mailer, &app.db, &*app.clock, stop).await?;
    Ok(app.mailer.measure(app.db.read()).await?)
}

async fn sweep(app: &App) -> Result<(), InternalError> {
    let now = app.clock.now();
    let tx = app.db.begin_write().await?;
    let sessions = sessions::sweep(&*tx, now).await?;
    let oldest = now - app.config.deletion.event_retention;
    let events = security_events::sweep(&*tx, oldest).await?;
    let links = tokens::sweep(&*tx, now).await?;
    let mails = mail::sweep(&*tx, now).await?;
    let usernames = accounts::sweep(&*tx, now).await?;
    let failures = rate_limits::sweep(&*tx, now).await?;
    tx.commit().await?;
    app.rate_limits.forget_idle();
    let keys = app.signing_keys.sweep(&app.db, now).await?;
    if sessions + events + links + mails + usernames + failures + keys > 0 {
        tracing::info!(
            sessions,
            events,
            links,
            mails,
            usernames,
            failures,
            keys,
            "removed what was kept long enough"
        );
    }
    Ok(())
}
