use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Outbox {
    Table,
    Id,
    UserId,
    Kind,
    Sealed,
    CreatedAt,
    ExpiresAt,
    NextAttemptAt,
    Claim,
    Attempts,
    LastError,
    GivenUpAt,
}

#[derive(DeriveIden)]
enum MailRequests {
    Table,
    Id,
    UserId,
    Kind,
    RequestedAt,
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
            .name("outbox_user_id_fkey")
            .from(Outbox::Table, Outbox::UserId)
            .to(Users::Table, Users::Id)
            .to_owned();
        let table = Table::create()
            .table(Outbox::Table)
            .col(ColumnDef::new(Outbox::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(Outbox::UserId).uuid())
            .col(ColumnDef::new(Outbox::Kind).text().not_null())
            .col(ColumnDef::new(Outbox::Sealed).binary())
            .col(
                ColumnDef::new(Outbox::CreatedAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(Outbox::ExpiresAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(
                ColumnDef::new(Outbox::NextAttemptAt)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .col(ColumnDef::new(Outbox::Claim).uuid())
            .col(ColumnDef::new(Outbox::Attempts).integer().not_null())
            .col(ColumnDef::new(Outbox::LastError).text())
            .col(ColumnDef::new(Outbox::GivenUpAt).timestamp_with_time_zone())
            .foreign_key(&mut owner)
            .take();
        manager.create_table(table).await?;
        let index = Index::create()
            .name("outbox_next_attempt_at_idx")
            .table(Outbox::Table)
            .col(Outbox::NextAttemptAt)
            .take();
        manager.create_index(index).await?;
        let index = Index::create()
            .name("outbox_user_id_idx")
            .table(Outbox::Table)
            .col(Outbox::UserId)
            .take();
        manager.create_index(index).await?;
        mail_requests(manager).await
    }
}

async fn mail_requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut owner = ForeignKey::create()
        .name("mail_requests_user_id_fkey")
        .from(MailRequests::Table, MailRequests::UserId)
        .to(Users::Table, Users::Id)
        .to_owned();
    let table = Table::create()
        .table(MailRequests::Table)
        .col(
            ColumnDef::new(MailRequests::Id)
                .uuid()
                .not_null()
                .primary_key(),
        )
        .col(ColumnDef::new(MailRequests::UserId).uuid())
        .col(ColumnDef::new(MailRequests::Kind).text().not_null())
        .col(
            ColumnDef::new(MailRequests::RequestedAt)
                .timestamp_with_time_zone()
                .not_null(),
        )
        .col(ColumnDef::new(MailRequests::IpAddress).text())
        .col(ColumnDef::new(MailRequests::UserAgent).text())
        .foreign_key(&mut owner)
        .take();
    manager.create_table(table).await?;
    let index = Index::create()
        .name("mail_requests_requested_at_idx")
        .table(MailRequests::Table)
        .col(MailRequests::RequestedAt)
        .take();
    manager.create_index(index).await?;
    let index = Index::create()
        .name("mail_requests_user_id_idx")
        .table(MailRequests::Table)
        .col(MailRequests::UserId)
        .take();
    manager.create_index(index).await?;
    Ok(())
}
