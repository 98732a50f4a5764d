//! The limit on emails to one address that strangers can cause.
//!
//! The times are stored in the database under a keyed hash of the address, so the limit is enforced across instances
//! and restarts. The response does not reveal it: an email over the limit is not written, long after the response to
//! the request that caused it.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};

use super::Mailer;
use crate::config::Quota;
use crate::db::entity::mail_counts as table;
use crate::db::{WriteTransaction, delete_batch};

/// The longest period of a limit, also enforced by the configuration.
const MAX_PERIOD: TimeDelta = TimeDelta::days(30);

impl Mailer {
    /// Counts one more email of `kind` to the address with this canonical form, in the transaction that writes it.
    /// Returns `false` and counts nothing if it exceeds a limit. This is the last lock in a transaction.
    pub(crate) async fn count_for(
        &self,
        tx: &WriteTransaction,
        (canonical, kind): (&str, &'static str),
        now: DateTime<Utc>,
    ) -> Result<bool, DbErr> {
        if self.recipient_caps.is_empty() {
            return Ok(true);
        }
        let recipient = self.recipients.hash(&[canonical.as_bytes()]).to_vec();
        let earlier = lock(&**tx, &recipient, now).await?;
        let counted = times(&earlier, now);
        if !self
            .recipient_caps
            .iter()
            .all(|cap| fits(*cap, &counted, now))
        {
            self.metrics.emails.withheld.inc();
            tracing::info!(kind, reason = "recipient_limit", "email withheld");
            return Ok(false);
        }
        let counted: Vec<String> = counted
            .into_iter()
            .chain([now.timestamp_millis()])
            .map(|time| time.to_string())
            .collect();
        table::Entity::update_many()
            .col_expr(table::Column::CountedAt, Expr::value(counted.join(" ")))
            .col_expr(table::Column::LastAt, Expr::value(now))
            .filter(table::Column::Recipient.eq(recipient))
            .exec(&**tx)
            .await?;
        Ok(true)
    }

    /// Removes at most `most` of the rows that no limit needs any more, oldest first. Returns how many were removed.
    pub(crate) async fn sweep_counts(
        &self,
        db: &impl ConnectionTrait,
        now: DateTime<Utc>,
        most: u64,
    ) -> Result<u64, DbErr> {
        let periods = self.recipient_caps.iter().map(|cap| cap.period);
        let longest = periods.max().and_then(|it| TimeDelta::from_std(it).ok());
        let expired = table::Entity::find()
            .filter(table::Column::LastAt.lte(now - longest.unwrap_or_default()))
            .order_by_asc(table::Column::LastAt);
        delete_batch::<_, Vec<u8>>(db, expired, table::Column::Recipient, most).await
    }
}

/// Locks the row of `recipient`, creating it if necessary, and returns its times.
async fn lock(
    db: &impl ConnectionTrait,
    recipient: &[u8],
    now: DateTime<Utc>,
) -> Result<String, DbErr> {
    let row = table::ActiveModel {
        recipient: Set(recipient.to_vec()),
        counted_at: Set(String::new()),
        last_at: Set(now),
    };
    let itself = OnConflict::column(table::Column::Recipient)
        .update_column(table::Column::Recipient)
        .to_owned();
    table::Entity::insert(row)
        .on_conflict(itself)
        .exec_without_returning(db)
        .await?;
    let rows = table::Entity::find()
        .filter(table::Column::Recipient.eq(recipient.to_vec()))
        .all(db)
        .await?;
    let row = rows.into_iter().next();
    Ok(row.map(|row| row.counted_at).unwrap_or_default())
}

/// Returns the times that may still matter.
fn times(text: &str, now: DateTime<Utc>) -> Vec<i64> {
    let oldest = (now - MAX_PERIOD).timestamp_millis();
    text.split(' ')
        .filter_map(|time| time.parse().ok())
        .filter(|time| *time > oldest)
        .collect()
}

/// Returns whether one more is within `cap`: at most that many within any period of its length.
fn fits(cap: Quota, counted: &[i64], now: DateTime<Utc>) -> bool {
    let period = i64::try_from(cap.period.as_millis()).unwrap_or(i64::MAX);
    let since = now.timestamp_millis().saturating_sub(period);
    let within = counted.iter().filter(|time| **time > since).count();
    u32::try_from(within).unwrap_or(u32::MAX) < cap.burst.get()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use chrono::DateTime;

    use super::{fits, times};
    use crate::config::Quota;

    #[test]
    fn a_cap_counts_within_any_period_of_its_length() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let ago = |minutes: i64| now.timestamp_millis() - minutes * 60_000;
        let two_an_hour = Quota {
            burst: NonZeroU32::new(2).unwrap(),
            period: std::time::Duration::from_hours(1),
        };
        assert!(fits(two_an_hour, &[], now));
        assert!(fits(two_an_hour, &[ago(59)], now));
        assert!(!fits(two_an_hour, &[ago(59), ago(0)], now));
        assert!(fits(two_an_hour, &[ago(60), ago(0)], now));
        // If the clock was set back, emails sent "later" are counted.
        assert!(!fits(two_an_hour, &[ago(-5), ago(-10)], now));
    }

    #[test]
    fn what_cannot_be_read_and_what_is_too_old_counts_for_nothing() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert_eq!(times("", now), Vec::<i64>::new());
        assert_eq!(times("x 17 1799999999000", now), [1_799_999_999_000]);
    }
}
