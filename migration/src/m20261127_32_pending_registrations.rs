use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum PendingRegistrations {
    Table,
    Id,
    UserId,
    Email,
    Username,
    UsernameCanonical,
    Name,
    Locale,
    PasswordHash,
    PasswordScheme,
    PepperId,
    RegisteredAt,
    ExpiresAt,
    IpAddress,
    UserAgent,
    LinkId,
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
        use PendingRegistrations as Column;
        // A version that does not know the table removes accounts, too.
        let mut owner = ForeignKey::create()
            .name("pending_registrations_user_id_fkey")
            .from(Column::Table, Column::UserId)
            .to(Users::Table, Users::Id)
            .on_delete(ForeignKeyAction::Cascade)
            .to_owned();
        let time = |column| ColumnDef::new(column).timestamp_with_time_zone().take();
        let table = Table::create()
            .table(Column::Table)
            .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(Column::UserId).uuid().not_null())
            .col(ColumnDef::new(Column::Email).text().not_null())
            .col(ColumnDef::new(Column::Username).text())
            .col(ColumnDef::new(Column::UsernameCanonical).text())
            .col(ColumnDef::new(Column::Name).text())
            .col(ColumnDef::new(Column::Locale).text())
            .col(ColumnDef::new(Column::PasswordHash).text().not_null())
            .col(ColumnDef::new(Column::PasswordScheme).text().not_null())
            .col(ColumnDef::new(Column::PepperId).text())
            .col(time(Column::RegisteredAt).not_null())
            .col(time(Column::ExpiresAt).not_null())
            .col(ColumnDef::new(Column::IpAddress).text())
            .col(ColumnDef::new(Column::UserAgent).text())
            .col(ColumnDef::new(Column::LinkId).uuid())
            .foreign_key(&mut owner)
            .take();
        manager.create_table(table).await?;
        for (name, column) in [
            ("pending_registrations_user_id_idx", Column::UserId),
            ("pending_registrations_expires_at_idx", Column::ExpiresAt),
        ] {
            let index = Index::create()
                .name(name)
                .table(Column::Table)
                .col(column)
                .take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
