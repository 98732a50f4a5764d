use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum LoginFailures {
    Table,
    RecentFailures,
    NotifiedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column for each ALTER: SQLite takes no more.
        let mut recent = ColumnDef::new(LoginFailures::RecentFailures)
            .text()
            .null()
            .take();
        let mut notified = ColumnDef::new(LoginFailures::NotifiedAt)
            .timestamp_with_time_zone()
            .null()
            .take();
        for column in [&mut recent, &mut notified] {
            let table = Table::alter()
                .table(LoginFailures::Table)
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
