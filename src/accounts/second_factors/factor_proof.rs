//! The proof of a second factor: verified first, then used in the transaction of the change.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use secrecy::{ExposeSecret as _, SecretString};

use super::super::account_state::lock_account;
use super::rejected_passkey::rejected;
use crate::app::App;
use crate::client::Client;
use crate::db::{
    ChallengeId, FactorId, RecoveryCodeId, UserId, WriteTransaction, refers_to_nothing,
};
use crate::errors::{InternalError, OperationError, retry_conflict};
use crate::factors::{Ceremony, CodeCheck, PasskeyUse};
use crate::lockout::Attempt;
use crate::mail::RequestKind;
use crate::rate_limits::Action;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::Method;

/// What a user submits to prove a second factor.
pub(crate) enum FactorProof {
    /// A code of the authenticator app.
    Totp(SecretString),
    /// A recovery code.
    RecoveryCode(SecretString),
    /// The browser's answer to the options of a passkey, as JSON.
    Passkey(Vec<u8>),
}

/// Why a proof is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FactorError {
    /// The code is wrong.
    CodeInvalid,
    /// The code is correct, but was used before.
    CodeAlreadyUsed,
    /// The passkey or its answer is rejected.
    PasskeyInvalid,
    /// The options of the passkey have expired.
    CeremonyExpired,
    /// No code is accepted now: until this time, or until another kind of factor is used.
    Locked(Option<DateTime<Utc>>),
}

impl FactorError {
    /// Returns the reason code for log and metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CodeInvalid => "code_invalid",
            Self::CodeAlreadyUsed => "code_already_used",
            Self::PasskeyInvalid => "passkey_invalid",
            Self::CeremonyExpired => "ceremony_expired",
            Self::Locked(_) => "locked",
        }
    }
}

/// A verified proof, which has yet to be used.
pub(in crate::accounts) enum VerifiedFactor {
    Totp { id: FactorId, step: i64 },
    RecoveryCode(RecoveryCodeId),
    Passkey(Box<PasskeyUse>),
}

impl VerifiedFactor {
    /// Returns the authentication method.
    pub(in crate::accounts) fn method(&self) -> Method {
        match self {
            Self::Totp { .. } => Method::Totp,
            Self::RecoveryCode(_) => Method::RecoveryCode,
            Self::Passkey(_) => Method::Passkey,
        }
    }

    /// Returns whether it is a code, which can be guessed.
    pub(in crate::accounts) fn is_code(&self) -> bool {
        !matches!(self, Self::Passkey(_))
    }

