//! Upgrades of databases that an earlier version wrote.

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend};

use crate::support::{PASSWORD, TestApp, TestDatabase};

/// Applies the migrations before the one whose name is `name`.
async fn migrate_until(db: &DatabaseConnection, name: &str) {
    let migrations = Migrator::migrations();
    let steps = migrations.iter().position(|it| it.name() == name).unwrap();
    let steps = u32::try_from(steps).unwrap();
    Migrator::up(db, Some(steps)).await.unwrap();
}

/// Inserts an account as the versions before `passwords` did.
async fn insert_account(
    db: &DatabaseConnection,
    (number, name): (u8, &str),
    (hash, scheme): (&str, &str),
) {
    let id = format!("{number:032x}");
    let id = match db.get_database_backend() {
        DbBackend::Postgres => format!("'{id}'"),
        _ => format!("X'{id}'"),
    };
    let at = "'2026-11-24 00:00:00+00:00'";
    let sql = format!(
        "INSERT INTO users (id, email, email_canonical, password_hash, password_scheme, password_version, \
         password_changed_at, created_at, updated_at) \
         VALUES ({id}, '{name}@example.org', '{name}@example.org', '{hash}', '{scheme}', 3, {at}, {at}, {at})"
    );
    db.execute_unprepared(&sql).await.unwrap();
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the hash is another version's")]
async fn accounts_keep_their_passwords_when_these_move_to_a_table_of_their_own() {
    let database = TestDatabase::create_empty().await;
    let db = database.db_connect().await;
    migrate_until(&db, "m20261128_2_passwords_breaking").await;
    let hash = bcrypt::hash(PASSWORD, 4).unwrap();
    insert_account(&db, (1, "ann"), (&hash, "bcrypt")).await;
    insert_account(&db, (2, "bob"), ("", "off")).await;
    Migrator::up(&db, None).await.unwrap();
    db.close().await.unwrap();

    let app = TestApp::with(|config| config.database.url = database.url.as_str().into()).await;

    let client = app.anonymous();
    client.login("ann@example.org", PASSWORD).await.ok();
    let disabled = client.login("bob@example.org", PASSWORD).await;
    disabled.assert_user_error("INVALID_CREDENTIALS", &[]);
    // Now with the hash under the current scheme, which the first sign-in stored.
    client.login("ann@example.org", PASSWORD).await.ok();
}
