use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum MailCounts {
    Table,
    Recipient,
    CountedAt,
    LastAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(MailCounts::Table)
            .col(
                ColumnDef::new(MailCounts::Recipient)
                    .binary()
                    .not_null()
                    .primary_key(),
            )
            .col(ColumnDef::new(MailCounts::CountedAt).text().not_null())
            .col(
                ColumnDef::new(MailCounts::LastAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .take();
        manager.create_table(table).await?;
        let index = Index::create()
            .name("mail_counts_last_at_idx")
            .table(MailCounts::Table)
            .col(MailCounts::LastAt)
            .take();
        manager.create_index(index).await
    }
}
