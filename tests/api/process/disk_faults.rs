//! A disk that is full or broken, under a running binary on SQLite: nothing is acknowledged that is not stored,
//! and writing resumes by itself.
//!
//! The faults come from `disk_faults.c`, preloaded into the process; a C compiler is needed to build Gatehouse
//! anyway.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use reqwest::StatusCode;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::json;
use tempfile::TempDir;

use super::launch::Launched;
use crate::support::{PASSWORD, Reply, connect};

const WRITES: i32 = 1;
const SYNCS: i32 = 2;
const READS: i32 = 4;

const EIO: i32 = 5;
const ENOSPC: i32 = 28;

/// More calls than a single registration and the background work beside it make.
const MAX_CALLS: i32 = 600;

/// A service on SQLite whose disk fails on demand.
struct Stage {
    folder: TempDir,
    faults: PathBuf,
    acknowledged: BTreeSet<String>,
    tried: u32,
}

impl Stage {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/process/disk_faults.c");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(folder.path().join("disk_faults.so"))
            .arg(source)
            .arg("-ldl")
            .status()
            .expect("a C compiler named cc is needed, as for the build");
        assert!(built.success(), "cc could not build disk_faults.c");
        let faults = folder.path().join("faults");
        std::fs::write(&faults, [0; 16]).unwrap();
        Self {
            folder,
            faults,
            acknowledged: BTreeSet::new(),
            tried: 0,
        }
    }

    fn start(&self) -> Launched {
        let library = self.folder.path().join("disk_faults.so");
        let variables = [
            ("LD_PRELOAD", library.to_str().unwrap()),
            ("DISK_FAULTS", self.faults.to_str().unwrap()),
            ("GATEHOUSE_LIMIT_REGISTER", "off"),
            ("GATEHOUSE_LIMIT_REGISTER_NETWORK", "off"),
        ];
        Launched::start(self.folder.path(), &variables)
    }

    /// Lets `skip` calls of these kinds through; those that follow fail with `error`.
    fn fail(&self, kinds: i32, error: i32, skip: i32) {
        let words = [0, kinds, skip, 0];
        self.write(&words);
        self.write(&[error, kinds, skip, 0]);
    }

    /// Ends the faults; how many there were.
    fn heal(&self) -> i32 {
        let bytes = std::fs::read(&self.faults).unwrap();
        self.write(&[0; 4]);
        i32::from_ne_bytes(bytes[12..16].try_into().unwrap())
    }

    /// In place: the process has mapped the file.
    fn write(&self, words: &[i32; 4]) {
        use std::os::unix::fs::FileExt as _;
        let file = std::fs::OpenOptions::new()
            .write(true)
            .open(&self.faults)
            .unwrap();
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
        file.write_all_at(&bytes, 0).unwrap();
    }

    /// Writes from another process, so that nothing that this one has read before is still true.
    async fn write_from_elsewhere(&self) {
        let pragma = format!("PRAGMA user_version = {}", self.tried);
        let written = async {
            let db = self.connect().await;
            db.execute_unprepared(&pragma).await.unwrap();
            db.close().await.unwrap();
        };
        tokio::time::timeout(Duration::from_mins(1), written)
            .await
            .expect("another process can write");
    }

    async fn connect(&self) -> DatabaseConnection {
        let path = self.folder.path().join("data/gatehouse.db");
        connect(&format!("sqlite://{}", path.display())).await
    }

    async fn register(&mut self, process: &Launched) -> Reply {
        self.tried += 1;
        let email = format!("user{}@example.org", self.tried);
        let input = json!({ "email": email, "password": PASSWORD });
        let reply = process.anonymous().register(input).await;
        if reply.at("/data/register/user/id").is_string() {
            self.acknowledged.insert(email);
        }
        reply
    }

    /// The addresses that a fresh process would find.
    async fn stored(&self) -> BTreeSet<String> {
        let db = self.connect().await;
        let statement = |sql: &str| Statement::from_string(DbBackend::Sqlite, sql.to_owned());
        let sound = db.query_one_raw(statement("PRAGMA integrity_check")).await;
        let sound: String = sound.unwrap().unwrap().try_get_by_index(0).unwrap();
        assert_eq!(sound, "ok");
        // An account is whole or not there: each has its session and its event.
        let whole = "SELECT email FROM users \
                     WHERE EXISTS (SELECT 1 FROM sessions WHERE user_id = users.id) \
                     AND EXISTS (SELECT 1 FROM security_events WHERE user_id = users.id)";
        let whole = db.query_all_raw(statement(whole)).await.unwrap();
        let all = db
            .query_all_raw(statement("SELECT email FROM users"))
            .await
            .unwrap();
        assert_eq!(whole.len(), all.len(), "an account is stored in part");
        all.iter()
            .map(|row| row.try_get("", "email").unwrap())
            .collect()
    }

    /// Ends the process in order and compares what it acknowledged with what is stored.
    async fn settle(self, process: Launched) {
        assert!(process.terminate());
        let stored = self.stored().await;
        let lost: Vec<_> = self.acknowledged.difference(&stored).collect();
        assert!(lost.is_empty(), "acknowledged and not stored: {lost:?}");
        assert!(self.acknowledged.len() > 2);
    }
}

