use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum OneTimeTokens {
    Table,
    Id,
    TokenHash,
    UserId,
    Purpose,
    Effect,
    Email,
    WasVerified,
    CreatedAt,
    ExpiresAt,
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
            .name("one_time_tokens_user_id_fkey")
            .from(OneTimeTokens::Table, OneTimeTokens::UserId)
            .to(Users::Table, Users::Id)
            .to_owned();
        let table = Table::create()
            .table(OneTimeTokens::Table)
            .col(
                ColumnDef::new(OneTimeTokens::Id)
                    .uuid()
                    .not_null()
                    .primary_key(),
            )
            .col(ColumnDef::new(OneTimeTokens::TokenHash).binary().not_null())
            .col(ColumnDef::new(OneTimeTokens::UserId).uuid().not_null())
            .col(ColumnDef::new(OneTimeTokens::Purpose).text().not_null())
            .col(ColumnDef::new(OneTimeTokens::Effect).text())
            .col(ColumnDef::new(OneTimeTokens::Email).text().not_null())
            .col(
                ColumnDef::new(OneTimeTokens::WasVerified)
                    .boolean()
                    .not_null(),
            )
            .col(
                ColumnDef::new(OneTimeTokens::CreatedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(OneTimeTokens::ExpiresAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .foreign_key(&mut owner)
            .take();
        manager.create_table(table).await?;
        let index = Index::create()
            .name("one_time_tokens_token_hash_key")
            .table(OneTimeTokens::Table)
            .col(OneTimeTokens::TokenHash)
            .unique()
            .take();
        manager.create_index(index).await?;
        let index = Index::create()
            .name("one_time_tokens_user_id_idx")
            .table(OneTimeTokens::Table)
            .col(OneTimeTokens::UserId)
            .take();
        manager.create_index(index).await?;
        let index = Index::create()
            .name("one_time_tokens_expires_at_idx")
            .table(OneTimeTokens::Table)
            .col(OneTimeTokens::ExpiresAt)
            .take();
        manager.create_index(index).await?;
        Ok(())
    }
}
