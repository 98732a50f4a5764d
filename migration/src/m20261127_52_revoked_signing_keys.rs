use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum SigningKeys {
    Table,
    RevokedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut revoked = ColumnDef::new(SigningKeys::RevokedAt)
            .timestamp_with_time_zone()
            .take();
        let table = Table::alter()
            .table(SigningKeys::Table)
            .add_column(&mut revoked)
            .take();
        manager.alter_table(table).await
    }
}
