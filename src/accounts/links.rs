//! The links in mails about an account, each with a one-time token of its own.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::User;
use crate::app::App;
use crate::client::Client;
use crate::db::WriteTransaction;
use crate::errors::Outcome;
use crate::mail::TokenLink;
use crate::metrics::count;
use crate::tokens::{Effect, NewToken, Purpose, void_tokens, void_tokens_to};

/// Notes, if that is what came of it, that a link did not count: one line in the log, one in the figures.
pub(crate) fn note_refused_link<T, P>(
    app: &App,
    (link, client): (&'static str, &Client),
    outcome: &Outcome<T, P>,
    fault_of: impl Fn(&P) -> Option<&'static str>,
) {
    let mut problems = outcome.as_ref().err().into_iter().flatten();
    if let Some(reason) = problems.find_map(fault_of) {
        tracing::info!(reason, link, network = client.network(), "link refused");
        count(&app.metrics.links_refused, reason);
    }
}

/// A link that verifies `address`, the account's own or the one a change waits for. Voids the earlier one.
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

/// A link that takes a new password. Voids the earlier one.
pub(crate) async fn reset_link(
    app: &App,
    tx: &WriteTransaction,
    user: &User,
    now: DateTime<Utc>,
) -> Result<TokenLink, DbErr> {
    void_tokens(&**tx, user.id, Purpose::ResetPassword).await?;
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

/// A "this was not me" link for the address that `user` has now.
pub(crate) async fn disavow_link(
    app: &App,
    tx: &WriteTransaction,
    (user, effect): (&User, Option<Effect>),
    now: DateTime<Utc>,
) -> Result<TokenLink, DbErr> {
    let new = NewToken {
        purpose: Purpose::Disavow,
        effect,
        user_id: user.id,
        email: &user.email,
        was_verified: user.email_verified,
        expires_at: now + app.config.mail.disavow_ttl,
    };
    issue(app, tx, now, new).await
}

async fn issue(
    app: &App,
    tx: &WriteTransaction,
    now: DateTime<Utc>,
    new: NewToken<'_>,
) -> Result<TokenLink, DbErr> {
    let until = new.expires_at;
    let source = (&app.identifiers, &*app.entropy);
    let token = app.one_time_tokens.issue(&**tx, source, now, new).await?;
    Ok(TokenLink { token, until })
}