async fn is_ready(process: &Launched) -> StatusCode {
    let url = format!("http://{}/health/ready", process.admin);
    reqwest::get(url).await.unwrap().status()
}

/// A registration with each of its calls failing in turn, and one after each, which must succeed.
async fn each_call_fails_in_turn(kinds: i32, error: i32) {
    let mut stage = Stage::new();
    let process = stage.start();
    stage.register(&process).await.ok();
    let mut skip = 0;
    loop {
        stage.write_from_elsewhere().await;
        stage.fail(kinds, error, skip);
        stage.register(&process).await;
        if stage.heal() == 0 {
            break;
        }
        stage.register(&process).await.ok();
        skip += 1 + skip / 3;
        assert!(skip < MAX_CALLS, "a registration makes fewer calls");
    }
    assert!(skip > 0, "no call failed at all");
    stage.settle(process).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_write_is_lost_on_a_full_disk() {
    each_call_fails_in_turn(WRITES, ENOSPC).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_write_is_lost_when_writes_fail() {
    each_call_fails_in_turn(WRITES, EIO).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_write_is_lost_when_syncs_fail() {
    each_call_fails_in_turn(SYNCS, EIO).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_write_is_lost_when_reads_fail() {
    each_call_fails_in_turn(READS, EIO).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_is_503_while_the_disk_is_full_and_200_once_there_is_space() {
    let mut stage = Stage::new();
    let process = stage.start();
    stage.register(&process).await.ok();
    assert_eq!(is_ready(&process).await, StatusCode::OK);

    stage.fail(WRITES, ENOSPC, 0);
    for _ in 0..4 {
        stage.register(&process).await.assert_error("INTERNAL");
        assert_eq!(is_ready(&process).await, StatusCode::SERVICE_UNAVAILABLE);
    }
    let live = format!("http://{}/health/live", process.admin);
    assert_eq!(reqwest::get(live).await.unwrap().status(), StatusCode::OK);

    stage.heal();
    assert_eq!(is_ready(&process).await, StatusCode::OK);
    for _ in 0..4 {
        stage.register(&process).await.ok();
    }
    stage.settle(process).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_notices_a_full_disk_before_anybody_writes() {
    let stage = Stage::new();
    let process = stage.start();
    stage.fail(WRITES | SYNCS, ENOSPC, 0);
    // A recent successful write is proof for a few seconds.
    let mut status = is_ready(&process).await;
    for _ in 0..100 {
        if status == StatusCode::SERVICE_UNAVAILABLE {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        status = is_ready(&process).await;
    }
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    stage.heal();
    assert_eq!(is_ready(&process).await, StatusCode::OK);
}
