use sea_orm_migration::prelude::*;

/// Scheduled removals of second factors that their user has lost.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum FactorRemovals {
    Table,
    UserId,
    PasswordVersion,
    RequestedAt,
    ScheduledFor,
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
        manager.create_table(factor_removals()).await?;
        let index = Index::create()
            .name("factor_removals_scheduled_for_idx")
            .table(FactorRemovals::Table)
            .col(FactorRemovals::ScheduledFor)
            .take();
        manager.create_index(index).await
    }
}

fn factor_removals() -> TableCreateStatement {
    use FactorRemovals as Column;
    let time = |column: Column| {
        ColumnDef::new(column)
            .timestamp_with_time_zone()
            .not_null()
            .take()
    };
    // A version that does not know the table removes accounts, too.
    let mut owner = ForeignKey::create()
        .name("factor_removals_user_id_fkey")
        .from(Column::Table, Column::UserId)
        .to(Users::Table, Users::Id)
        .on_delete(ForeignKeyAction::Cascade)
        .take();
    Table::create()
        .table(Column::Table)
        .col(
            ColumnDef::new(Column::UserId)
                .uuid()
                .not_null()
                .primary_key(),
        )
        .col(ColumnDef::new(Column::PasswordVersion).uuid().not_null())
        .col(time(Column::RequestedAt))
        .col(time(Column::ScheduledFor))
        .col(ColumnDef::new(Column::IpAddress).text())
        .col(ColumnDef::new(Column::UserAgent).text())
        .foreign_key(&mut owner)
        .take()
}
