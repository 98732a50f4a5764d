use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Outbox {
    Table,
    Recipient,
    Lane,
    Links,
    Repeats,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for mut column in [
            ColumnDef::new(Outbox::Recipient).binary().take(),
            ColumnDef::new(Outbox::Lane)
                .small_integer()
                .not_null()
                .default(0)
                .take(),
            ColumnDef::new(Outbox::Links).text().take(),
            ColumnDef::new(Outbox::Repeats)
                .integer()
                .not_null()
                .default(0)
                .take(),
        ] {
            let table = Table::alter()
                .table(Outbox::Table)
                .add_column(&mut column)
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
