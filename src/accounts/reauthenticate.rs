//! Re-authenticates a signed-in user: the session is recent again.

use chrono::{DateTime, Utc};

use super::account_state::lock_active;
use super::proof::{Proof, ProofError, Reauthenticated, verify_password};
use super::queries;
use super::second_factors::{
    FactorError, FactorProof, VerifiedFactor, call_off_removal, tell_of_recovery_code,
    verify_factor,
};
use crate::app::App;
use crate::client::Client;
use crate::db::WriteTransaction;
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::factors::Ceremony;
use crate::lockout::Attempt;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Level, Method, OpenedSession, Viewer, confirm_active, renew_session};
use crate::webauthn::ChallengePurpose;

/// What the user proves again.
pub(crate) enum Credential {
    /// The password. It is not enough for an account with a second factor, unless the session has no first one.
    Password(Proof),
    /// A second factor.
    Factor(FactorProof),
}

/// Why a proof is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReauthenticateError {
    /// The current password is incorrect, or was changed at the same moment.
    PasswordIncorrect,
    /// The account has a second factor, which must be proved.
    SecondFactorRequired,
    /// The proof of the factor is rejected.
    Factor(FactorError),
}

use ReauthenticateError as UserError;

/// A session that was just authenticated.
pub(crate) struct Renewed {
    /// The session that replaces the current one.
    pub(crate) opened: OpenedSession,
    /// Until when it is recent.
    pub(crate) recent_until: DateTime<Utc>,
}

/// A proof that was verified.
enum Verified {
    Password(Reauthenticated),
    Factor(VerifiedFactor, Box<Attempt>),
}

/// Verifies the viewer's credential and replaces the session with one that was authenticated now. A copy of the former
/// tokens gains nothing by it, and no longer works (ASVS 5.0, 7.2.4).
pub(crate) async fn reauthenticate(
    app: &App,
    viewer: &Viewer,
    credential: &Credential,
    client: &Client,
) -> Result<UserResult<Renewed, ReauthenticateError>, OperationError> {
    let now = app.clock.now();
    let verified = match credential {
        Credential::Password(proof) => by_password(app, viewer, proof, client).await?,
        Credential::Factor(proof) => by_factor(app, viewer, proof, (now, client)).await?,
    };
    let verified = match verified {
        Ok(verified) => verified,
        Err(error) => return Ok(Err(vec![error])),
    };
    retry_conflict(&*app.entropy, || {
        renew(app, viewer, &verified, (now, client))
    })
    .await
}

async fn by_password(
    app: &App,
    viewer: &Viewer,
    proof: &Proof,
    client: &Client,
) -> Result<Result<Verified, UserError>, OperationError> {
    let available = app
        .factors
        .available(app.db.read(), viewer.user_id())
        .await?;
    if available.any() && viewer.level() != Level::Incomplete {
        return Ok(Err(UserError::SecondFactorRequired));
    }
    let (_, known) = verify_password(app, viewer, Some(proof), client).await?;
    Ok(known
        .map(Verified::Password)
        .map_err(|_: ProofError| UserError::PasswordIncorrect))
}

async fn by_factor(
    app: &App,
    viewer: &Viewer,
    proof: &FactorProof,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Result<Verified, UserError>, OperationError> {
    let user_id = viewer.user_id();
    let subject = (app.lockout.second_factor(user_id), client);
    let attempt = app.lockout.attempt(app.db.read(), subject, now).await?;
    // A stolen session does not help to guess codes faster: on another device it is a stranger's.
    let attempt = attempt.without_notice();
    let ceremony = Ceremony {
        purpose: ChallengePurpose::Reauthenticate,
        place: viewer.session_id().0.as_bytes().to_vec(),
    };
    let verified = verify_factor(
        app,
        (user_id, &attempt),
        (proof, &ceremony),
        (now, client),
        None,
    );
    Ok(match verified.await? {
        Ok(verified) => Ok(Verified::Factor(verified, Box::new(attempt))),
        Err(error) => Err(UserError::Factor(error)),
    })
}

async fn renew(
    app: &App,
    viewer: &Viewer,
    verified: &Verified,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<Renewed, UserError>, OperationError> {
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    let method = match consume(app, &tx, viewer, verified, (now, client)).await? {
        Ok(method) => method,
        Err(error) => return Ok(Err(vec![error])),
    };
    let opened = renew_session(app, &*tx, viewer, method, (now, client)).await?;
    let event = NewEvent {
        user_id: viewer.user_id(),
        actor: Actor::User(viewer.user_id()),
        kind: EventKind::Reauthenticated,
        session_id: Some(opened.session.id),
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    tx.commit().await?;
    let method = method.name();
    tracing::info!(user = %viewer.user_id(), session = %opened.session.id, method, "user re-authenticated");
    Ok(Ok(Renewed {
        opened,
        recent_until: now + app.config.tokens.step_up_ttl,
    }))
}

/// Locks the account and uses the proof, if it is still valid.
async fn consume(
    app: &App,
    tx: &WriteTransaction,
    viewer: &Viewer,
    verified: &Verified,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Result<Method, UserError>, OperationError> {
    let user_id = viewer.user_id();
    if let Verified::Factor(factor, attempt) = verified
        && factor.is_code()
        && let Err(locked) = attempt.succeed(tx, now).await?
    {
        let error = FactorError::Locked(Some(locked.until));
        return Ok(Err(UserError::Factor(error)));
    }
    // The password that is read next cannot change any more.
    if !lock_active(&**tx, user_id).await? {
        return Err(OperationError::Unauthenticated);
    }
    let factor = match verified {
        Verified::Password(known) => {
            let has_factor = app.factors.available(&**tx, user_id).await?.any();
            let is_enough = !has_factor || viewer.level() == Level::Incomplete;
            return Ok(match known.is_valid(&**tx).await? {
                true if is_enough => Ok(Method::Password),
                true => Err(UserError::SecondFactorRequired),
                false => Err(UserError::PasswordIncorrect),
            });
        }
        Verified::Factor(factor, _) => factor,
    };
    if let Err(error) = factor.consume(app, tx, user_id, now).await? {
        return Ok(Err(UserError::Factor(error)));
    }
    let account = queries::find_account(&**tx, user_id).await?;
    let account = account.ok_or_else(|| InternalError::new("an account vanished under a lock"))?;
    if matches!(factor, VerifiedFactor::RecoveryCode(_)) {
        tell_of_recovery_code(app, tx, &account, (now, client)).await?;
    }
    let owner = (&account.user, Some(viewer.session_id()));
    call_off_removal(app, tx, owner, (now, client)).await?;
    Ok(Ok(factor.method()))
}
