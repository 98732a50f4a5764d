//! Removes expired rows, one table at a time and in bounded batches.
//!
//! A batch is a separate transaction: it holds SQLite's one write permit only briefly, and a failure loses only the
//! batch. A table that fails or panics does not prevent the others from being swept.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::errors::{InternalError, caught};
use crate::{accounts, factors, lockout, mail, security_events, sessions, tokens};

/// The maximum number of rows in one transaction.
pub(super) const BATCH: u64 = 1000;

/// The maximum number of batches of one table in one turn, so that a backlog in one table delays the others only
/// briefly.
pub(super) const BATCHES: usize = 20;

/// A table with rows that expire.
#[derive(Clone, Copy, Debug)]
enum Table {
    Sessions,
    SecurityEvents,
    OneTimeTokens,
    Outbox,
    MailCounts,
    UsernameReservations,
    PendingRegistrations,
    LoginFailures,
    KnownDevices,
    TotpSecrets,
    SignInChallenges,
    UsedCeremonies,
    SigningKeys,
}

impl Table {
    const ALL: [Self; 13] = [
        Self::Sessions,
        Self::SecurityEvents,
        Self::OneTimeTokens,
        Self::Outbox,
        Self::MailCounts,
        Self::UsernameReservations,
        Self::PendingRegistrations,
        Self::LoginFailures,
        Self::KnownDevices,
        Self::TotpSecrets,
        Self::SignInChallenges,
        Self::UsedCeremonies,
        Self::SigningKeys,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::SecurityEvents => "security_events",
            Self::OneTimeTokens => "one_time_tokens",
            Self::Outbox => "outbox",
            Self::MailCounts => "mail_counts",
            Self::UsernameReservations => "username_reservations",
            Self::PendingRegistrations => "pending_registrations",
            Self::LoginFailures => "login_failures",
            Self::KnownDevices => "known_devices",
            Self::TotpSecrets => "totp_secrets",
            Self::SignInChallenges => "sign_in_challenges",
            Self::UsedCeremonies => "used_ceremonies",
            Self::SigningKeys => "signing_keys",
        }
    }
}

/// Removes expired rows from every table.
pub(super) async fn sweep(app: &App) {
    let now = app.clock.now();
    for table in Table::ALL {
        let name = table.name();
        let mut removed = 0;
        for _ in 0..BATCHES {
            match caught(sweep_batch(app, table, now)).await {
                Ok(rows) => {
                    removed += rows;
                    if rows < BATCH {
                        break;
                    }
                }
                Err(error) => {
                    tracing::error!(table = name, %error, "sweep failed, will be retried");
                    // The other tables would fail, too, and log as much.
                    if error.is_outage() {
                        return;
                    }
                    break;
                }
            }
        }
        if removed > 0 {
            tracing::info!(table = name, removed, "expired rows removed");
        }
    }
    app.rate_limits.forget_idle();
}

/// Removes at most [`BATCH`] expired rows of `table` in one transaction. Returns how many were removed.
async fn sweep_batch(app: &App, table: Table, now: DateTime<Utc>) -> Result<u64, InternalError> {
    if let Table::SigningKeys = table {
        return Ok(app.signing_keys.sweep(&app.db, now).await?);
    }
    if let Table::SignInChallenges = table {
        return accounts::remove_expired_challenges(app, (now, BATCH)).await;
    }
    let tx = app.db.begin_write().await?;
    let removed = match table {
        Table::Sessions => sessions::sweep(&*tx, now, BATCH).await?,
        Table::SecurityEvents => {
            let oldest = now - app.config.deletion.event_retention;
            security_events::sweep(&*tx, oldest, BATCH).await?
        }
        Table::OneTimeTokens => tokens::sweep(&*tx, now, BATCH).await?,
        Table::Outbox => mail::sweep(&*tx, now, BATCH).await?,
        Table::MailCounts => app.mailer.sweep_counts(&*tx, now, BATCH).await?,
        Table::UsernameReservations => accounts::sweep(&*tx, now, BATCH).await?,
        Table::PendingRegistrations => accounts::sweep_registrations(&*tx, now, BATCH).await?,
        Table::LoginFailures => lockout::sweep(&*tx, now, BATCH).await?,
        Table::KnownDevices => lockout::sweep_devices(&*tx, now, BATCH).await?,
        Table::TotpSecrets => factors::sweep_pending(&*tx, now, BATCH).await?,
        Table::UsedCeremonies => factors::sweep_ceremonies(&*tx, now, BATCH).await?,
        Table::SignInChallenges | Table::SigningKeys => 0,
    };
    tx.commit().await?;
    Ok(removed)
}
