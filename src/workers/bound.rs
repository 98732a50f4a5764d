//! Limits the number of stored sessions and security events of an account.
//!
//! Checks only the accounts that recently got a row on any instance.

use chrono::TimeDelta;

use super::sweep::{BATCH, BATCHES};
use crate::app::App;
use crate::errors::{InternalError, caught};
use crate::{security_events, sessions};

/// How much longer than two turns of the worker a row is considered new: a turn may be late, and a transaction slow.
const MARGIN: TimeDelta = TimeDelta::minutes(1);

/// A table with a limit for each account.
#[derive(Clone, Copy, Debug)]
enum Table {
    Sessions,
    SecurityEvents,
}

/// Removes the excess rows.
pub(super) async fn bound(app: &App) {
    for (table, name) in [
        (Table::Sessions, "sessions"),
        (Table::SecurityEvents, "security_events"),
    ] {
        if let Err(error) = caught(bound_table(app, table, name)).await {
            tracing::error!(table = name, %error, "sweep failed, will be retried");
        }
    }
}

async fn bound_table(app: &App, table: Table, name: &'static str) -> Result<(), InternalError> {
    let now = app.clock.now();
    let pause = TimeDelta::from_std(app.config.workers.interval).map_err(InternalError::new)?;
    let since = now - pause * 2 - MARGIN;
    let users = match table {
        Table::Sessions => sessions::find_excess(app.db.read(), since).await?,
        Table::SecurityEvents => security_events::find_excess(app.db.read(), since).await?,
    };
    for user in users {
        let mut removed = 0;
        for _ in 0..BATCHES {
            let tx = app.db.begin_exclusive("bound").await?;
            let rows = match table {
                Table::Sessions => sessions::trim(&*tx, user, now, BATCH).await?,
                Table::SecurityEvents => security_events::trim(&*tx, user, BATCH).await?,
            };
            tx.commit().await?;
            removed += rows;
            if rows < BATCH {
                break;
            }
        }
        tracing::info!(table = name, %user, removed, "rows over the account's limit removed");
    }
    Ok(())
}
