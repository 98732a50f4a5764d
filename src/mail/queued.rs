//! Queued notices: a second notice of the same kind to the same recipient replaces the first, so that no account fills
//! the outbox while the mail server is unreachable. A kind whose notices are about different things may have more of
//! them queued, see [`Content::MAX_QUEUED`].

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::Mailer;
use super::link_times;
use super::messages::Content;
use super::outbox::Recipient;
use crate::db::entity::outbox as table;
use crate::db::{MailId, OneTimeTokenId, UserId, WriteTransaction};
use crate::errors::InternalError;

/// A queued notice that no worker is sending.
#[derive(Debug)]
pub(crate) struct QueuedNotice {
    pub(super) id: MailId,
    /// The time of the first event that it covers.
    pub(super) since: DateTime<Utc>,
    /// The number of further events that it covers.
    pub(super) repeats: i32,
    /// The token of its link "This was not me".
    pub(crate) link: Option<OneTimeTokenId>,
}

impl Mailer {
    /// Finds and locks the queued notice of kind `C` to `to` that the next one replaces, so that it is not sent before
    /// the transaction ends. Returns `None` if fewer than [`Content::MAX_QUEUED`] are queued.
    pub(crate) async fn find_queued<C: Content>(
        &self,
        tx: &WriteTransaction,
        to: Recipient<'_>,
    ) -> Result<Option<QueuedNotice>, InternalError> {
        let rows: Vec<(MailId, DateTime<Utc>, i32, Option<String>)> = table::Entity::find()
            .select_only()
            .columns([
                table::Column::Id,
                table::Column::CreatedAt,
                table::Column::Repeats,
                table::Column::Links,
            ])
            .filter(table::Column::Recipient.eq(self.recipient(to.address)))
            .filter(table::Column::DeadSince.is_null())
            .filter(table::Column::UserId.eq(to.user_id))
            .filter(table::Column::Kind.eq(C::KIND))
            .filter(table::Column::Lease.is_null())
            .order_by_desc(table::Column::Id)
            .limit(C::MAX_QUEUED)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .into_tuple()
            .all(&**tx)
            .await?;
        let is_full = u64::try_from(rows.len()).is_ok_and(|queued| queued >= C::MAX_QUEUED);
        let newest = rows.into_iter().next().filter(|_| is_full);
        Ok(newest.map(|(id, since, repeats, links)| QueuedNotice {
            id,
            since,
            repeats,
            link: link_times::read(links.as_deref()).first().map(|it| it.0),
        }))
    }
}

/// What became of an email that was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsent {
    /// It is still queued.
    Queued,
    /// It is a dead letter.
    Dead,
}

