//! Every test's statements are read for scans of tables that grow (`support/plans.rs`); here is that they would be found.

use sea_orm::{DbBackend, Statement};

use crate::support::{TestDatabase, scans};

async fn scanned(sql: &str) -> bool {
    let db = TestDatabase::create().await.db_connect().await;
    let backend: DbBackend = sea_orm::ConnectionTrait::get_database_backend(&db);
    !scans(vec![Statement::from_string(backend, sql)]).is_empty()
}

#[tokio::test]
async fn scans_of_growing_tables_are_found() {
    for sql in [
        "SELECT id FROM users WHERE name = 'ann'",
        "SELECT count(*) FROM sessions",
        "SELECT id FROM sessions ORDER BY expires_at",
        "SELECT kind FROM security_events WHERE ip_address = '192.0.2.1' ORDER BY occurred_at LIMIT 10",
        "UPDATE sessions SET user_agent = 'x' WHERE user_agent = 'y'",
        "DELETE FROM outbox WHERE kind = 'x'",
        "SELECT email FROM users WHERE id IN (SELECT user_id FROM sessions WHERE user_agent = 'y')",
    ] {
        assert!(scanned(sql).await, "{sql}");
    }
    for sql in [
        "SELECT id FROM users WHERE email_canonical = 'ann@example.org'",
        "SELECT id FROM sessions WHERE expires_at < '2020-01-01' ORDER BY expires_at LIMIT 10",
        "SELECT kid FROM signing_keys",
        "SELECT count(*) FROM outbox WHERE given_up_at IS NULL",
    ] {
        assert!(!scanned(sql).await, "{sql}");
    }
}
