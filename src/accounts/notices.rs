//! The notices that inform an account's owner of changes.

use chrono::{DateTime, TimeDelta, Utc};

use super::links::secure_account_link_in_place;
use super::{EmailAddress, User};
use crate::app::App;
use crate::client::{Client, device_name};
use crate::db::WriteTransaction;
use crate::errors::InternalError;
use crate::mail::{
    Content, EmailChangeRequested, EmailChanged, EventContext, FactorAdded, FactorName,
    FactorRemovalCanceled, FactorRemovalScheduled, FactorRemoved, FactorsRemoved, NewSignIn,
    PasswordChanged, Recipient, RecoveryCodeUsed, RecoveryCodesGenerated, SecondStepFailed,
    TokenLink, TokenReused, UsernameChanged,
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
    /// This second factor was added.
    FactorAdded(FactorName<'a>),
    /// This second factor was removed.
    FactorRemoved(FactorName<'a>),
    /// New recovery codes replaced the earlier ones.
    RecoveryCodesGenerated,
    /// A recovery code was used; this many are left.
    RecoveryCodeUsed(u64),
    /// Someone entered the correct password but did not complete the second step.
    SecondStepFailed,
    /// The removal of every second factor is scheduled for this time.
    FactorRemovalScheduled(DateTime<Utc>),
    /// A scheduled removal of every second factor was canceled.
    FactorRemovalCanceled,
    /// Every second factor was removed, because the user had lost them.
    FactorsRemoved,
}

/// Posts the notice of a type that consists of the given fields, its context and the link "This was not me".
macro_rules! post {
    ($letter:ident, $notice:ident { $($field:ident),* }) => {
        $letter.post(|context, secure_account| $notice { $($field,)* context, secure_account })
    };
}

/// Emails `notice` to the address of `user` (before the change, if the address changes), with the link "This was not
/// me". It replaces a queued notice of the same kind. Notices about second factors do so only if
/// [`Content::MAX_QUEUED`] of them are queued.
pub(super) async fn notify(
    app: &App,
    tx: &WriteTransaction,
    user: &User,
    notice: Notice<'_>,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    let effect = match notice {
        Notice::EmailChangeRequested(_) | Notice::EmailChanged(_) => Some(Effect::RestoreAddress),
        _ => None,
    };
    // The link of this notice works until what it cancels has happened.
    let lifetime = match notice {
        Notice::FactorRemovalScheduled(scheduled_for) => scheduled_for - now,
        _ => TimeDelta::zero(),
    };
    let letter = Letter {
        app,
        tx,
        user,
        effect,
        lifetime,
        // A removal of factors must not take place unannounced. Its link proved that the owner reads the mailbox.
        is_unlimited: matches!(
            notice,
            Notice::FactorRemovalScheduled(_) | Notice::FactorsRemoved
        ),
        cause: (now, client),
    };
    match notice {
        Notice::PasswordChanged => post!(letter, PasswordChanged {}).await,
        Notice::UsernameChanged => post!(letter, UsernameChanged {}).await,
        Notice::NewSignIn => post!(letter, NewSignIn {}).await,
        Notice::TokenReused => post!(letter, TokenReused {}).await,
        Notice::EmailChangeRequested(address) => {
            let address = &partly_hidden(address);
            post!(letter, EmailChangeRequested { address }).await
        }
        Notice::EmailChanged(address) => {
            let address = &partly_hidden(address);
            post!(letter, EmailChanged { address }).await
        }
        Notice::FactorAdded(factor) => post!(letter, FactorAdded { factor }).await,
        Notice::FactorRemoved(factor) => post!(letter, FactorRemoved { factor }).await,
        Notice::RecoveryCodesGenerated => post!(letter, RecoveryCodesGenerated {}).await,
        Notice::RecoveryCodeUsed(left) => post!(letter, RecoveryCodeUsed { left }).await,
        Notice::SecondStepFailed => post!(letter, SecondStepFailed {}).await,
        Notice::FactorRemovalScheduled(scheduled_for) => {
            post!(letter, FactorRemovalScheduled { scheduled_for }).await
        }
        Notice::FactorRemovalCanceled => post!(letter, FactorRemovalCanceled {}).await,
        Notice::FactorsRemoved => post!(letter, FactorsRemoved {}).await,
    }
}

/// A notice to be written: its recipient and its cause.
struct Letter<'a> {
    app: &'a App,
    tx: &'a WriteTransaction,
    user: &'a User,
    /// What its link does beside securing the account.
    effect: Option<Effect>,
    /// For how long its link works at least.
    lifetime: TimeDelta,
    /// Whether the limit on emails to unverified addresses does not apply.
    is_unlimited: bool,
    cause: (DateTime<Utc>, &'a Client),
}

impl Letter<'_> {
    /// Writes and posts the notice, unless `user` may not get one more.
    async fn post<C: Content>(
        &self,
        write: impl FnOnce(EventContext, TokenLink) -> C,
    ) -> Result<(), InternalError> {
        let (app, tx, user) = (self.app, self.tx, self.user);
        let ((now, client), to) = (self.cause, recipient(user));
        let queued = app.mailer.find_queued::<C>(tx, to).await?;
        let is_free = queued.is_some() || self.is_unlimited;
        if !is_free && !may_notify(app, tx, (user, "notice"), now).await? {
            return Ok(());
        }
        let earlier = queued.as_ref().and_then(|queued| queued.link);
        let owner = (user, self.effect);
        let times = (now, self.lifetime);
        let link = secure_account_link_in_place(app, tx, owner, times, earlier).await?;
        let notice = write(context(now, client), link);
        let when = (now, queued.as_ref());
        app.mailer.post_notice(tx, when, to, &notice).await
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
