//! Behind a connection pooler that lends connections of PostgreSQL for one transaction each.
//!
//! `.ci/postgres run .ci/pgbouncer run cargo test --features pooler-tests` starts `PgBouncer`; the services of all other
//! tests connect by way of it too.

use std::process::Command;

use tempfile::TempDir;

use super::launch::{Bounded as _, gatehouse};
use crate::support::{TestDatabase, through};

const REMEDY: &str = "set GATEHOUSE_DATABASE_POOL_MODE to transaction";

#[expect(
    clippy::disallowed_methods,
    reason = "tests have no settings of their own"
)]
fn pooler(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set; start PgBouncer by `.ci/postgres run .ci/pgbouncer run cargo test --features pooler-tests`")
    })
}

fn migrate(folder: &TempDir, url: &str, setting: &str) -> Command {
    let mut command = gatehouse(folder.path(), &[("DATABASE_URL", url)]);
    command
        .arg("migrate")
        .env("DATABASE_URL", url)
        .env("GATEHOUSE_DATABASE_POOL_MODE", setting);
    command
}

async fn refused_at(variable: &str, cause: &str) {
    let database = TestDatabase::create_empty().await;
    let url = through(&database.url, &pooler(variable)).expect("tests run on PostgreSQL");
    let folder = TempDir::new().unwrap();
    let output = migrate(&folder, &url, "session").output_in_time().unwrap();
    let printed = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{printed}");
    assert!(printed.contains(cause), "{printed}");
    assert!(printed.contains(REMEDY), "{printed}");
    let output = migrate(&folder, &url, "transaction")
        .output_in_time()
        .unwrap();
    let printed = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{printed}");
}

#[tokio::test]
async fn a_pooler_that_refuses_start_up_parameters_is_named_with_the_remedy() {
    refused_at("TEST_POOLER", "unsupported startup parameter").await;
}

#[tokio::test]
async fn a_pooler_that_drops_start_up_parameters_is_named_with_the_remedy() {
    refused_at("TEST_POOLER_LENIENT", "do not reach the server").await;
}
