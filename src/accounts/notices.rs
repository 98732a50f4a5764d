//! The notices that inform an account's owner of changes.

use chrono::{DateTime, Utc};

use super::links::secure_account_link_in_place;
use super::{EmailAddress, User};
use crate::app::App;
use crate::client::{Client, device_name};
use crate::db::WriteTransaction;
use crate::errors::InternalError;
use crate::mail::{
    EmailChangeRequested, EmailChanged, EventContext, NewSignIn, PasswordChanged, QueuedNotice,
    Recipient, TokenReused, UsernameChanged,
};
use crate::tokens::Effect;

/// The subject of a notice.
#[derive(Clone, Copy, Debug)]
pub(super) enum Notice<'a> {
    PasswordChanged,
    UsernameChanged,
    NewSignIn,
    TokenReused,
    /// An email change to this address is pending.
    EmailChangeRequested(&'a str),
    /// The address changed to this one.
    EmailChanged(&'a str),
}

/// Emails `notice` to the address of `user` (before the change, if the address changes), with the link "This was not
/// me". It replaces a queued notice of the same kind.
pub(super) async fn notify(
    app: &App,
    tx: &WriteTransaction,
    user: &User,
    notice: Notice<'_>,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    let queued = queued(app, tx, user, notice).await?;
    if queued.is_none() && !may_notify(app, tx, (user, "notice"), now).await? {
        return Ok(());
    }
    let effect = match notice {
        Notice::EmailChangeRequested(_) | Notice::EmailChanged(_) => Some(Effect::RestoreAddress),
        _ => None,
    };
    let earlier = queued.as_ref().and_then(|queued| queued.link);
    let secure_account =
        secure_account_link_in_place(app, tx, (user, effect), (now, earlier)).await?;
    let (to, context) = (recipient(user), context(now, client));
    let when = (now, queued.as_ref());
    let mailer = &app.mailer;
    match notice {
        Notice::PasswordChanged => {
            let mail = PasswordChanged {
                context,
                secure_account,
            };
            mailer.post_notice(tx, when, to, &mail).await
        }
        Notice::UsernameChanged => {
            let mail = UsernameChanged {
                context,
                secure_account,
            };
            mailer.post_notice(tx, when, to, &mail).await
        }
        Notice::NewSignIn => {
            let mail = NewSignIn {
                context,
                secure_account,
            };
            mailer.post_notice(tx, when, to, &mail).await
        }
        Notice::TokenReused => {
            let mail = TokenReused {
                context,
                secure_account,
            };
            mailer.post_notice(tx, when, to, &mail).await
        }
        Notice::EmailChangeRequested(address) => {
            let address = &partly_hidden(address);
            let mail = EmailChangeRequested {
                address,
                context,
                secure_account,
            };
            mailer.post_notice(tx, when, to, &mail).await
        }
        Notice::EmailChanged(address) => {
            let address = &partly_hidden(address);
            let mail = EmailChanged {
                address,
                context,
                secure_account,
            };
            mailer.post_notice(tx, when, to, &mail).await
        }
    }
}

/// Returns the queued notice of the same kind for `user`, which the new one replaces.
async fn queued(
    app: &App,
    tx: &WriteTransaction,
    user: &User,
    notice: Notice<'_>,
) -> Result<Option<QueuedNotice>, InternalError> {
    let (mailer, to) = (&app.mailer, recipient(user));
    match notice {
        Notice::PasswordChanged => mailer.find_queued::<PasswordChanged>(tx, to).await,
        Notice::UsernameChanged => mailer.find_queued::<UsernameChanged>(tx, to).await,
        Notice::NewSignIn => mailer.find_queued::<NewSignIn>(tx, to).await,
        Notice::TokenReused => mailer.find_queued::<TokenReused>(tx, to).await,
        Notice::EmailChangeRequested(_) => mailer.find_queued::<EmailChangeRequested>(tx, to).await,
        Notice::EmailChanged(_) => mailer.find_queued::<EmailChanged>(tx, to).await,
    }
}

/// Returns whether `user` may get one more email of this kind. A verified address gets every notice. An unverified one
/// may belong to a stranger, whose mailbox an account registered with it must not fill.
pub(crate) async fn may_notify(
    app: &App,
    tx: &WriteTransaction,
    (user, kind): (&User, &'static str),
    now: DateTime<Utc>,
) -> Result<bool, InternalError> {
    if user.email_verified {
        return Ok(true);
    }
    let address = user.email.parse::<EmailAddress>();
    let canonical = address.map_or_else(|_| user.email.clone(), |it| it.canonical().to_owned());
    Ok(app.mailer.count_for(tx, (&canonical, kind), now).await?)
}

/// Returns the address and language for emails to `user`.
pub(crate) fn recipient(user: &User) -> Recipient<'_> {
    Recipient {
        user_id: Some(user.id),
        address: &user.email,
        locale: user.locale.as_deref(),
    }
}

/// Returns the context of an event caused by `client` at `at`.
pub(crate) fn context(at: DateTime<Utc>, client: &Client) -> EventContext {
    EventContext::new(at, client, device_name(client.user_agent.as_deref()))
}

/// Hides a part of an address, so that only its owner recognizes it: a reader of the old mailbox need not learn the new
/// address.
fn partly_hidden(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}***@{domain}")
}

#[cfg(test)]
mod tests {
    use super::partly_hidden;

    #[test]
    fn an_address_is_shown_in_part() {
        assert_eq!(partly_hidden("élan@example.org"), "é***@example.org");
        assert_eq!(partly_hidden("x@example.org"), "x***@example.org");
    }
}
