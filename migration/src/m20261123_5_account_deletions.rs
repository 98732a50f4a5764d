use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum AccountDeletions {
    Table,
    Id,
    ReceiptHash,
    UserId,
    Status,
    RequestedAt,
    ScheduledFor,
    CompletedAt,
    Removed,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(AccountDeletions::Table)
            .col(
                ColumnDef::new(AccountDeletions::Id)
                    .uuid()
                    .not_null()
                    .primary_key(),
            )
            .col(
                ColumnDef::new(AccountDeletions::ReceiptHash)
                    .binary()
                    .not_null(),
            )
            .col(ColumnDef::new(AccountDeletions::UserId).uuid())
            .col(ColumnDef::new(AccountDeletions::Status).text().not_null())
            .col(
                ColumnDef::new(AccountDeletions::RequestedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(AccountDeletions::ScheduledFor)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(ColumnDef::new(AccountDeletions::CompletedAt).timestamp_with_time_zone())
            .col(ColumnDef::new(AccountDeletions::Removed).text())
            .take();
        manager.create_table(table).await?;
        for (name, column, is_unique) in [
            (
                "account_deletions_receipt_hash_key",
                AccountDeletions::ReceiptHash,
                true,
            ),
            (
                "account_deletions_user_id_key",
                AccountDeletions::UserId,
                true,
            ),
            (
                "account_deletions_scheduled_for_idx",
                AccountDeletions::ScheduledFor,
                false,
            ),
        ] {
            let mut index = Index::create();
            index.name(name).table(AccountDeletions::Table).col(column);
            if is_unique {
                index.unique();
            }
            manager.create_index(index.take()).await?;
        }
        Ok(())
    }
}
