//! Changing the profile: name, username, avatar, language, address.

use sea_orm::DbErr;
use sea_orm::sea_query::Expr;
use secrecy::SecretString;

use super::profile_changes::{Change, Changes};
use super::{EmailAddress, User, profile_fields, queries, reauthenticate};
use crate::app::App;
use crate::client::Client;
use crate::config::Profile;
use crate::db::entity::users as table;
use crate::db::violates;
use crate::errors::{InternalError, Outcome, Refusal};
use crate::security_events::{self, NewEvent};
use crate::sessions::{Viewer, confirm_standing, end_others};

/// What the user typed.
#[derive(Default)]
pub(crate) struct UpdateProfile {
    /// What to call the person.
    pub(crate) name: Change<String>,
    /// What to sign in with beside the address.
    pub(crate) username: Change<String>,
    /// Where a picture of the person is.
    pub(crate) avatar_url: Change<String>,
    /// The person's language.
    pub(crate) locale: Change<String>,
    /// The address. Needs the current password.
    pub(crate) email: Change<String>,
    /// The current password.
    pub(crate) current_password: Option<SecretString>,
}

/// What can be wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UpdateProfileProblem {
    /// It has too many characters.
    NameTooLong,
    /// It is no username, or this service has none.
    UsernameInvalid,
    /// Another account has it.
    UsernameTaken,
    /// It is no https address.
    AvatarUrlInvalid,
    /// It is no language tag.
    LocaleInvalid,
    /// It is no e-mail address.
    EmailInvalid,
    /// Another account has it.
    EmailTaken,
    /// The address is to change and no password was given.
    CurrentPasswordRequired,
    /// That is not the current password (any more).
    CurrentPasswordIncorrect,
}

use UpdateProfileProblem as Problem;

/// Changes the viewer's profile: all of what was sent, or nothing.
pub(crate) async fn update_profile(
    app: &App,
    viewer: &Viewer,
    command: UpdateProfile,
    client: &Client,
) -> Result<Outcome<User, Problem>, Refusal> {
    let now = app.clock.now();
    let user = queries::find_user(app.db.read(), viewer.user_id())
        .await?
        .ok_or(Refusal::Unauthenticated)?;
    let mut problems = Vec::new();
    let changes = changes(app, &user, &command, &mut problems).await?;
    let mut verified = None;
    if changes.email.is_some() {
        match &command.current_password {
            None => problems.push(Problem::CurrentPasswordRequired),
            Some(password) => {
                verified = reauthenticate(app, viewer, password).await?;
                if verified.is_none() {
                    problems.push(Problem::CurrentPasswordIncorrect);
                }
            }
        }
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let kinds = changes.events();
    if kinds.is_empty() {
        return Ok(Ok(user));
    }

    let tx = app.db.begin_write().await?;
    confirm_standing(&*tx, viewer, now).await?;
    let update = changes
        .columns(verified.as_ref(), viewer)
        .col_expr(table::Column::UpdatedAt, Expr::value(now));
    match update.exec(&*tx).await {
        Ok(updated) if updated.rows_affected == 1 => {}
        Ok(_) if verified.is_some() => return Ok(Err(vec![Problem::CurrentPasswordIncorrect])),
        Ok(_) => return Err(Refusal::Unauthenticated),
        Err(error) => return taken(error),
    }
    if changes.email.is_some() {
        end_others(&*tx, viewer, now).await?;
    }
    for kind in kinds {
        let session_id = Some(viewer.session_id());
        let event = NewEvent {
            user_id: user.id,
            kind,
            session_id,
            client,
        };
        security_events::record(&*tx, &app.identifiers, now, event).await?;
    }
    let updated = queries::find_user(&*tx, user.id).await?;
    tx.commit().await?;
    updated
        .map(Ok)
        .ok_or_else(|| InternalError::new("a profile vanished under its update").into())
}

async fn changes(
    app: &App,
    user: &User,
    command: &UpdateProfile,
    problems: &mut Vec<Problem>,
) -> Result<Changes, Refusal> {
    let mut changes = Changes {
        avatar_url: read(
            &command.avatar_url,
            Problem::AvatarUrlInvalid,
            problems,
            |text| profile_fields::avatar_url(text, app.config.profile == Profile::Development),
        ),
        locale: read(
            &command.locale,
            Problem::LocaleInvalid,
            problems,
            profile_fields::locale,
        ),
        username: read(
            &command.username,
            Problem::UsernameInvalid,
            problems,
            |text| {
                text.parse()
                    .ok()
                    .filter(|_| app.config.accounts.usernames_enabled)
            },
        ),
        ..Changes::default()
    };
    changes.name = match &command.name {
        Change::Set(text) => match profile_fields::name(text)? {
            Ok(Some(name)) => Change::Set(name),
            Ok(None) => Change::Clear,
            Err(()) => {
                problems.push(Problem::NameTooLong);
                Change::Keep
            }
        },
        kept_or_cleared => kept_or_cleared.clone(),
    };
    if let Change::Set(username) = &changes.username {
        let owner = queries::owner_of_username(app.db.read(), username.canonical()).await?;
        if owner.is_some_and(|owner| owner != user.id) {
            problems.push(Problem::UsernameTaken);
        }
    }
    let email = match read(&command.email, Problem::EmailInvalid, problems, |text| {
        text.parse::<EmailAddress>().ok()
    }) {
        Change::Keep => None,
        Change::Clear => {
            problems.push(Problem::EmailInvalid);
            None
        }
        Change::Set(email) => Some(email).filter(|email| email.as_typed() != user.email),
    };
    if let Some(email) = &email {
        let owner = queries::owner_of_email(app.db.read(), email.canonical()).await?;
        if owner.is_some_and(|owner| owner != user.id) {
            problems.push(Problem::EmailTaken);
        }
    }
    changes.email = email;
    Ok(changes.without_what_is_so_already(user))
}

fn read<T>(
    change: &Change<String>,
    problem: Problem,
    problems: &mut Vec<Problem>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Change<T> {
    match change {
        Change::Keep => Change::Keep,
        Change::Clear => Change::Clear,
        Change::Set(text) => parse(text).map_or_else(
            || {
                problems.push(problem);
                Change::Keep
            },
            Change::Set,
        ),
    }
}

/// What the unique indexes say when somebody else was faster.
fn taken(error: DbErr) -> Result<Outcome<User, Problem>, Refusal> {
    if violates(&error, "users.email_canonical") {
        Ok(Err(vec![Problem::EmailTaken]))
    } else if violates(&error, "users.username_canonical") {
        Ok(Err(vec![Problem::UsernameTaken]))
    } else {
        Err(error.into())
    }
}
