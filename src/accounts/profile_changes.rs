//! The columns of a profile change, and its security events.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, UpdateMany};

use super::username::Username;
use super::{EmailAddress, User, queries};
use crate::db::entity::users as table;
use crate::security_events::EventKind;
use crate::sessions::Viewer;

/// The change of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Change<T> {
    /// Unchanged.
    #[default]
    Keep,
    /// Cleared.
    Clear,
    /// Set to this value.
    Set(T),
}

/// A change of the email address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EmailChange {
    /// The same address in another spelling.
    Spelling(EmailAddress),
    /// Takes effect with the change of the profile.
    AtOnce(EmailAddress),
    /// Takes effect when the link sent to it is followed.
    OnceVerified(EmailAddress),
}

/// The new values of the changed fields.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) name: Change<String>,
    pub(super) username: Change<Username>,
    pub(super) avatar_url: Change<String>,
    pub(super) locale: Change<String>,
    pub(super) email: Option<EmailChange>,
    /// The current address, on which the decision about `email` is based.
    pub(super) email_so_far: String,
}

impl Changes {
    /// Removes fields that already have the new value.
    pub(super) fn without_what_is_so_already(mut self, user: &User) -> Self {
        let same = |change: &Change<String>, value: &Option<String>| match change {
            Change::Keep => true,
            Change::Clear => value.is_none(),
            Change::Set(text) => value.as_ref() == Some(text),
        };
        if same(&self.name, &user.name) {
            self.name = Change::Keep;
        }
        if same(&self.avatar_url, &user.avatar_url) {
            self.avatar_url = Change::Keep;
        }
        if same(&self.locale, &user.locale) {
            self.locale = Change::Keep;
        }
        let username = match &self.username {
            Change::Set(name) => Change::Set(name.as_typed().to_owned()),
            Change::Clear => Change::Clear,
            Change::Keep => Change::Keep,
        };
        if same(&username, &user.username) {
            self.username = Change::Keep;
        }
        self
    }

    /// Returns the events to record; none if nothing changes.
    pub(super) fn events(&self) -> Vec<EventKind> {
        let is_profile = self.name != Change::Keep
            || self.username != Change::Keep
            || self.avatar_url != Change::Keep
            || self.locale != Change::Keep;
        let profile = is_profile.then_some(EventKind::ProfileUpdated);
        let email = self.email.as_ref().map(|change| match change {
            EmailChange::Spelling(_) | EmailChange::AtOnce(_) => EventKind::EmailChanged,
            EmailChange::OnceVerified(_) => EventKind::EmailChangeRequested,
        });
        profile.into_iter().chain(email).collect()
    }

    /// Returns the UPDATE of the viewer's account.
    pub(super) fn columns(&self, viewer: &Viewer) -> UpdateMany<table::Entity> {
        let mut update = queries::update(viewer.user_id());
        for (column, change) in [
            (table::Column::Name, &self.name),
            (table::Column::AvatarUrl, &self.avatar_url),
            (table::Column::Locale, &self.locale),
        ] {
            match change {
                Change::Keep => {}
                Change::Clear => update = update.col_expr(column, Expr::value(None::<String>)),
                Change::Set(text) => update = update.col_expr(column, Expr::value(text.as_str())),
            }
        }
        let username = match &self.username {
            Change::Keep => None,
            Change::Clear => Some((None, None)),
            Change::Set(name) => Some((Some(name.as_typed()), Some(name.canonical()))),
        };
        if let Some((typed, canonical)) = username {
            update = update
                .col_expr(table::Column::Username, Expr::value(typed))
                .col_expr(table::Column::UsernameCanonical, Expr::value(canonical));
        }
        match &self.email {
            None => update,
            // Conditional on the address at that moment; another request may have changed it since.
            Some(change) => with_address(update, change)
                .filter(table::Column::Email.eq(self.email_so_far.as_str())),
        }
    }
}

fn with_address(
    update: UpdateMany<table::Entity>,
    change: &EmailChange,
) -> UpdateMany<table::Entity> {
    let at_once = |update: UpdateMany<table::Entity>, email: &EmailAddress| {
        queries::without_pending(update)
            .col_expr(table::Column::Email, Expr::value(email.as_typed()))
            .col_expr(
                table::Column::EmailCanonical,
                Expr::value(email.canonical()),
            )
    };
    match change {
        EmailChange::Spelling(email) => at_once(update, email),
        EmailChange::AtOnce(email) => at_once(update, email).col_expr(
            table::Column::EmailVerifiedAt,
            Expr::value(None::<DateTime<Utc>>),
        ),
        EmailChange::OnceVerified(email) => update
            .col_expr(table::Column::PendingEmail, Expr::value(email.as_typed()))
            .col_expr(
                table::Column::PendingEmailCanonical,
                Expr::value(email.canonical()),
            ),
    }
}
