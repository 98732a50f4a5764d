use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum SigningKeys {
    Table,
    Kid,
    Algorithm,
    PublicKey,
    SealedPrivateKey,
    CreatedAt,
    SignsFrom,
    VerifiesUntil,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(SigningKeys::Table)
            .col(
                ColumnDef::new(SigningKeys::Kid)
                    .text()
                    .not_null()
                    .primary_key(),
            )
            .col(ColumnDef::new(SigningKeys::Algorithm).text().not_null())
            .col(ColumnDef::new(SigningKeys::PublicKey).binary().not_null())
            .col(
                ColumnDef::new(SigningKeys::SealedPrivateKey)
                    .binary()
                    .not_null(),
            )
            .col(
                ColumnDef::new(SigningKeys::CreatedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(SigningKeys::SignsFrom)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(ColumnDef::new(SigningKeys::VerifiesUntil).timestamp_with_time_zone())
            .take();
        manager.create_table(table).await
    }
}
