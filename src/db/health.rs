//! Checks whether the database is reachable and writable.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

use super::Db;
use super::entity::write_probes as table;
use super::writability::Doubt;
use crate::errors::reason;

/// The size of a probe after a failure: a small write may fit on a disk on which a registration does not.
const PADDING: usize = 64 * 1024;

impl Db {
    /// Queries a table of the schema: a server without the schema is not usable.
    pub(crate) async fn ping(&self) -> Result<(), DbErr> {
        let query = "SELECT 1 FROM signing_keys LIMIT 1";
        let answer = self
            .pools
            .health
            .connections
            .execute_unprepared(query)
            .await;
        self.availability.note(answer).map(|_| ())
    }

    /// Returns whether the last write succeeded.
    pub(crate) fn accepts_writes(&self) -> bool {
        self.writability.doubt() != Doubt::Failing
    }

    /// Checks that a write can be committed at `now`. Writes nothing if a write was committed a moment ago.
    pub(crate) async fn probe_writes(&self, now: DateTime<Utc>) -> Result<(), DbErr> {
        let padding = match self.writability.doubt() {
            Doubt::None => return Ok(()),
            Doubt::Untried => None,
            Doubt::Failing => Some(vec![0x5A; PADDING]),
        };
        let probed = self.write_probe(now, padding).await;
        if let Err(error) = &probed {
            self.writability.refused(&reason(error));
        }
        probed
    }

    async fn write_probe(&self, now: DateTime<Utc>, padding: Option<Vec<u8>>) -> Result<(), DbErr> {
        let tx = self.begin_probe().await?;
        // The small and the large probe use separate rows, so that the small one stays small.
        let id = if padding.is_some() { 2 } else { 1 };
        let row = table::ActiveModel {
            id: Set(id),
            probed_at: Set(now),
            padding: Set(padding),
        };
        let again = OnConflict::column(table::Column::Id)
            .update_columns([table::Column::ProbedAt, table::Column::Padding])
            .to_owned();
        table::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(&*tx)
            .await?;
        tx.commit().await
    }
}
