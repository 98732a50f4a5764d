//! The statements on `totp_secrets`: the authenticator app of an account, and one that is being set up.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Enrollment, SecondFactors, TotpSecret};
use crate::db::entity::totp_secrets as table;
use crate::db::{FactorId, UserId};
use crate::entropy::Entropy;
use crate::errors::InternalError;

/// How long a secret may be set up.
pub(crate) const PENDING_FOR: TimeDelta = TimeDelta::minutes(10);

/// So many wrong codes in a row switch the app off until another factor is used (NIST SP 800-63B-4, section 3.2.2).
const MAX_FAILURES: i32 = 100;

/// The authenticator app of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AuthenticatorApp {
    /// Its id.
    pub(crate) id: FactorId,
    /// When its first code was entered.
    pub(crate) confirmed_at: DateTime<Utc>,
    /// When a code was last accepted after that.
    pub(crate) last_used_at: Option<DateTime<Utc>>,
    /// Whether its codes are rejected after too many wrong ones.
    pub(crate) is_switched_off: bool,
}

/// What a code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeCheck {
    /// It is correct; [`SecondFactors::use_code`] decides whether it is used for the first time.
    Correct {
        /// The app.
        id: FactorId,
        /// The period in which the app shows it.
        step: i64,
    },
    /// It was accepted before, or a later one was.
    Used,
    /// It is wrong, or the account has no app.
    Wrong,
    /// Too many codes were wrong; none is accepted.
    SwitchedOff,
}

/// Returns the app of `user_id`.
pub(crate) async fn find_app(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Option<AuthenticatorApp>, DbErr> {
    Ok(find(db, user_id).await?.as_ref().and_then(app))
}

fn app(row: &table::Model) -> Option<AuthenticatorApp> {
    Some(AuthenticatorApp {
        id: row.id.filter(|_| row.secret.is_some())?,
        confirmed_at: row.confirmed_at?,
        last_used_at: row.last_used_at,
        is_switched_off: row.failures >= MAX_FAILURES,
    })
}

async fn find(db: &impl ConnectionTrait, user_id: UserId) -> Result<Option<table::Model>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    Ok(rows.into_iter().next())
}

/// Discards the secret that is being set up, if any.
pub(crate) async fn void_pending(db: &impl ConnectionTrait, user_id: UserId) -> Result<(), DbErr> {
    table::Entity::update_many()
        .set(without_pending())
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await
        .map(|_| ())
}

pub(super) fn without_pending() -> table::ActiveModel {
    table::ActiveModel {
        pending_secret: Set(None),
        pending_for: Set(None),
        pending_until: Set(None),
        ..Default::default()
    }
}

impl SecondFactors {
    /// Creates a secret that is set up in `place`, a session or a sign-in challenge, and stores it beside the one in use.
    /// Returns what the user needs, and until when it can be confirmed.
    pub(crate) async fn start_app(
        &self,
        db: &impl ConnectionTrait,
        entropy: &dyn Entropy,
        (user_id, address, place): (UserId, &str, Uuid),
        now: DateTime<Utc>,
    ) -> Result<(Enrollment, DateTime<Utc>), InternalError> {
        let secret = TotpSecret::new(entropy);
        let until = now + PENDING_FOR;
        let row = table::ActiveModel {
            user_id: Set(user_id),
            pending_secret: Set(Some(secret.seal(
                &user_id.to_string(),
                &self.totp,
                entropy,
            )?)),
            pending_for: Set(Some(place)),
            pending_until: Set(Some(until)),
            ..Default::default()
        };
        let again = OnConflict::column(table::Column::UserId)
            .update_columns([
                table::Column::PendingSecret,
                table::Column::PendingFor,
                table::Column::PendingUntil,
            ])
            .to_owned();
        table::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(db)
            .await?;
        Ok((secret.enrollment(&self.service, address)?, until))
    }

