//! Creates a session in the transaction of the sign-in or registration.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use secrecy::SecretString;

use super::{Authenticated, Level, Session, Viewer};
use crate::app::App;
use crate::client::Client;
use crate::db::SessionId;
use crate::db::entity::sessions as table;
use crate::errors::InternalError;
use crate::lockout::DeviceToken;
use crate::tokens::{Bearer, RefreshToken};

/// The tokens of a session, issued once.
#[derive(Debug)]
pub(crate) struct IssuedTokens {
    /// The JWT.
    pub(crate) access_token: SecretString,
    /// The access token's expiry.
    pub(crate) access_token_expires_at: DateTime<Utc>,
    /// For `refreshSession` only.
    pub(crate) refresh_token: SecretString,
    /// The refresh token's expiry unless it is used.
    pub(crate) refresh_token_expires_at: DateTime<Utc>,
    /// The secret by which the account recognizes the device; only after a sign-in or registration.
    pub(crate) device: Option<DeviceToken>,
}

/// A session and its tokens.
pub(crate) struct OpenedSession {
    /// The session.
    pub(crate) session: Session,
    /// Its tokens.
    pub(crate) tokens: IssuedTokens,
}

impl OpenedSession {
    /// Returns the viewer, as an authenticated request with these tokens would have.
    pub(crate) fn viewer(&self) -> Viewer {
        Viewer::new(&self.session)
    }
}

/// Creates a session of an authenticated user in the transaction `db`.
pub(crate) async fn open_session(
    app: &App,
    db: &impl ConnectionTrait,
    user: Authenticated,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<OpenedSession, InternalError> {
    let id = SessionId(app.identifiers.next(now));
    let refresh_token = RefreshToken::first(id, &*app.entropy);
    let absolute_end = now + app.config.tokens.session_ttl;
    let session = Session {
        id,
        user_id: user.user_id,
        created_at: now,
        authenticated_at: user.at,
        methods: user.methods,
        last_used_at: now,
        expires_at: absolute_end.min(now + app.config.tokens.refresh_ttl),
        ended_at: None,
        ip_address: client.ip_text(),
        user_agent: client.user_agent.clone(),
    };
    let row = table::ActiveModel {
        id: Set(id),
        user_id: Set(session.user_id),
        created_at: Set(now),
        last_used_at: Set(now),
        idle_expires_at: Set(session.expires_at),
        expires_at: Set(absolute_end),
        ended_at: Set(None),
        ip_address: Set(session.ip_address.clone()),
        user_agent: Set(session.user_agent.clone()),
        refresh_token_hash: Set(app.refresh_tokens.hash(&refresh_token)),
        refresh_generation: Set(0),
        recent_rotations: Set(String::new()),
        seen_generation: Set(None),
        authenticated_at: Set(Some(session.authenticated_at)),
        methods: Set(Some(session.methods.clone())),
    };
    table::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    let tokens = issue(app, &session, &refresh_token, now)?;
    Ok(OpenedSession { session, tokens })
}

/// Issues a new access token beside `refresh_token`.
pub(super) fn issue(
    app: &App,
    session: &Session,
    refresh_token: &RefreshToken,
    now: DateTime<Utc>,
) -> Result<IssuedTokens, InternalError> {
    let bearer = Bearer {
        user_id: session.user_id,
        session_id: session.id,
        generation: refresh_token.generation,
        authenticated_at: session.authenticated_at,
        methods: &session.methods,
        is_multi_factor: session.level() == Level::MultiFactor,
    };
    let access = app.access_tokens.mint(bearer, now, &*app.entropy)?;
    Ok(IssuedTokens {
        access_token: access.token,
        access_token_expires_at: access.expires_at,
        refresh_token: refresh_token.to_text(),
        refresh_token_expires_at: session.expires_at,
        device: None,
    })
}
