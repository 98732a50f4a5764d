//! Completes a sign-in by its second step.

use chrono::{DateTime, Utc};

use super::super::complete_sign_in::{Completed, SignIn, SignedIn, complete_sign_in};
use super::super::current_password;
use super::super::notices::{Notice, notify};
use super::super::queries::{self, Account};
use super::super::sign_in_state::{Closed, lock_open};
use super::{FactorError, FactorProof, VerifiedFactor, call_off_removal, verify_factor};
use crate::app::App;
use crate::client::Client;
use crate::db::WriteTransaction;
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::factors::{Ceremony, SignInChallenge, codes_left};
use crate::lockout::Attempt;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Authenticated, lock_sessions};
use crate::webauthn::ChallengePurpose;

/// Why a second step is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CompleteLoginError {
    /// The challenge is invalid, expired, used, or void. The user signs in again.
    ChallengeInvalid,
    /// The proof is rejected.
    Factor(FactorError),
    /// The address must be verified first.
    EmailNotVerified,
    /// The account is scheduled for deletion at this time.
    DeletionPending(DateTime<Utc>),
}

use CompleteLoginError as UserError;

impl From<Closed> for UserError {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Removed => Self::ChallengeInvalid,
            Closed::EmailNotVerified => Self::EmailNotVerified,
            Closed::DeletionPending(time) => Self::DeletionPending(time),
        }
    }
}

/// Signs in with the challenge of the first step and the proof of a second factor.
pub(crate) async fn complete_login(
    app: &App,
    (challenge, proof): (&str, &FactorProof),
    client: &Client,
) -> Result<UserResult<SignedIn, CompleteLoginError>, OperationError> {
    let outcome = try_to(app, (challenge, proof), client).await?;
    let name = match outcome.as_ref().map_err(|errors| errors.first()) {
        Ok(_) => "succeeded",
        Err(Some(UserError::Factor(error))) => error.name(),
        Err(Some(UserError::EmailNotVerified)) => "email_not_verified",
        Err(Some(UserError::DeletionPending(_))) => "deletion_pending",
        Err(Some(UserError::ChallengeInvalid) | None) => "challenge_invalid",
    };
    app.metrics.factors.second_steps.increment(name);
    if outcome.is_err() {
        let network = client.network();
        tracing::info!(reason = name, network, "second step rejected");
    }
    Ok(outcome)
}

async fn try_to(
    app: &App,
    (challenge, proof): (&str, &FactorProof),
    client: &Client,
) -> Result<UserResult<SignedIn, UserError>, OperationError> {
    let now = app.clock.now();
    let db = app.db.read();
    let invalid = Ok(Err(vec![UserError::ChallengeInvalid]));
    let found = app.factors.find_challenge(db, (challenge, client), now);
    let Some(challenge) = found.await? else {
        return invalid;
    };
    let user_id = challenge.user_id;
    // Without a factor, the challenge enrolls one and does nothing else.
    if !app.factors.available(db, user_id).await?.any() {
        return invalid;
    }
    let Some(account) = queries::find_account(db, user_id).await? else {
        return invalid;
    };
    let subject = (app.lockout.second_factor(user_id), client);
    let attempt = app.lockout.attempt(db, subject, now).await?;
    let ceremony = Ceremony {
        purpose: ChallengePurpose::SecondFactor,
        place: challenge.id.0.as_bytes().to_vec(),
    };
    let verified = verify_factor(
        app,
        (user_id, &attempt),
        (proof, &ceremony),
        (now, client),
        Some(challenge.id),
    );
    let verified = match verified.await? {
        Ok(verified) => verified,
        Err(error) => return Ok(Err(vec![UserError::Factor(error)])),
    };
    let known = (&account, &challenge, &attempt);
    retry_conflict(&*app.entropy, || {
        sign_in(app, known, &verified, (now, client))
    })
    .await
}

async fn sign_in(
    app: &App,
    (account, challenge, attempt): (&Account, &SignInChallenge, &Attempt),
    verified: &VerifiedFactor,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<SignedIn, UserError>, OperationError> {
    let user_id = challenge.user_id;
    let tx = app.db.begin_write().await?;
    if let Some((user_id, _)) = challenge.replaces {
        lock_sessions(&*tx, user_id, now).await?;
    }
    if verified.is_code()
        && let Err(locked) = attempt.succeed(&tx, now).await?
    {
        let error = FactorError::Locked(Some(locked.until));
        return Ok(Err(vec![UserError::Factor(error)]));
    }
    if let Err(error) = check_state(app, &tx, account, challenge).await? {
        return Ok(Err(vec![error]));
    }
    if let Err(error) = verified.consume(app, &tx, user_id, now).await? {
        return Ok(Err(vec![UserError::Factor(error)]));
    }
    let own = (user_id, client);
    app.factors.forget_other_challenges(&*tx, own).await?;
    let method = verified.method();
    let sign_in = SignIn {
        user: &account.user,
        authenticated: Authenticated::in_two_steps(&challenge.methods, method, user_id, now),
        password: challenge.password_version,
        replaces: challenge.replaces,
        recognition: &attempt.recognition,
        is_familiar: challenge.is_familiar,
        event: EventKind::LoginSucceeded,
    };
    let completed = complete_sign_in(app, &tx, sign_in, (now, client)).await?;
    let Completed::SignedIn(signed_in) = completed else {
        return Err(InternalError::new("a second step left a sign-in incomplete").into());
    };
    let session = Some(signed_in.opened.session.id);
    call_off_removal(app, &tx, (&account.user, session), (now, client)).await?;
    if matches!(verified, VerifiedFactor::RecoveryCode(_)) {
        tell_of_recovery_code(app, &tx, account, (now, client)).await?;
    }
    tx.commit().await?;
    let method = method.name();
    tracing::info!(user = %user_id, session = %signed_in.opened.session.id, method, "user signed in");
    Ok(Ok(*signed_in))
}

/// Locks the account and consumes the challenge, if what its first step proved is still valid.
async fn check_state(
    app: &App,
    tx: &WriteTransaction,
    account: &Account,
    challenge: &SignInChallenge,
) -> Result<Result<(), UserError>, InternalError> {
    let user_id = challenge.user_id;
    if let Err(closed) = lock_open(app, tx, account).await? {
        return Ok(Err(closed.into()));
    }
    if let Some(version) = challenge.password_version
        && !current_password::is_current(&**tx, (user_id, version)).await?
    {
        return Ok(Err(UserError::ChallengeInvalid));
    }
    if !app.factors.consume_challenge(&**tx, challenge.id).await? {
        return Ok(Err(UserError::ChallengeInvalid));
    }
    Ok(Ok(()))
}

/// Records that a recovery code was used, and emails how many are left.
pub(in crate::accounts) async fn tell_of_recovery_code(
    app: &App,
    tx: &WriteTransaction,
    account: &Account,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), InternalError> {
    let user = &account.user;
    let event = NewEvent {
        user_id: user.id,
        actor: Actor::User(user.id),
        kind: EventKind::RecoveryCodeUsed,
        session_id: None,
        client,
    };
    security_events::record(&**tx, &app.identifiers, now, event).await?;
    let left = codes_left(&**tx, user.id).await?;
    let notice = Notice::RecoveryCodeUsed(left);
    notify(app, tx, user, notice, (now, client)).await
}
