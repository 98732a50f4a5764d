//! Making an account.

use sea_orm::{ActiveValue::Set, DbErr, EntityTrait};
use secrecy::{ExposeSecret, SecretString};

use super::username::Username;
use super::{EmailAddress, SignedIn, User, profile_fields, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::entity::users as table;
use crate::db::{UserId, violates};
use crate::errors::{Outcome, Refusal};
use crate::passwords::{StoredPassword, Unacceptable};
use crate::security_events::{self, EventKind, NewEvent};
use crate::sessions::open_session;

/// What somebody typed who wants an account.
pub(crate) struct Register {
    /// The e-mail address.
    pub(crate) email: String,
    /// The password.
    pub(crate) password: SecretString,
    /// A username, if wanted.
    pub(crate) username: Option<String>,
    /// What to call the person.
    pub(crate) name: Option<String>,
    /// The person's language.
    pub(crate) locale: Option<String>,
}

/// What can be wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegisterProblem {
    /// Nobody can register here.
    RegistrationClosed,
    /// It is no e-mail address.
    EmailInvalid,
    /// Another account has it.
    EmailTaken,
    /// It is no username, or this service has none.
    UsernameInvalid,
    /// Another account has it.
    UsernameTaken,
    /// It has too many characters.
    NameTooLong,
    /// It is no language tag.
    LocaleInvalid,
    /// The password does not meet the policy.
    Password(Unacceptable),
}

struct Fields {
    email: EmailAddress,
    username: Option<Username>,
    name: Option<String>,
    locale: Option<String>,
}

/// Makes an account and signs it in.
pub(crate) async fn register(
    app: &App,
    command: Register,
    client: &Client,
) -> Result<Outcome<SignedIn, RegisterProblem>, Refusal> {
    if !app.config.accounts.registration_open {
        return Ok(Err(vec![RegisterProblem::RegistrationClosed]));
    }
    let now = app.clock.now();
    let mut problems = Vec::new();
    let fields = fields(app, &command, &mut problems).await?;
    let about_user = [
        Some(&command.email),
        command.username.as_ref(),
        command.name.as_ref(),
    ];
    let assessed = app
        .password_policy
        .assess(
            &app.passwords,
            command.password.expose_secret(),
            about_user.into_iter().flatten().cloned().collect(),
        )
        .await?;
    let (fields, acceptable) = match (fields, assessed) {
        (Some(fields), Ok(acceptable)) if problems.is_empty() => (fields, acceptable),
        (_, assessed) => {
            problems.extend(assessed.err().map(RegisterProblem::Password));
            return Ok(Err(problems));
        }
    };
    let password = app.passwords.hash(acceptable).await?;

    let tx = app.db.begin_write().await?;
    let user = User {
        id: UserId(app.identifiers.next(now)),
        email: fields.email.as_typed().to_owned(),
        username: fields
            .username
            .as_ref()
            .map(|name| name.as_typed().to_owned()),
        name: fields.name.clone(),
        avatar_url: None,
        locale: fields.locale.clone(),
        created_at: now,
        updated_at: now,
        last_login_at: None,
        password_changed_at: now,
    };
    if let Err(error) = table::Entity::insert(row(&user, &fields, password))
        .exec_without_returning(&*tx)
        .await
    {
        return taken(error);
    }
    let opened = open_session(app, &*tx, user.id, client, now).await?;
    let event = NewEvent {
        user_id: user.id,
        kind: EventKind::Registered,
        session_id: Some(opened.session.id),
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    tx.commit().await?;
    tracing::info!(user = %user.id, "account registered");
    Ok(Ok(SignedIn { user, opened }))
}

/// Reads every field, noting each problem; `None` when one of them cannot be used.
async fn fields(
    app: &App,
    command: &Register,
    problems: &mut Vec<RegisterProblem>,
) -> Result<Option<Fields>, Refusal> {
    let email = command.email.parse::<EmailAddress>().ok();
    match &email {
        None => problems.push(RegisterProblem::EmailInvalid),
        Some(email) => {
            if queries::owner_of_email(app.db.read(), email.canonical())
                .await?
                .is_some()
            {
                problems.push(RegisterProblem::EmailTaken);
            }
        }
    }
    let mut username = None;
    if let Some(text) = &command.username {
        username = text
            .parse::<Username>()
            .ok()
            .filter(|_| app.config.accounts.usernames_enabled);
        match &username {
            None => problems.push(RegisterProblem::UsernameInvalid),
            Some(name) => {
                if queries::owner_of_username(app.db.read(), name.canonical())
                    .await?
                    .is_some()
                {
                    problems.push(RegisterProblem::UsernameTaken);
                }
            }
        }
    }
    let name = match command
        .name
        .as_deref()
        .map(profile_fields::name)
        .transpose()?
    {
        Some(Err(())) => {
            problems.push(RegisterProblem::NameTooLong);
            None
        }
        Some(Ok(name)) => name,
        None => None,
    };
    let locale = command.locale.as_deref().map(profile_fields::locale);
    if locale == Some(None) {
        problems.push(RegisterProblem::LocaleInvalid);
    }
    Ok(email.map(|email| Fields {
        email,
        username,
        name,
        locale: locale.flatten(),
    }))
}

/// What the unique indexes say when somebody else was faster.
fn taken(error: DbErr) -> Result<Outcome<SignedIn, RegisterProblem>, Refusal> {
    if violates(&error, "users.email_canonical") {
        Ok(Err(vec![RegisterProblem::EmailTaken]))
    } else if violates(&error, "users.username_canonical") {
        Ok(Err(vec![RegisterProblem::UsernameTaken]))
    } else {
        Err(error.into())
    }
}

fn row(user: &User, fields: &Fields, password: StoredPassword) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(user.id),
        email: Set(user.email.clone()),
        email_canonical: Set(fields.email.canonical().to_owned()),
        username: Set(user.username.clone()),
        username_canonical: Set(fields
            .username
            .as_ref()
            .map(|name| name.canonical().to_owned())),
        name: Set(user.name.clone()),
        avatar_url: Set(None),
        locale: Set(user.locale.clone()),
        password_hash: Set(password.hash),
        password_scheme: Set(password.scheme),
        pepper_id: Set(password.pepper_id),
        password_version: Set(1),
        password_changed_at: Set(user.password_changed_at),
        created_at: Set(user.created_at),
        updated_at: Set(user.updated_at),
        last_login_at: Set(None),
        deletion_scheduled_for: Set(None),
    }
}
