use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum SecurityEvents {
    Table,
    ActorKind,
    ActorId,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Nullable: an instance of the version before writes neither.
        for mut column in [
            ColumnDef::new(SecurityEvents::ActorKind).text().take(),
            ColumnDef::new(SecurityEvents::ActorId).uuid().take(),
        ] {
            // SQLite adds one column at a time.
            let table = Table::alter()
                .table(SecurityEvents::Table)
                .add_column(&mut column)
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
