//! Passkeys of another RP ID than the current one.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect as _};

use super::SecondFactors;
use crate::db::entity::passkeys as table;

impl SecondFactors {
    /// Warns if there are passkeys of another RP ID, which cannot be used.
    pub(crate) async fn warn_of_other_domains(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<(), DbErr> {
        let Some(relying_party) = &self.relying_party else {
            return Ok(());
        };
        // Two ranges of the index, not every row.
        for other in [
            table::Column::RpId.lt(relying_party.id()),
            table::Column::RpId.gt(relying_party.id()),
        ] {
            let rows = table::Entity::find().filter(other).limit(1).all(db).await?;
            if let Some(row) = rows.first() {
                tracing::warn!(
                    stored = row.rp_id,
                    current = relying_party.id(),
                    "there are passkeys of another domain, which cannot be used: set GATEHOUSE_PASSKEY_RP_ID to it"
                );
            }
        }
        Ok(())
    }
}
