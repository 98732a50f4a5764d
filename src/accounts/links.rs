//! The links in emails about an account, each with a one-time token.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use sea_orm::DbErr;

use super::User;
use crate::app::App;
use crate::client::Client;
use crate::db::{OneTimeTokenId, WriteTransaction};
use crate::errors::UserResult;
use crate::mail::{Lifetime, TokenLink};
use crate::tokens::{self, Effect, NewToken, Purpose, void_tokens_but_newest, void_tokens_to};

/// Logs and counts a rejected link, if `outcome` is one.
pub(crate) fn note_refused_link<T, P>(
    app: &App,
    (link, client): (&'static str, &Client),
    outcome: &UserResult<T, P>,
    error_of: impl Fn(&P) -> Option<&'static str>,
) {
    let mut errors = outcome.as_ref().err().into_iter().flatten();
    if let Some(reason) = errors.find_map(error_of) {
        tracing::info!(reason, link, network = client.network(), "link rejected");
        app.metrics.accounts.links_rejected.increment(reason);
    }
}

/// Creates a link that verifies `address`, the account's own or that of a pending change. Invalidates the earlier one.
pub(super) async fn verification_link(
    app: &App,
    tx: &WriteTransaction,
    (user, address): (&User, &str),
    now: DateTime<Utc>,
) -> Result<TokenLink, DbErr> {
    void_tokens_to(&**tx, user.id, Purpose::VerifyEmail, address).await?;
    let new = NewToken {
        purpose: Purpose::VerifyEmail,
        effect: None,
        user_id: user.id,
        email: address,
        was_verified: false,
        expires_at: now + app.config.mail.verification_ttl,
    };
    issue(app, tx, now, new).await
}

/// Creates a link that turns the account of `user` into a further registration, with the address `address` as typed.
pub(super) async fn registration_link(
    app: &App,
    tx: &WriteTransaction,
    (user, address): (&User, &str),
    now: DateTime<Utc>,
) -> Result<TokenLink, DbErr> {
    let new = NewToken {
        purpose: Purpose::VerifyRegistration,
        effect: None,
        user_id: user.id,
        email: address,
        was_verified: false,
        expires_at: now + app.config.mail.verification_ttl,
    };
    issue(app, tx, now, new).await
}

/// How many links to reset the password or to remove factors of an account are valid at the same time, so that another person's request does not invalidate
/// the link that the owner is about to use.
const RESET_LINKS: usize = 3;

/// Creates a link that sets a new password. The newest [`RESET_LINKS`] remain valid; the first one that is used
/// invalidates the others.
pub(crate) async fn reset_link(
    app: &App,
    tx: &WriteTransaction,
    user: &User,
    now: DateTime<Utc>,
) -> Result<TokenLink, DbErr> {
    void_tokens_but_newest(&**tx, user.id, Purpose::ResetPassword, RESET_LINKS - 1).await?;
    let new = NewToken {
        purpose: Purpose::ResetPassword,
        effect: None,
        user_id: user.id,
        email: &user.email,
        was_verified: user.email_verified,
        expires_at: now + app.config.mail.reset_ttl,
    };
    issue(app, tx, now, new).await
}

/// Creates a link that schedules the removal of second factors. The newest [`RESET_LINKS`] remain valid.
pub(super) async fn factor_removal_link(
    app: &App,
    tx: &WriteTransaction,
    user: &User,
    now: DateTime<Utc>,
) -> Result<TokenLink, DbErr> {
    void_tokens_but_newest(&**tx, user.id, Purpose::RemoveFactors, RESET_LINKS - 1).await?;
    let new = NewToken {
        purpose: Purpose::RemoveFactors,
        effect: None,
        user_id: user.id,
        email: &user.email,
        was_verified: user.email_verified,
        expires_at: now + app.config.mail.reset_ttl,
    };
    issue(app, tx, now, new).await
}

/// Creates a link "This was not me" for the current address of `user`.
pub(crate) async fn secure_account_link(
    app: &App,
    tx: &WriteTransaction,
    (user, effect): (&User, Option<Effect>),
    now: DateTime<Utc>,
) -> Result<TokenLink, DbErr> {
    let lifetime = app.config.mail.secure_account_ttl;
    issue(
        app,
        tx,
        now,
        secure_account_token((user, effect), now + lifetime),
    )
    .await
}

/// Like [`secure_account_link`], for a notice that replaces a queued one: its link replaces that one's, so that the
/// queue holds one token, as old as the first event. It works for at least `lifetime`.
pub(super) async fn secure_account_link_in_place(
    app: &App,
    tx: &WriteTransaction,
    (user, effect): (&User, Option<Effect>),
    (now, lifetime): (DateTime<Utc>, TimeDelta),
    earlier: Option<OneTimeTokenId>,
) -> Result<TokenLink, DbErr> {
    let lifetime = lifetime.max(app.config.mail.secure_account_ttl);
    let new = secure_account_token((user, effect), now + lifetime);
    if let Some(id) = earlier {
        let tokens = &app.one_time_tokens;
        if let Some(token) = tokens.reissue(&**tx, &*app.entropy, id, &new).await? {
            let until = new.expires_at;
            return Ok(TokenLink {
                token,
                until,
                stored: Some((id, until - now)),
            });
        }
    }
    issue(app, tx, now, new).await
}

fn secure_account_token(
    (user, effect): (&User, Option<Effect>),
    expires_at: DateTime<Utc>,
) -> NewToken<'_> {
    NewToken {
        purpose: Purpose::SecureAccount,
        effect,
        user_id: user.id,
        email: &user.email,
        was_verified: user.email_verified,
        expires_at,
    }
}

/// Starts the lifetimes of the links in an email that was sent.
pub(crate) fn start_lifetimes<'a>(
    tx: &'a WriteTransaction,
    lifetimes: &'a [Lifetime],
) -> BoxFuture<'a, Result<(), DbErr>> {
    Box::pin(tokens::start_lifetimes(&**tx, lifetimes))
}

async fn issue(
    app: &App,
    tx: &WriteTransaction,
    now: DateTime<Utc>,
    new: NewToken<'_>,
) -> Result<TokenLink, DbErr> {
    let until = new.expires_at;
    let source = (&app.identifiers, &*app.entropy);
    let (id, token) = app.one_time_tokens.issue(&**tx, source, now, new).await?;
    Ok(TokenLink {
        token,
        until,
        stored: Some((id, until - now)),
    })
}
