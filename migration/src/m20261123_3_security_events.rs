use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum SecurityEvents {
    Table,
    Id,
    UserId,
    Kind,
    OccurredAt,
    SessionId,
    IpAddress,
    UserAgent,
}

#[derive(DeriveIden)]
enum Users {
    Table,
    Id,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut owner = ForeignKey::create()
            .name("security_events_user_id_fkey")
            .from(SecurityEvents::Table, SecurityEvents::UserId)
            .to(Users::Table, Users::Id)
            .take();
        let table = Table::create()
            .table(SecurityEvents::Table)
            .col(
                ColumnDef::new(SecurityEvents::Id)
                    .uuid()
                    .not_null()
                    .primary_key(),
            )
            .col(ColumnDef::new(SecurityEvents::UserId).uuid().not_null())
            .col(ColumnDef::new(SecurityEvents::Kind).text().not_null())
            .col(
                ColumnDef::new(SecurityEvents::OccurredAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(ColumnDef::new(SecurityEvents::SessionId).uuid())
            .col(ColumnDef::new(SecurityEvents::IpAddress).text())
            .col(ColumnDef::new(SecurityEvents::UserAgent).text())
            .foreign_key(&mut owner)
            .take();
        manager.create_table(table).await?;
        let of_user = Index::create()
            .name("security_events_user_id_occurred_at_id_idx")
            .table(SecurityEvents::Table)
            .col(SecurityEvents::UserId)
            .col(SecurityEvents::OccurredAt)
            .col(SecurityEvents::Id)
            .take();
        manager.create_index(of_user).await?;
        let outlived = Index::create()
            .name("security_events_occurred_at_idx")
            .table(SecurityEvents::Table)
            .col(SecurityEvents::OccurredAt)
            .take();
        manager.create_index(outlived).await
    }
}
