use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum LoginFailures {
    Table,
    Id,
    Subject,
    Network,
    Failures,
    LockedUntil,
    LastFailedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(LoginFailures::Table)
            .col(
                ColumnDef::new(LoginFailures::Id)
                    .uuid()
                    .not_null()
                    .primary_key(),
            )
            .col(ColumnDef::new(LoginFailures::Subject).binary().not_null())
            .col(ColumnDef::new(LoginFailures::Network).binary().not_null())
            .col(ColumnDef::new(LoginFailures::Failures).integer().not_null())
            .col(ColumnDef::new(LoginFailures::LockedUntil).timestamp_with_time_zone())
            .col(
                ColumnDef::new(LoginFailures::LastFailedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .take();
        manager.create_table(table).await?;
        let one_each = Index::create()
            .name("login_failures_subject_network_key")
            .table(LoginFailures::Table)
            .col(LoginFailures::Subject)
            .col(LoginFailures::Network)
            .unique()
            .take();
        manager.create_index(one_each).await?;
        let outlived = Index::create()
            .name("login_failures_last_failed_at_idx")
            .table(LoginFailures::Table)
            .col(LoginFailures::LastFailedAt)
            .take();
        manager.create_index(outlived).await
    }
}
