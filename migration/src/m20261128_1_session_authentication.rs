use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Sessions {
    Table,
    AuthenticatedAt,
    Methods,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Nullable: an instance of the version before writes neither.
        for mut column in [
            ColumnDef::new(Sessions::AuthenticatedAt)
                .timestamp_with_time_zone()
                .take(),
            ColumnDef::new(Sessions::Methods).text().take(),
        ] {
            // SQLite adds one column at a time.
            let table = Table::alter()
                .table(Sessions::Table)
                .add_column(&mut column)
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
