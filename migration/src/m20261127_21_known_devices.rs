use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum KnownDevices {
    Table,
    Id,
    UserId,
    Kind,
    Mark,
    LastUsedAt,
    KnownUntil,
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
        // Cascades: an instance of the previous version deletes accounts without knowing this table.
        let mut owner = ForeignKey::create()
            .name("known_devices_user_id_fkey")
            .from(KnownDevices::Table, KnownDevices::UserId)
            .to(Users::Table, Users::Id)
            .on_delete(ForeignKeyAction::Cascade)
            .take();
        let table = Table::create()
            .table(KnownDevices::Table)
            .col(
                ColumnDef::new(KnownDevices::Id)
                    .uuid()
                    .not_null()
                    .primary_key(),
            )
            .col(ColumnDef::new(KnownDevices::UserId).uuid().not_null())
            .col(ColumnDef::new(KnownDevices::Kind).text().not_null())
            .col(ColumnDef::new(KnownDevices::Mark).binary().not_null())
            .col(
                ColumnDef::new(KnownDevices::LastUsedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(KnownDevices::KnownUntil)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .foreign_key(&mut owner)
            .take();
        manager.create_table(table).await?;
        let one_each = Index::create()
            .name("known_devices_user_id_mark_key")
            .table(KnownDevices::Table)
            .col(KnownDevices::UserId)
            .col(KnownDevices::Mark)
            .unique()
            .take();
        manager.create_index(one_each).await?;
        let newest = Index::create()
            .name("known_devices_user_id_kind_last_used_at_idx")
            .table(KnownDevices::Table)
            .col(KnownDevices::UserId)
            .col(KnownDevices::Kind)
            .col(KnownDevices::LastUsedAt)
            .take();
        manager.create_index(newest).await?;
        let outlived = Index::create()
            .name("known_devices_known_until_idx")
            .table(KnownDevices::Table)
            .col(KnownDevices::KnownUntil)
            .take();
        manager.create_index(outlived).await
    }
}
