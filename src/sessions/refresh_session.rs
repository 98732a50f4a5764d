//! Exchanges a refresh token for a new pair (RFC 9700, section 4.14.2).
//!
//! Each use rotates the token, in one conditional UPDATE that exactly one of concurrent callers wins. Within the reuse
//! interval the others receive the same next token. So does, for a day, a client that never received the response. If
//! the next token is known to have arrived, use of the old one after the interval is reuse of a stolen token, and the
//! session is revoked.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::open_session::issue;
use super::queries::{self, Refreshable};
use super::replay::{self, Replay, rotations};
use super::{Level, OpenedSession, Session};
use crate::app::App;
use crate::client::Client;
use crate::db::entity::sessions as table;
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::mail::RequestKind;
use crate::rate_limits::Action;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::tokens::RefreshToken;

/// How often to try again after another caller was faster; each time a caller made progress.
const ATTEMPTS: usize = 64;

/// Why a refresh token is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefreshSessionError {
    /// Invalid.
    Invalid,
    /// Genuine but expired.
    Expired,
    /// Genuine, but its session is revoked, perhaps just now because the token had been used before.
    Revoked,
}

/// Exchanges `refresh_token`.
pub(crate) async fn refresh_session(
    app: &App,
    refresh_token: Option<&str>,
    client: &Client,
) -> Result<UserResult<OpenedSession, RefreshSessionError>, OperationError> {
    let exchanged = exchange(app, refresh_token, client).await?;
    let error = exchanged.as_ref().err().and_then(|found| found.first());
    let outcome = match error {
        None => "succeeded",
        Some(RefreshSessionError::Invalid) => "invalid",
        Some(RefreshSessionError::Expired) => "expired",
        Some(RefreshSessionError::Revoked) => "revoked",
    };
    if error.is_some() {
        let network = client.network();
        tracing::info!(reason = outcome, network, "refresh token rejected");
    }
    app.metrics.sessions.refreshes.increment(outcome);
    Ok(exchanged)
}

async fn exchange(
    app: &App,
    refresh_token: Option<&str>,
    client: &Client,
) -> Result<UserResult<OpenedSession, RefreshSessionError>, OperationError> {
    let now = app.clock.now();
    let Some(presented) = refresh_token.and_then(RefreshToken::parse) else {
        return Ok(Err(vec![RefreshSessionError::Invalid]));
    };
    let session = presented.session_id.to_string();
    app.rate_limits
        .charge(Action::Refresh, client, &session)
        .await?;
    for _ in 0..ATTEMPTS {
        let Some(known) = queries::find(app.db.read(), presented.session_id).await? else {
            return Ok(Err(vec![RefreshSessionError::Invalid]));
        };
        let newest = match newest_of(app, &presented, &known, now) {
            Ok(newest) => newest,
            Err(error) => return Ok(Err(vec![error])),
        };
        let is_too_weak =
            app.config.factors.are_required(now) && known.session.level() < Level::MultiFactor;
        if is_too_weak && presented.generation == known.generation {
            end_single_factor(app, &known.session, client, now).await?;
            return Ok(Err(vec![RefreshSessionError::Revoked]));
        }
        if presented.generation == known.generation {
            if let Some(opened) = rotate(app, known, &newest, now).await? {
                return Ok(Ok(opened));
            }
            continue;
        }
        let tokens = &app.config.tokens;
        let intervals = (tokens.reuse_interval, tokens.lost_answer_interval);
        match replay::classify(intervals, presented.generation, &known, now) {
            Replay::Theft => {
                retry_conflict(&*app.entropy, || {
                    end_for_theft(app, &known.session, client, now)
                })
                .await?;
                return Ok(Err(vec![RefreshSessionError::Revoked]));
            }
            Replay::TooLate => return Ok(Err(vec![RefreshSessionError::Expired])),
            Replay::AnswerLost => {
                tracing::info!(session = %known.session.id, "refresh response repeated");
            }
            Replay::Recent => {}
        }
        if is_too_weak {
            return Ok(Err(vec![RefreshSessionError::Revoked]));
        }
        let tokens = issue(app, &known.session, &newest, now)?;
        return Ok(Ok(OpenedSession {
            session: known.session,
            tokens,
        }));
    }
    Err(InternalError::new("a refresh token kept changing under a refresh").into())
}

