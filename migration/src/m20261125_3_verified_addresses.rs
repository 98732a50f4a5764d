use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Users {
    Table,
    EmailVerifiedAt,
    VerificationDueAt,
    PendingEmail,
    PendingEmailCanonical,
}

#[derive(DeriveIden)]
enum UsernameReservations {
    Table,
    UsernameCanonical,
    ReservedUntil,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for mut column in [
            ColumnDef::new(Users::EmailVerifiedAt)
                .timestamp_with_time_zone()
                .take(),
            ColumnDef::new(Users::VerificationDueAt)
                .timestamp_with_time_zone()
                .take(),
            ColumnDef::new(Users::PendingEmail).text().take(),
            ColumnDef::new(Users::PendingEmailCanonical).text().take(),
        ] {
            let table = Table::alter()
                .table(Users::Table)
                .add_column(&mut column)
                .take();
            manager.alter_table(table).await?;
        }
        let table = Table::create()
            .table(UsernameReservations::Table)
            .col(
                ColumnDef::new(UsernameReservations::UsernameCanonical)
                    .text()
                    .not_null()
                    .primary_key(),
            )
            .col(
                ColumnDef::new(UsernameReservations::ReservedUntil)
                    .timestamp_with_time_zone()
                    .not_null(),
            )
            .take();
        manager.create_table(table).await?;
        Ok(())
    }
}
