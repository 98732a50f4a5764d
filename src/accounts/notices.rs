//! The mails that tell an account's owner of what was done to it.

use chrono::{DateTime, Utc};

use super::links::secure_account_link_in_place;
use super::{EmailAddress, User};
use crate::app::App;
use crate::client::Client;
use crate::db::WriteTransaction;
use crate::errors::InternalError;
use crate::mail::{
    EmailChangeRequested, EmailChanged, EventContext, NewSignIn, PasswordChanged, QueuedNotice,
    Recipient, TokenReused, UsernameChanged,
};
use crate::sessions::device_name;
use crate::tokens::Effect;

/// What the owner is told of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Notice<'a> {
    PasswordChanged,
    UsernameChanged,
    NewSignIn,
    TokenReused,
    /// The address is to become this one.
    EmailChangeRequested(&'a str),
    /// The address has become this one.
    EmailChanged(&'a str),
}

/// Mails `notice` to the address that `user` has (before the change, if it is the address that changes),
/// with a link to say "this was not me". It takes the place of one of the same kind that still waits.
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

/// The notice of the same kind that waits for `user`, whose place this one takes.
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

/// Whether `user` may get one more email of this kind. An address that was verified is told of everything. One
/// that was not may be a stranger's, whose mailbox an account registered with it must not fill.
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

/// Where mails about `user` go, and in which language.
pub(crate) fn recipient(user: &User) -> Recipient<'_> {
    Recipient {
        user_id: Some(user.id),
        address: &user.email,
        locale: user.locale.as_deref(),
    }
}

/// What `client` did at `at`.
pub(crate) fn context(at: DateTime<Utc>, client: &Client) -> EventContext {
    EventContext::new(at, client, device_name(client.user_agent.as_deref()))
}

/// Enough to recognise one's own address by: whoever reads mails to the old one need not learn the new one.
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
