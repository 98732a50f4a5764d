use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum AccountDeletions {
    Table,
    CancelledAt,
    CancelTokenHash,
    SealedReceipt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for mut column in [
            ColumnDef::new(AccountDeletions::CancelledAt)
                .timestamp_with_time_zone()
                .take(),
            ColumnDef::new(AccountDeletions::CancelTokenHash)
                .binary()
                .take(),
            ColumnDef::new(AccountDeletions::SealedReceipt)
                .binary()
                .take(),
        ] {
            let table = Table::alter()
                .table(AccountDeletions::Table)
                .add_column(&mut column)
                .take();
            manager.alter_table(table).await?;
        }
        let index = Index::create()
            .name("account_deletions_cancel_token_hash_key")
            .table(AccountDeletions::Table)
            .col(AccountDeletions::CancelTokenHash)
            .unique()
            .take();
        manager.create_index(index).await?;
        Ok(())
    }
}
