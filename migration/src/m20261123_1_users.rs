use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Users {
    Table,
    Id,
    Email,
    EmailCanonical,
    Username,
    UsernameCanonical,
    Name,
    AvatarUrl,
    Locale,
    PasswordHash,
    PasswordScheme,
    PepperId,
    PasswordVersion,
    PasswordChangedAt,
    CreatedAt,
    UpdatedAt,
    LastLoginAt,
    DeletionScheduledFor,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(Users::Table)
            .col(ColumnDef::new(Users::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(Users::Email).text().not_null())
            .col(ColumnDef::new(Users::EmailCanonical).text().not_null())
            .col(ColumnDef::new(Users::Username).text())
            .col(ColumnDef::new(Users::UsernameCanonical).text())
            .col(ColumnDef::new(Users::Name).text())
            .col(ColumnDef::new(Users::AvatarUrl).text())
            .col(ColumnDef::new(Users::Locale).text())
            .col(ColumnDef::new(Users::PasswordHash).text().not_null())
            .col(ColumnDef::new(Users::PasswordScheme).text().not_null())
            .col(ColumnDef::new(Users::PepperId).text())
            .col(ColumnDef::new(Users::PasswordVersion).integer().not_null())
            .col(
                ColumnDef::new(Users::PasswordChangedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(Users::CreatedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(Users::UpdatedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(ColumnDef::new(Users::LastLoginAt).timestamp_with_time_zone())
            .col(ColumnDef::new(Users::DeletionScheduledFor).timestamp_with_time_zone())
            .take();
        manager.create_table(table).await?;
        for (name, column) in [
            ("users_email_canonical_key", Users::EmailCanonical),
            ("users_username_canonical_key", Users::UsernameCanonical),
        ] {
            let index = Index::create()
                .name(name)
                .table(Users::Table)
                .col(column)
                .unique()
                .take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