    /// Uses the proof in the transaction of the change, after the account was locked. `Err` if it was used meanwhile.
    pub(in crate::accounts) async fn consume(
        &self,
        app: &App,
        tx: &WriteTransaction,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Result<(), FactorError>, DbErr> {
        let factors = &app.factors;
        let (is_first, error) = match self {
            Self::Totp { id, step } => {
                let used = factors.use_code(&**tx, (user_id, *id), *step, now).await?;
                (used, FactorError::CodeAlreadyUsed)
            }
            Self::RecoveryCode(id) => {
                let used = factors.use_recovery_code(&**tx, *id).await?;
                (used, FactorError::CodeAlreadyUsed)
            }
            Self::Passkey(passkey) => {
                let used = factors.use_passkey(&**tx, passkey, now).await?;
                (used, FactorError::PasskeyInvalid)
            }
        };
        if !is_first {
            return Ok(Err(error));
        }
        if self.method() != Method::Totp {
            factors.switch_on(&**tx, user_id).await?;
        }
        Ok(Ok(()))
    }
}

/// Verifies the `proof` of a factor of `user_id`. Wrong codes count towards the lockout of second factors, and end the
/// `challenge` of a sign-in.
pub(in crate::accounts) async fn verify_factor(
    app: &App,
    (user_id, attempt): (UserId, &Attempt),
    (proof, ceremony): (&FactorProof, &Ceremony),
    (now, client): (DateTime<Utc>, &Client),
    challenge: Option<ChallengeId>,
) -> Result<Result<VerifiedFactor, FactorError>, OperationError> {
    app.rate_limits
        .charge(Action::SecondFactor, client, &user_id.to_string())
        .await?;
    if let FactorProof::Passkey(json) = proof {
        return Ok(verify_passkey(app, user_id, (json, ceremony), now).await?);
    }
    if let Err(locked) = attempt.check(app.db.read(), now).await? {
        return Ok(Err(FactorError::Locked(Some(locked.until))));
    }
    let verified = check_code(app, user_id, proof, now).await?;
    if verified.as_ref().err() == Some(&FactorError::CodeInvalid) {
        let counted = retry_conflict(&*app.entropy, || {
            count(app, (user_id, attempt, proof), challenge, (now, client))
        });
        if let Some(locked) = counted.await? {
            return Ok(Err(locked));
        }
    }
    Ok(verified)
}

async fn check_code(
    app: &App,
    user_id: UserId,
    proof: &FactorProof,
    now: DateTime<Utc>,
) -> Result<Result<VerifiedFactor, FactorError>, InternalError> {
    let (factors, db) = (&app.factors, app.db.read());
    match proof {
        FactorProof::Totp(code) => {
            let checked = factors.check_code(db, user_id, code.expose_secret(), now);
            Ok(match checked.await? {
                CodeCheck::Correct { id, step } => Ok(VerifiedFactor::Totp { id, step }),
                CodeCheck::Used => Err(FactorError::CodeAlreadyUsed),
                CodeCheck::Wrong => Err(FactorError::CodeInvalid),
                CodeCheck::SwitchedOff => Err(FactorError::Locked(None)),
            })
        }
        FactorProof::RecoveryCode(code) => {
            let found = factors.find_code(db, user_id, code.expose_secret()).await?;
            Ok(found
                .map(VerifiedFactor::RecoveryCode)
                .ok_or(FactorError::CodeInvalid))
        }
        FactorProof::Passkey(_) => Err(InternalError::new("a passkey is no code")),
    }
}

async fn verify_passkey(
    app: &App,
    user_id: UserId,
    answer: (&[u8], &Ceremony),
    now: DateTime<Utc>,
) -> Result<Result<VerifiedFactor, FactorError>, InternalError> {
    let Some(relying_party) = app.factors.relying_party() else {
        return Ok(Err(FactorError::PasskeyInvalid));
    };
    let verified = app
        .factors
        .verify_passkey(app.db.read(), relying_party, answer, now)
        .await?;
    Ok(match verified {
        Ok(Some(used)) if used.passkey.user_id == user_id => {
            Ok(VerifiedFactor::Passkey(Box::new(used)))
        }
        Ok(_) => Err(FactorError::PasskeyInvalid),
        Err(error) => Err(rejected(error)),
    })
}

/// Counts a wrong code. Returns the wait that another wrong code started at the same moment.
async fn count(
    app: &App,
    (user_id, attempt, proof): (UserId, &Attempt, &FactorProof),
    challenge: Option<ChallengeId>,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Option<FactorError>, InternalError> {
    let tx = app.db.begin_write().await?;
    let failure = match attempt.fail(&tx, &app.identifiers, now).await? {
        Ok(failure) => failure,
        Err(locked) => return Ok(Some(FactorError::Locked(Some(locked.until)))),
    };
    // Before the factors, in the lock order of a sign-in.
    lock_account(&*tx, user_id).await?;
    if matches!(proof, FactorProof::Totp(_)) {
        app.factors.count_wrong_code(&*tx, user_id).await?;
    }
    if let Some(challenge) = challenge {
        app.factors.count_wrong_answer(&*tx, challenge).await?;
    }
    if failure.alerts {
        let mail = (Some(user_id), RequestKind::SecondStepFailed);
        app.mailer.request(&tx, now, mail, client).await?;
    }
    let locked = (EventKind::SecondFactorLocked, Actor::System);
    let kinds = [
        Some((EventKind::SecondFactorFailed, Actor::Anonymous)),
        failure.locks.then_some(locked),
    ];
    for (kind, actor) in kinds.into_iter().flatten() {
        let event = NewEvent {
            user_id,
            actor,
            kind,
            session_id: None,
            client,
        };
        match security_events::record(&*tx, &app.identifiers, now, event).await {
            // The account was removed in the meantime.
            Err(error) if refers_to_nothing(&error) => return Ok(None),
            recorded => recorded?,
        }
    }
    tx.commit().await?;
    if failure.locks {
        app.metrics.factors.lockouts.inc();
    }
    Ok(None)
}
