//! Runs everything that is due, once.

use tokio_util::sync::CancellationToken;

use super::bound::bound;
use super::clock::check_clock;
use super::measure::measure;
use super::sweep::sweep;
use crate::accounts::{
    answer_mail_requests, complete_factor_removals, start_lifetimes, survey_passwords,
};
use crate::app::App;
use crate::db::as_worker;
use crate::errors::{InternalError, caught};
use crate::mail::{StartLifetimes, bury_expired, deliver_due};
use crate::personal_data::{carry_out_due_deletions, remove_unverified};

/// Runs everything, in an order in which emails queued by one step are sent by the next.
pub(crate) async fn run_due_work(app: &App) -> Result<(), InternalError> {
    as_worker(async {
        remove_due(app).await?;
        survey(app).await?;
        answer_mail_requests(app).await?;
        send_mails(app, &CancellationToken::new()).await?;
        measure(app).await
    })
    .await
}

/// Completes due deletions, removes accounts that were never verified and factors that were lost, and sweeps. If one of these
/// fails, the others still run.
pub(super) async fn remove_due(app: &App) -> Result<(), InternalError> {
    let removed = match caught(check_clock(app)).await {
        Ok(()) => remove_expired(app).await,
        ahead => ahead,
    };
    bound(app).await;
    removed
}

async fn remove_expired(app: &App) -> Result<(), InternalError> {
    let deletions = caught(carry_out_due_deletions(app)).await;
    let unverified = caught(remove_unverified(app)).await;
    if let Err(error) = caught(complete_factor_removals(app)).await {
        tracing::error!(%error, "second factors not removed, will be retried");
    }
    sweep(app).await;
    if let (Err(_), Err(error)) = (&deletions, &unverified) {
        tracing::error!(%error, "unverified accounts not removed, will be retried");
    }
    deletions.and(unverified).map(drop)
}

/// Determines the kinds of password hashes that the accounts have.
pub(super) async fn survey(app: &App) -> Result<(), InternalError> {
    let surveyed = survey_passwords(app).await;
    surveyed.map_err(|refusal| InternalError::new(format!("{refusal:?}")))
}

/// Makes dead letters of the emails that were attempted for long enough, and sends those that wait.
pub(super) async fn send_mails(app: &App, stop: &CancellationToken) -> Result<(), InternalError> {
    let buried = match caught(check_clock(app)).await {
        Ok(()) => bury_expired(&app.mailer, &app.db, app.clock.now()).await,
        ahead => ahead,
    };
    send_written(app, stop).await?;
    buried
}

/// Sends queued emails only. Called as soon as one was queued.
pub(super) async fn send_written(app: &App, stop: &CancellationToken) -> Result<(), InternalError> {
    let timing = (&*app.clock, start_lifetimes as StartLifetimes);
    deliver_due(&app.mailer, &app.db, timing, stop).await?;
    Ok(())
}
