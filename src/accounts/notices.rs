//! The mails that tell an account's owner of what was done to it.

use chrono::{DateTime, Utc};

use super::User;
use super::links::disavow_link;
use crate::app::App;
use crate::client::Client;
use crate::db::WriteTransaction;
use crate::errors::InternalError;
use crate::mail::{
    EmailChangeRequested, EmailChanged, Happening, NewSignIn, PasswordChanged, Recipient,
    TokenReused, UsernameChanged,
};
use crate::rate_limits::Action;
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
/// with a link to say "this was not me".
pub(super) async fn notify(
    app: &App,
    tx: &WriteTransaction,
    user: &User,
    notice: Notice<'_>,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    // Whoever has registered a stranger's address must not fill their mailbox.
    let id = user.id.to_string();
    let limits = &app.rate_limits;
    if !user.email_verified && !limits.permits_here(Action::Notice, &Client::default(), &id) {
        return Ok(());
    }
    let effect = match notice {
        Notice::EmailChangeRequested(_) | Notice::EmailChanged(_) => Some(Effect::RestoreAddress),
        _ => None,
    };
    let disavow = disavow_link(app, tx, (user, effect), now).await?;
    let (to, happening) = (recipient(user), happening(now, client));
    let mailer = &app.mailer;
    match notice {
        Notice::PasswordChanged => {
            let mail = PasswordChanged { happening, disavow };
            mailer.post(tx, now, to, &mail).await
        }
        Notice::UsernameChanged => {
            let mail = UsernameChanged { happening, disavow };
            mailer.post(tx, now, to, &mail).await
        }
        Notice::NewSignIn => {
            let mail = NewSignIn { happening, disavow };
            mailer.post(tx, now, to, &mail).await
        }
        Notice::TokenReused => {
            let mail = TokenReused { happening, disavow };
            mailer.post(tx, now, to, &mail).await
        }
        Notice::EmailChangeRequested(address) => {
            let address = &partly_hidden(address);
            let mail = EmailChangeRequested {
                address,
                happening,
                disavow,
            };
            mailer.post(tx, now, to, &mail).await
        }
        Notice::EmailChanged(address) => {
            let address = &partly_hidden(address);
            let mail = EmailChanged {
                address,
                happening,
                disavow,
            };
            mailer.post(tx, now, to, &mail).await
        }
    }
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
pub(crate) fn happening(at: DateTime<Utc>, client: &Client) -> Happening {
    Happening::new(at, client, device_name(client.user_agent.as_deref()))
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
