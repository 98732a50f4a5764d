use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Sessions {
    Table,
    Id,
    UserId,
    CreatedAt,
    LastUsedAt,
    IdleExpiresAt,
    ExpiresAt,
    EndedAt,
    IpAddress,
    UserAgent,
    RefreshTokenHash,
    RefreshGeneration,
    RecentRotations,
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
            .name("sessions_user_id_fkey")
            .from(Sessions::Table, Sessions::UserId)
            .to(Users::Table, Users::Id)
            .take();
        let table = Table::create()
            .table(Sessions::Table)
            .col(ColumnDef::new(Sessions::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(Sessions::UserId).uuid().not_null())
            .col(
                ColumnDef::new(Sessions::CreatedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(Sessions::LastUsedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(Sessions::IdleExpiresAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(Sessions::ExpiresAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(ColumnDef::new(Sessions::EndedAt).timestamp_with_time_zone())
            .col(ColumnDef::new(Sessions::IpAddress).text())
            .col(ColumnDef::new(Sessions::UserAgent).text())
            .col(
                ColumnDef::new(Sessions::RefreshTokenHash)
                    .binary()
                    .not_null(),
            )
            .col(
                ColumnDef::new(Sessions::RefreshGeneration)
                    .integer()
                    .not_null(),
            )
            .col(ColumnDef::new(Sessions::RecentRotations).text().not_null())
            .foreign_key(&mut owner)
            .take();
        manager.create_table(table).await?;
        let of_user = Index::create()
            .name("sessions_user_id_created_at_id_idx")
            .table(Sessions::Table)
            .col(Sessions::UserId)
            .col(Sessions::CreatedAt)
            .col(Sessions::Id)
            .take();
        manager.create_index(of_user).await?;
        let outlived = Index::create()
            .name("sessions_expires_at_idx")
            .table(Sessions::Table)
            .col(Sessions::ExpiresAt)
            .take();
        manager.create_index(outlived).await
    }
}
