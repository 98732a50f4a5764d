//! Which columns a change of the profile touches, and which events it leaves.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, UpdateMany};

use super::username::Username;
use super::{EmailAddress, User, queries};
use crate::db::entity::users as table;
use crate::security_events::EventKind;
use crate::sessions::Viewer;

/// What becomes of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is emptied.
    Clear,
    /// It becomes this.
    Set(T),
}

/// How an address becomes another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EmailChange {
    /// It is the same address, spelt in another way.
    Spelling(EmailAddress),
    /// With the change of the profile.
    AtOnce(EmailAddress),
    /// Once the link mailed to it was followed.
    OnceVerified(EmailAddress),
}

/// The fields as they will be, where they will be others.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) name: Change<String>,
    pub(super) username: Change<Username>,
    pub(super) avatar_url: Change<String>,
    pub(super) locale: Change<String>,
    pub(super) email: Option<EmailChange>,
    /// The address that `email` was decided from.
    pub(super) email_so_far: String,
}

impl Changes {
    /// Leaves out what would change nothing.
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

    /// What is recorded of it; nothing when nothing changes.
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

    /// The UPDATE of the viewer's account.
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
            // Decided from the address of that moment; another request may have changed it since.
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
