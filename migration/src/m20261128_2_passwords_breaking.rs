use sea_orm_migration::prelude::*;

/// Moves the password of an account into a table of its own.
///
/// Versions before the first release read and write the columns that this removes, so none of them runs beside it.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Passwords {
    Table,
    UserId,
    Hash,
    Scheme,
    PepperId,
    Version,
}

#[derive(DeriveIden)]
enum Users {
    Table,
    Id,
    PasswordHash,
    PasswordScheme,
    PepperId,
    PasswordVersion,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(passwords()).await?;
        manager.execute(copy()).await?;
        for column in [
            Users::PasswordHash,
            Users::PasswordScheme,
            Users::PepperId,
            Users::PasswordVersion,
        ] {
            // SQLite removes one column at a time.
            let table = Table::alter()
                .table(Users::Table)
                .drop_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

fn passwords() -> TableCreateStatement {
    let mut owner = ForeignKey::create()
        .name("passwords_user_id_fkey")
        .from(Passwords::Table, Passwords::UserId)
        .to(Users::Table, Users::Id)
        .to_owned();
    Table::create()
        .table(Passwords::Table)
        .col(
            ColumnDef::new(Passwords::UserId)
                .uuid()
                .not_null()
                .primary_key(),
        )
        .col(ColumnDef::new(Passwords::Hash).text().not_null())
        .col(ColumnDef::new(Passwords::Scheme).text().not_null())
        .col(ColumnDef::new(Passwords::PepperId).text())
        .col(ColumnDef::new(Passwords::Version).uuid().not_null())
        .foreign_key(&mut owner)
        .take()
}

/// Copies every password that was not disabled. A version only has to differ from the next one of the same account, so
/// the first is the account's own identifier.
fn copy() -> InsertStatement {
    let source = Query::select()
        .columns([
            Users::Id,
            Users::PasswordHash,
            Users::PasswordScheme,
            Users::PepperId,
            Users::Id,
        ])
        .from(Users::Table)
        .and_where(Expr::col(Users::PasswordScheme).ne("off"))
        .take();
    let mut insert = Query::insert();
    insert.into_table(Passwords::Table).columns([
        Passwords::UserId,
        Passwords::Hash,
        Passwords::Scheme,
        Passwords::PepperId,
        Passwords::Version,
    ]);
    // The columns match those above.
    let _ = insert.select_from(source);
    insert
}