/// Returns the newest token of the session if `presented` leads to it and the session is active.
fn newest_of(
    app: &App,
    presented: &RefreshToken,
    known: &Refreshable,
    now: DateTime<Utc>,
) -> Result<RefreshToken, RefreshSessionError> {
    let newest = app
        .refresh_tokens
        .forward(presented, known.generation)
        .filter(|newest| app.refresh_tokens.is_stored_as(newest, &known.token_hash))
        .ok_or(RefreshSessionError::Invalid)?;
    if known.session.ended_at.is_some() {
        return Err(RefreshSessionError::Revoked);
    }
    if known.session.expires_at <= now {
        return Err(RefreshSessionError::Expired);
    }
    Ok(newest)
}

/// Replaces the stored token with the next one; `None` if another caller did so or revoked the session.
async fn rotate(
    app: &App,
    known: Refreshable,
    current: &RefreshToken,
    now: DateTime<Utc>,
) -> Result<Option<OpenedSession>, InternalError> {
    let next = app.refresh_tokens.next(current);
    let expires_at = Ord::min(known.absolute_end, now + app.config.tokens.refresh_ttl);
    let tx = app.db.begin_write().await?;
    let updated = table::Entity::update_many()
        .col_expr(
            table::Column::RefreshTokenHash,
            Expr::value(app.refresh_tokens.hash(&next)),
        )
        .col_expr(
            table::Column::RefreshGeneration,
            Expr::col(table::Column::RefreshGeneration).add(1),
        )
        .col_expr(
            table::Column::RecentRotations,
            Expr::value(rotations(app.config.tokens.reuse_interval, &known, now)),
        )
        .col_expr(table::Column::LastUsedAt, Expr::value(now))
        .col_expr(table::Column::IdleExpiresAt, Expr::value(expires_at))
        .filter(table::Column::Id.eq(known.session.id))
        .filter(table::Column::RefreshTokenHash.eq(known.token_hash))
        .filter(table::Column::EndedAt.is_null())
        .exec(&*tx)
        .await?;
    if updated.rows_affected != 1 {
        return Ok(None);
    }
    let session = Session {
        last_used_at: now,
        expires_at,
        ..known.session
    };
    let tokens = issue(app, &session, &next, now)?;
    tx.commit().await?;
    Ok(Some(OpenedSession { session, tokens }))
}

/// Ends a session that began before a second factor was required.
async fn end_single_factor(
    app: &App,
    session: &Session,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), InternalError> {
    let tx = app.db.begin_write().await?;
    if queries::end_one(&*tx, now, session.user_id, session.id).await? {
        let event = NewEvent {
            user_id: session.user_id,
            actor: Actor::System,
            kind: EventKind::SessionRevoked,
            session_id: Some(session.id),
            client,
        };
        security_events::record(&*tx, &app.identifiers, now, event).await?;
        tracing::info!(session = %session.id, "session revoked: a second factor is required by now");
    }
    Ok(tx.commit().await?)
}

async fn end_for_theft(
    app: &App,
    session: &Session,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let tx = app.db.begin_write().await?;
    if queries::end_one(&*tx, now, session.user_id, session.id).await? {
        let event = NewEvent {
            user_id: session.user_id,
            actor: Actor::Anonymous,
            kind: EventKind::RefreshTokenReused,
            session_id: Some(session.id),
            client,
        };
        security_events::record(&*tx, &app.identifiers, now, event).await?;
        let notice = (Some(session.user_id), RequestKind::TokenReused);
        app.mailer.request(&tx, now, notice, client).await?;
        tracing::warn!(session = %session.id, "refresh token reuse detected, session revoked");
    }
    tx.commit().await
}