/// Returns the newest email of kind `C` to `user_id` that was posted at `since` or later and not sent.
pub(crate) async fn find_unsent<C: Content>(
    db: &impl ConnectionTrait,
    user_id: UserId,
    since: DateTime<Utc>,
) -> Result<Option<Unsent>, DbErr> {
    let rows: Vec<Option<DateTime<Utc>>> = table::Entity::find()
        .select_only()
        .column(table::Column::DeadSince)
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Kind.eq(C::KIND))
        .filter(table::Column::CreatedAt.gte(since))
        .order_by_desc(table::Column::Id)
        .limit(1)
        .into_tuple()
        .all(db)
        .await?;
    let newest = rows.into_iter().next();
    Ok(newest.map(|dead_since| match dead_since {
        Some(_) => Unsent::Dead,
        None => Unsent::Queued,
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;
    use std::time::Duration;

    use chrono::{DateTime, TimeDelta, Utc};
    use sea_orm::{ConnectionTrait as _, EntityTrait as _, QueryOrder as _, QuerySelect as _};
    use tempfile::TempDir;
    use uuid::Uuid;

    use super::table;
    use crate::client::Client;
    use crate::config::{self, Config};
    use crate::db::{Db, UserId};
    use crate::entropy::SeededEntropy;
    use crate::mail::{
        Content, EventContext, FactorAdded, FactorName, FactorRemoved, Mailer, PasswordChanged,
        Recipient, TokenLink,
    };
    use crate::metrics::Metrics;
    use crate::secret::Secret;

    const OWNER: UserId = UserId(Uuid::from_u128(1));

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    async fn database(folder: &TempDir) -> Db {
        let config = config::Database::sqlite_in(folder.path());
        let db = Db::connect(&config, Duration::from_secs(1), &Metrics::new()).await;
        let db = db.unwrap();
        db.migrate().await.unwrap();
        let (id, at) = (OWNER.0.simple(), "'2026-11-24 00:00:00+00:00'");
        let sql = format!(
            "INSERT INTO users (id, email, email_canonical, password_changed_at, created_at, updated_at) \
             VALUES (X'{id}', 'ann@example.org', 'ann@example.org', {at}, {at}, {at})"
        );
        let tx = db.begin_write().await.unwrap();
        tx.execute_unprepared(&sql).await.unwrap();
        tx.commit().await.unwrap();
        db
    }

    fn mailer(folder: &TempDir) -> Mailer {
        let url = format!("file://{}", folder.path().display());
        let settings = BTreeMap::from([("GATEHOUSE_MAIL_URL".to_owned(), url)]);
        let config = Config::load(&settings, None).unwrap();
        let app_url = "https://app.example".parse().unwrap();
        let (secret, entropy) = (Secret::new(&[7; 32]), Arc::new(SeededEntropy::new(7)));
        let metrics = Arc::new(Metrics::new());
        Mailer::new(&config.mail, &app_url, &secret, entropy, metrics).unwrap()
    }

    async fn queue<C: Content>(db: &Db, mailer: &Mailer, content: &C) {
        let to = Recipient {
            user_id: Some(OWNER),
            address: "ann@example.org",
            locale: None,
        };
        let tx = db.begin_write().await.unwrap();
        let queued = mailer.find_queued::<C>(&tx, to).await.unwrap();
        let when = (now(), queued.as_ref());
        mailer.post_notice(&tx, when, to, content).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Returns the kind of each queued email and how many further events it covers, oldest first.
    async fn queued(db: &Db) -> Vec<(String, i32)> {
        let tx = db.begin_write().await.unwrap();
        table::Entity::find()
            .select_only()
            .columns([table::Column::Kind, table::Column::Repeats])
            .order_by_asc(table::Column::Id)
            .into_tuple()
            .all(&*tx)
            .await
            .unwrap()
    }

    fn context() -> EventContext {
        EventContext::new(now(), &Client::default(), "Firefox on Linux".to_owned())
    }

    fn link() -> TokenLink {
        TokenLink {
            token: "SECURE".to_owned().into(),
            until: now() + TimeDelta::hours(1),
            stored: None,
        }
    }

    fn added(name: &str) -> FactorAdded<'_> {
        FactorAdded {
            factor: FactorName::Passkey(name),
            context: context(),
            secure_account: link(),
        }
    }

    #[tokio::test]
    async fn a_notice_replaces_a_queued_one_of_its_kind() {
        let folder = TempDir::new().unwrap();
        let (db, mailer) = (database(&folder).await, mailer(&folder));
        for _ in 0..3 {
            let notice = PasswordChanged {
                context: context(),
                secure_account: link(),
            };
            queue(&db, &mailer, &notice).await;
        }
        assert_eq!(queued(&db).await, [("password_changed".to_owned(), 2)]);
    }

    #[tokio::test]
    async fn notices_about_different_factors_do_not_replace_one_another() {
        let folder = TempDir::new().unwrap();
        let (db, mailer) = (database(&folder).await, mailer(&folder));
        queue(&db, &mailer, &added("MacBook")).await;
        queue(&db, &mailer, &added("YubiKey")).await;
        let removed = FactorRemoved {
            factor: FactorName::Totp,
            context: context(),
            secure_account: link(),
        };
        queue(&db, &mailer, &removed).await;
        let added = ("factor_added".to_owned(), 0);
        let removed = ("factor_removed".to_owned(), 0);
        assert_eq!(queued(&db).await, [added.clone(), added, removed]);
    }

    #[tokio::test]
    async fn notices_about_factors_replace_the_newest_once_the_limit_is_reached() {
        let folder = TempDir::new().unwrap();
        let (db, mailer) = (database(&folder).await, mailer(&folder));
        for _ in 0..FactorAdded::MAX_QUEUED + 3 {
            queue(&db, &mailer, &added("MacBook")).await;
        }
        let repeats: Vec<i32> = queued(&db).await.into_iter().map(|it| it.1).collect();
        assert_eq!(repeats, [0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
    }
}
