//! Registers accounts.

use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use secrecy::{ExposeSecret, SecretString};

use super::complete_sign_in::{Completed, SignIn, complete_sign_in};
use super::current_password::{self, Password};
use super::pending_registrations::contend;
use super::register_error::RegisterError;
use super::registration_fields::{Fields, fields, new_user, row, taken};
use super::{EmailAddress, PendingSignIn, SignedIn, username_reservations};
use crate::app::App;
use crate::client::Client;
use crate::config::EmailVerification;
use crate::db::entity::users as table;
use crate::db::{PasswordVersion, SessionId, UserId};
use crate::errors::{OperationError, UserResult, retry_conflict};
use crate::lockout::Recognition;
use crate::mail::RequestKind;
use crate::passwords::StoredPassword;
use crate::rate_limits::Action;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Authenticated, Method, lock_sessions};

/// The user's input.
pub(crate) struct Register {
    /// The email address.
    pub(crate) email: String,
    /// The password.
    pub(crate) password: SecretString,
    /// The username, if any.
    pub(crate) username: Option<String>,
    /// The display name.
    pub(crate) name: Option<String>,
    /// The language.
    pub(crate) locale: Option<String>,
    /// The session of the request, which is revoked if the user is signed in at once (ASVS 5.0, 7.2.4).
    pub(crate) replaces: Option<(UserId, SessionId)>,
}

/// The result of a registration.
pub(crate) enum Registered {
    /// The account was created, and the user is signed in.
    SignedIn(Box<SignedIn>),
    /// The account was created. A second factor must be set up before the user is signed in.
    MustEnroll(Box<PendingSignIn>),
    /// The owner of the address gets an email: a link to follow, or the information that an account exists. The
    /// response does not reveal which.
    AwaitingVerification,
}

/// Creates an account and signs the user in, or requests verification of its address first. In that case the response
/// and its time are the same if the address is taken.
pub(crate) async fn register(
    app: &App,
    command: Register,
    client: &Client,
) -> Result<UserResult<Registered, RegisterError>, OperationError> {
    let outcome = try_to(app, command, client).await?;
    let name = match &outcome {
        Ok(Registered::SignedIn(_)) => "signed_in",
        Ok(Registered::MustEnroll(_)) => "must_enroll",
        Ok(Registered::AwaitingVerification) => "awaiting_verification",
        Err(_) => "rejected",
    };
    app.metrics.accounts.registrations.increment(name);
    if let Ok(Registered::SignedIn(_) | Registered::MustEnroll(_)) = &outcome {
        app.metrics.accounts.registrations_completed.inc();
    }
    Ok(outcome)
}

async fn try_to(
    app: &App,
    command: Register,
    client: &Client,
) -> Result<UserResult<Registered, RegisterError>, OperationError> {
    if !app.config.accounts.registration_open {
        return Ok(Err(vec![RegisterError::RegistrationClosed]));
    }
    app.passwords.check_room()?;
    let now = app.clock.now();
    let address = command.email.parse::<EmailAddress>();
    // An invalid address is charged as typed, so that typing errors do not share one quota.
    let typed = command.email.trim();
    let account = address.as_ref().map_or(typed, EmailAddress::canonical);
    app.rate_limits
        .charge(Action::Register, client, account)
        .await?;
    let mut errors = Vec::new();
    let fields = fields(app, &command, &mut errors).await?;
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
        (Some(fields), Ok(acceptable)) if errors.is_empty() => (fields, acceptable),
        (_, assessed) => {
            errors.extend(assessed.err().map(RegisterError::Password));
            return Ok(Err(errors));
        }
    };
    let password = app.passwords.hash(acceptable).await?;

    let verification = app.config.accounts.email_verification;
    if !verification.is_required() {
        let replaces = command.replaces;
        let made = retry_conflict(&*app.entropy, || {
            make(app, &fields, password.clone(), replaces, (now, client))
        });
        return made.await;
    }
    if fields.owner.is_none() {
        let made = retry_conflict(&*app.entropy, || {
            make(app, &fields, password.clone(), None, (now, client))
        });
        let made = made.await?;
        // Another request may have been faster.
        if !matches!(&made, Err(errors) if errors.contains(&RegisterError::EmailTaken)) {
            return Ok(made);
        }
    }
    retry_conflict(&*app.entropy, || {
        ask_owner(app, &fields, password.clone(), (now, client))
    })
    .await?;
    Ok(Ok(Registered::AwaitingVerification))
}

/// Creates the account and, if no verification is required, signs the user in, in place of the session `replaces`.
async fn make(
    app: &App,
    fields: &Fields,
    password: StoredPassword,
    replaces: Option<(UserId, SessionId)>,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<Registered, RegisterError>, OperationError> {
    let verification = app.config.accounts.email_verification;
    let user = new_user(UserId(app.identifiers.next(now)), fields, now);
    let due_at = verification
        .is_required()
        .then(|| now + app.config.accounts.unverified_retention);
    let tx = app.db.begin_write().await?;
    if let Some((user_id, _)) = replaces {
        lock_sessions(&*tx, user_id, now).await?;
    }
    if let Err(error) = table::Entity::insert(row(&user, fields, due_at))
        .exec_without_returning(&*tx)
        .await
    {
        return Ok(Err(vec![taken(error)?]));
    }
    let version = PasswordVersion(app.identifiers.next(now));
    let password = Password {
        stored: password,
        version,
    };
    current_password::set(&*tx, user.id, password).await?;
    let mut registered = Registered::AwaitingVerification;
    if !verification.is_required() {
        let sign_in = SignIn {
            user: &user,
            authenticated: Authenticated::by(Method::Password, user.id, now),
            password: Some(version),
            replaces,
            recognition: &Recognition::default(),
            is_familiar: true,
            event: EventKind::Registered,
        };
        registered = match complete_sign_in(app, &tx, sign_in, (now, client)).await? {
            Completed::SignedIn(signed_in) => Registered::SignedIn(signed_in),
            Completed::Challenged(pending) => Registered::MustEnroll(pending),
        };
    }
    // With a session, the sign-in records it.
    if !matches!(registered, Registered::SignedIn(_)) {
        let event = NewEvent {
            user_id: user.id,
            actor: Actor::User(user.id),
            kind: EventKind::Registered,
            session_id: None,
            client,
        };
        security_events::record(&*tx, &app.identifiers, now, event).await?;
    }
    if verification != EmailVerification::Off {
        let mail = (Some(user.id), RequestKind::VerifyEmail);
        app.mailer.request(&tx, now, mail, client).await?;
    }
    tx.commit().await?;
    tracing::info!(user = %user.id, "account registered");
    Ok(Ok(registered))
}

/// Emails the owner of an address if the response must not reveal that it is taken. A registration of an unverified
/// address is stored with its own link; a verified owner is informed. The username is reserved as if it had been
/// assigned, because requesting it again would reveal the difference.
async fn ask_owner(
    app: &App,
    fields: &Fields,
    password: StoredPassword,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), OperationError> {
    let tx = app.db.begin_write().await?;
    let mail = contend(app, &tx, (fields, password), (now, client)).await?;
    if let Some(username) = &fields.username {
        let until = now + app.config.accounts.unverified_retention;
        username_reservations::reserve(&*tx, username.canonical(), until).await?;
    }
    app.mailer.request(&tx, now, mail, client).await?;
    Ok(tx.commit().await?)
}