    /// Checks the first code of the secret that is set up in `place`. Returns `None` if there is none any more.
    pub(crate) async fn check_pending(
        &self,
        db: &impl ConnectionTrait,
        (user_id, place): (UserId, Uuid),
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Option<Confirmation>>, InternalError> {
        let found = find(db, user_id).await?.filter(|row| {
            row.pending_for == Some(place) && row.pending_until.is_some_and(|until| until > now)
        });
        let Some(sealed) = found.and_then(|row| row.pending_secret) else {
            return Ok(None);
        };
        let secret = self.open(user_id, &sealed)?;
        let step = secret.period_of(code, now)?.map(step);
        Ok(Some(step.map(|step| Confirmation { sealed, step })))
    }

    /// Puts the confirmed secret in place of the one in use, if any. Returns `false` if it is no longer being set up.
    pub(crate) async fn confirm_app(
        &self,
        db: &impl ConnectionTrait,
        (user_id, id): (UserId, FactorId),
        confirmation: &Confirmation,
        now: DateTime<Utc>,
    ) -> Result<bool, DbErr> {
        let confirmed = table::Entity::update_many()
            .set(table::ActiveModel {
                id: Set(Some(id)),
                secret: Set(Some(confirmation.sealed.clone())),
                confirmed_at: Set(Some(now)),
                last_used_at: Set(None),
                last_step: Set(confirmation.step),
                failures: Set(0),
                ..without_pending()
            })
            .filter(table::Column::UserId.eq(user_id))
            .filter(table::Column::PendingSecret.eq(confirmation.sealed.clone()))
            .exec(db)
            .await?;
        Ok(confirmed.rows_affected == 1)
    }

    /// Checks a code of the app of `user_id`.
    pub(crate) async fn check_code(
        &self,
        db: &impl ConnectionTrait,
        user_id: UserId,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<CodeCheck, InternalError> {
        let Some(row) = find(db, user_id).await? else {
            return Ok(CodeCheck::Wrong);
        };
        let (Some(app), Some(sealed)) = (app(&row), &row.secret) else {
            return Ok(CodeCheck::Wrong);
        };
        if app.is_switched_off {
            return Ok(CodeCheck::SwitchedOff);
        }
        let secret = self.open(user_id, sealed)?;
        Ok(match secret.period_of(code, now)?.map(step) {
            None => CodeCheck::Wrong,
            Some(step) if step <= row.last_step => CodeCheck::Used,
            Some(step) => CodeCheck::Correct { id: app.id, step },
        })
    }

    /// Uses a correct code. Returns `false` if it, or a later one, was used meanwhile.
    pub(crate) async fn use_code(
        &self,
        db: &impl ConnectionTrait,
        (user_id, id): (UserId, FactorId),
        step: i64,
        now: DateTime<Utc>,
    ) -> Result<bool, DbErr> {
        let used = table::Entity::update_many()
            .set(table::ActiveModel {
                last_step: Set(step),
                last_used_at: Set(Some(now)),
                failures: Set(0),
                ..Default::default()
            })
            .filter(table::Column::UserId.eq(user_id))
            .filter(table::Column::Id.eq(id))
            .filter(table::Column::LastStep.lt(step))
            .filter(table::Column::Failures.lt(MAX_FAILURES))
            .exec(db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Counts a wrong code towards switching the app off.
    pub(crate) async fn count_wrong_code(
        &self,
        db: &impl ConnectionTrait,
        user_id: UserId,
    ) -> Result<(), DbErr> {
        let more = Expr::col(table::Column::Failures).add(1);
        table::Entity::update_many()
            .col_expr(table::Column::Failures, more)
            .filter(table::Column::UserId.eq(user_id))
            .filter(table::Column::Failures.lt(MAX_FAILURES))
            .exec(db)
            .await
            .map(|_| ())
    }

    /// Switches the app on again: another factor was used.
    pub(crate) async fn switch_on(
        &self,
        db: &impl ConnectionTrait,
        user_id: UserId,
    ) -> Result<(), DbErr> {
        table::Entity::update_many()
            .col_expr(table::Column::Failures, Expr::value(0))
            .filter(table::Column::UserId.eq(user_id))
            .filter(table::Column::Failures.gt(0))
            .exec(db)
            .await
            .map(|_| ())
    }

    /// Removes the app. Returns `false` if the account has no app of this id.
    pub(crate) async fn remove_app(
        &self,
        db: &impl ConnectionTrait,
        (user_id, id): (UserId, FactorId),
    ) -> Result<bool, DbErr> {
        let removed = table::Entity::delete_many()
            .filter(table::Column::UserId.eq(user_id))
            .filter(table::Column::Id.eq(id))
            .exec(db)
            .await?;
        Ok(removed.rows_affected == 1)
    }

    fn open(&self, user_id: UserId, sealed: &[u8]) -> Result<TotpSecret, InternalError> {
        TotpSecret::open(&user_id.to_string(), &self.totp, sealed).ok_or_else(|| {
            InternalError::new("a TOTP secret was sealed with another GATEHOUSE_SECRET")
        })
    }
}

/// A secret whose first code was correct.
pub(crate) struct Confirmation {
    sealed: Vec<u8>,
    step: i64,
}

fn step(period: u64) -> i64 {
    i64::try_from(period).unwrap_or(i64::MAX)
}
