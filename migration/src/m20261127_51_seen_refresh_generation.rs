use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Sessions {
    Table,
    SeenGeneration,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut seen = ColumnDef::new(Sessions::SeenGeneration).integer().take();
        let table = Table::alter()
            .table(Sessions::Table)
            .add_column(&mut seen)
            .take();
        manager.alter_table(table).await
    }
}
