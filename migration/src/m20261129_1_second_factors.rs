use sea_orm_migration::prelude::*;

/// The tables of second factors, passkeys and sign-ins that wait for a second step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum TotpSecrets {
    Table,
    UserId,
    Id,
    Secret,
    ConfirmedAt,
    LastUsedAt,
    LastStep,
    Failures,
    PendingSecret,
    PendingFor,
    PendingUntil,
}

#[derive(DeriveIden)]
enum RecoveryCodes {
    Table,
    Id,
    UserId,
    CodeHash,
    CreatedAt,
}

#[derive(DeriveIden)]
enum Passkeys {
    Table,
    Id,
    UserId,
    CredentialId,
    PublicKey,
    Seal,
    RpId,
    Name,
    Counter,
    BackupEligible,
    Synced,
    Transports,
    Aaguid,
    CreatedAt,
    LastUsedAt,
}

#[derive(DeriveIden)]
enum SignInChallenges {
    Table,
    Id,
    TokenHash,
    UserId,
    ClientHash,
    Methods,
    AuthenticatedAt,
    PasswordVersion,
    ReplacesUser,
    ReplacesSession,
    IsFamiliar,
    Failures,
    CreatedAt,
    ExpiresAt,
    IpAddress,
    UserAgent,
}

#[derive(DeriveIden)]
enum UsedCeremonies {
    Table,
    Nonce,
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
        manager.create_table(totp_secrets()).await?;
        manager.create_table(recovery_codes()).await?;
        manager.create_table(passkeys()).await?;
        manager.create_table(sign_in_challenges()).await?;
        manager.create_table(used_ceremonies()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// A version that does not know the table removes accounts, too.
fn owner(
    name: &'static str,
    table: impl IntoIden,
    column: impl IntoIden,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(table.into_iden(), column.into_iden())
        .to(Users::Table, Users::Id)
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

fn id(column: impl IntoIden) -> ColumnDef {
    ColumnDef::new(column.into_iden())
        .uuid()
        .not_null()
        .primary_key()
        .take()
}

fn time(column: impl IntoIden) -> ColumnDef {
    ColumnDef::new(column.into_iden())
        .timestamp_with_time_zone()
        .take()
}

fn bytes(column: impl IntoIden) -> ColumnDef {
    ColumnDef::new(column.into_iden()).binary().take()
}

fn text(column: impl IntoIden) -> ColumnDef {
    ColumnDef::new(column.into_iden()).text().take()
}

fn totp_secrets() -> TableCreateStatement {
    use TotpSecrets as Column;
    Table::create()
        .table(Column::Table)
        .col(id(Column::UserId))
        .col(ColumnDef::new(Column::Id).uuid())
        .col(bytes(Column::Secret))
        .col(time(Column::ConfirmedAt))
        .col(time(Column::LastUsedAt))
        .col(
            ColumnDef::new(Column::LastStep)
                .big_integer()
                .not_null()
                .default(0),
        )
        .col(
            ColumnDef::new(Column::Failures)
                .integer()
                .not_null()
                .default(0),
        )
        .col(bytes(Column::PendingSecret))
        .col(ColumnDef::new(Column::PendingFor).uuid())
        .col(time(Column::PendingUntil))
        .foreign_key(&mut owner(
            "totp_secrets_user_id_fkey",
            Column::Table,
            Column::UserId,
        ))
        .take()
}

fn recovery_codes() -> TableCreateStatement {
    use RecoveryCodes as Column;
    Table::create()
        .table(Column::Table)
        .col(id(Column::Id))
        .col(ColumnDef::new(Column::UserId).uuid().not_null())
        .col(bytes(Column::CodeHash).not_null())
        .col(time(Column::CreatedAt).not_null())
        .foreign_key(&mut owner(
            "recovery_codes_user_id_fkey",
            Column::Table,
            Column::UserId,
        ))
        .take()
}

fn passkeys() -> TableCreateStatement {
    use Passkeys as Column;
    Table::create()
        .table(Column::Table)
        .col(id(Column::Id))
        .col(ColumnDef::new(Column::UserId).uuid().not_null())
        .col(bytes(Column::CredentialId).not_null())
        .col(bytes(Column::PublicKey).not_null())
        .col(bytes(Column::Seal).not_null())
        .col(text(Column::RpId).not_null())
        .col(text(Column::Name).not_null())
        .col(ColumnDef::new(Column::Counter).big_integer().not_null())
        .col(ColumnDef::new(Column::BackupEligible).boolean().not_null())
        .col(ColumnDef::new(Column::Synced).boolean().not_null())
        .col(text(Column::Transports).not_null())
        .col(ColumnDef::new(Column::Aaguid).uuid().not_null())
        .col(time(Column::CreatedAt).not_null())
        .col(time(Column::LastUsedAt))
        .foreign_key(&mut owner(
            "passkeys_user_id_fkey",
            Column::Table,
            Column::UserId,
        ))
        .take()
}

fn sign_in_challenges() -> TableCreateStatement {
    use SignInChallenges as Column;
    Table::create()
        .table(Column::Table)
        .col(id(Column::Id))
        .col(bytes(Column::TokenHash).not_null())
        .col(ColumnDef::new(Column::UserId).uuid().not_null())
        .col(bytes(Column::ClientHash).not_null())
        .col(text(Column::Methods).not_null())
        .col(time(Column::AuthenticatedAt).not_null())
        .col(ColumnDef::new(Column::PasswordVersion).uuid())
        .col(ColumnDef::new(Column::ReplacesUser).uuid())
        .col(ColumnDef::new(Column::ReplacesSession).uuid())
        .col(ColumnDef::new(Column::IsFamiliar).boolean().not_null())
        .col(ColumnDef::new(Column::Failures).integer().not_null())
        .col(time(Column::CreatedAt).not_null())
        .col(time(Column::ExpiresAt).not_null())
        .col(text(Column::IpAddress))
        .col(text(Column::UserAgent))
        .foreign_key(&mut owner(
            "sign_in_challenges_user_id_fkey",
            Column::Table,
            Column::UserId,
        ))
        .take()
}

fn used_ceremonies() -> TableCreateStatement {
    use UsedCeremonies as Column;
    Table::create()
        .table(Column::Table)
        .col(bytes(Column::Nonce).not_null().primary_key())
        .col(time(Column::ExpiresAt).not_null())
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let on = |name: &str, table: DynIden, column: DynIden| {
        Index::create().name(name).table(table).col(column).take()
    };
    macro_rules! index {
        ($name:literal, $table:ident, $column:ident) => {
            on(
                $name,
                $table::Table.into_iden(),
                $table::$column.into_iden(),
            )
        };
    }
    vec![
        index!("totp_secrets_pending_until_idx", TotpSecrets, PendingUntil),
        index!("recovery_codes_user_id_idx", RecoveryCodes, UserId),
        index!("passkeys_user_id_idx", Passkeys, UserId),
        index!("passkeys_rp_id_idx", Passkeys, RpId),
        index!("passkeys_credential_id_key", Passkeys, CredentialId)
            .unique()
            .take(),
        index!(
            "sign_in_challenges_token_hash_key",
            SignInChallenges,
            TokenHash
        )
        .unique()
        .take(),
        index!("sign_in_challenges_user_id_idx", SignInChallenges, UserId),
        index!(
            "sign_in_challenges_expires_at_idx",
            SignInChallenges,
            ExpiresAt
        ),
        index!("used_ceremonies_expires_at_idx", UsedCeremonies, ExpiresAt),
    ]
}
