//! Changes the profile: name, username, avatar, language, email address.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use sea_orm::sea_query::Expr;

use super::notices::{Notice, notify};
use super::profile_changes::{Change, Changes, EmailChange};
use super::profile_fields::NameError;
use super::profile_input::changes;
use super::second_factors::discard_with_event;
use super::{Proof, ProofError, Reauthenticated, User, queries, verify_proof};
use crate::app::App;
use crate::client::Client;
use crate::db::entity::users as table;
use crate::db::{WriteTransaction, violates};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::factors::void_challenges;
use crate::mail::RequestKind;
use crate::rate_limits::Action;
use crate::security_events::{self, Actor, NewEvent};
use crate::sessions::{Viewer, confirm_active, end_others};
use crate::tokens::void_tokens_for;

/// The user's input.
#[derive(Default)]
pub(crate) struct UpdateProfile {
    /// The display name.
    pub(crate) name: Change<String>,
    /// The username.
    pub(crate) username: Change<String>,
    /// The URL of the user's picture.
    pub(crate) avatar_url: Change<String>,
    /// The language.
    pub(crate) locale: Change<String>,
    /// The email address, which requires a proof.
    pub(crate) email: Change<String>,
    /// Required for a new address.
    pub(crate) proof: Option<Proof>,
}

/// Why a change is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UpdateProfileError {
    /// The name has too many characters.
    NameTooLong,
    /// The name contains line breaks or changes the direction of text, or has no visible character.
    NameInvalid,
    /// The username is malformed, or usernames are disabled.
    UsernameInvalid,
    /// Another account has this username.
    UsernameTaken,
    /// The URL does not use `https`, is malformed, or has more than 2,048 characters.
    AvatarUrlInvalid,
    /// The text is not a language tag.
    LocaleInvalid,
    /// The email address is malformed, or the mail server cannot deliver to it.
    EmailInvalid,
    /// The mail server does not support non-ASCII local parts.
    EmailUnreachable,
    /// Another account has this email address.
    EmailTaken,
    /// A new address was submitted without the current password.
    CurrentPasswordRequired,
    /// The current password is incorrect, or was changed at the same moment.
    CurrentPasswordIncorrect,
}

impl From<NameError> for UpdateProfileError {
    fn from(error: NameError) -> Self {
        match error {
            NameError::TooLong => Self::NameTooLong,
            NameError::Invalid => Self::NameInvalid,
        }
    }
}

impl From<ProofError> for UpdateProfileError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Required => Self::CurrentPasswordRequired,
            ProofError::PasswordIncorrect => Self::CurrentPasswordIncorrect,
        }
    }
}

use UpdateProfileError as UserError;

/// Changes the viewer's profile: either all submitted fields or none.
pub(crate) async fn update_profile(
    app: &App,
    viewer: &Viewer,
    command: UpdateProfile,
    client: &Client,
) -> Result<UserResult<User, UserError>, OperationError> {
    let now = app.clock.now();
    let user = queries::find_user(app.db.read(), viewer.user_id())
        .await?
        .ok_or(OperationError::Unauthenticated)?;
    let mut errors = Vec::new();
    let changes = changes(app, &user, &command, &mut errors).await?;
    let mut verified = None;
    if changes.email.is_some() {
        let (_, checked) = verify_proof(app, viewer, command.proof.as_ref(), client).await?;
        match checked {
            Ok(known) => verified = Some(known),
            Err(error) => errors.push(error.into()),
        }
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    if changes.events().is_empty() {
        return Ok(Ok(user));
    }
    app.rate_limits
        .charge_account(Action::Profile, client, &user.id.to_string())
        .await?;
    if let Some(EmailChange::OnceVerified(email)) = &changes.email {
        let account = email.canonical();
        app.rate_limits
            .charge(Action::Mail, client, account)
            .await?;
    }
    retry_conflict(&*app.entropy, || {
        store(app, viewer, (&changes, verified.as_ref()), (now, client))
    })
    .await
}

/// Stores the changes if the account is unchanged since they were checked.
async fn store(
    app: &App,
    viewer: &Viewer,
    (changes, verified): (&Changes, Option<&Reauthenticated>),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<User, UserError>, OperationError> {
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    let user = queries::find_user(&*tx, viewer.user_id())
        .await?
        .ok_or(OperationError::Unauthenticated)?;
    let update = changes
        .columns(viewer)
        .col_expr(table::Column::UpdatedAt, Expr::value(now));
    match update.exec(&*tx).await {
        Ok(updated) if updated.rows_affected == 1 => {
            if let Some(known) = verified
                && !known.is_valid(&*tx).await?
            {
                return Ok(Err(vec![UserError::CurrentPasswordIncorrect]));
            }
        }
        Ok(_) if changes.email.is_some() && changes.email_so_far != user.email => {
            return changed_meanwhile();
        }
        Ok(_) => return Err(OperationError::Unauthenticated),
        Err(error) => return taken(error),
    }
    after_address(app, &tx, (&user, viewer), changes, (now, client)).await?;
    if changes.username != Change::Keep {
        notify(app, &tx, &user, Notice::UsernameChanged, (now, client)).await?;
    }
    for kind in changes.events() {
        let session_id = Some(viewer.session_id());
        let event = NewEvent {
            user_id: user.id,
            actor: Actor::User(user.id),
            kind,
            session_id,
            client,
        };
        security_events::record(&*tx, &app.identifiers, now, event).await?;
    }
    let updated = queries::find_user(&*tx, user.id).await?;
    tx.commit().await?;
    tracing::info!(user = %user.id, "profile updated");
    updated
        .map(Ok)
        .ok_or_else(|| InternalError::new("a profile vanished under its update").into())
}

fn changed_meanwhile() -> Result<UserResult<User, UserError>, OperationError> {
    let message = "Another request changed the email address at the same moment. Try again.";
    Err(OperationError::BadRequest(message.to_owned()))
}

/// Handles the consequences of a new address: the old one is informed. A change that has taken effect revokes the
/// user's other sessions and invalidates links to the old address. A pending one is confirmed by the owner of the new
/// address.
async fn after_address(
    app: &App,
    tx: &WriteTransaction,
    (before, viewer): (&User, &Viewer),
    changes: &Changes,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    let notice = match &changes.email {
        None | Some(EmailChange::Spelling(_)) => return Ok(()),
        Some(EmailChange::AtOnce(email)) => {
            end_others(&**tx, viewer, now).await?;
            void_tokens_for(&**tx, before.id, email.as_typed()).await?;
            void_challenges(&**tx, before.id).await?;
            let owner = (before.id, Actor::User(before.id));
            discard_with_event(app, tx, owner, (now, client)).await?;
            Notice::EmailChanged(email.as_typed())
        }
        Some(EmailChange::OnceVerified(email)) => {
            let mail = (Some(before.id), RequestKind::VerifyPendingEmail);
            app.mailer.request(tx, now, mail, client).await?;
            Notice::EmailChangeRequested(email.as_typed())
        }
    };
    notify(app, tx, before, notice, (now, client)).await
}

/// Returns the error for a violated unique index.
fn taken(error: DbErr) -> Result<UserResult<User, UserError>, OperationError> {
    if violates(&error, "users.email_canonical") {
        Ok(Err(vec![UserError::EmailTaken]))
    } else if violates(&error, "users.username_canonical") {
        Ok(Err(vec![UserError::UsernameTaken]))
    } else {
        Err(error.into())
    }
}
