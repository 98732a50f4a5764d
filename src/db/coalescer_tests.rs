//! Tests of the coalescer against a table in memory, whose statements wait for the test.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sea_orm::DbErr;
use tokio::sync::{Semaphore, mpsc};

use super::{Coalescer, Lookup, MAX_KEYS, STATEMENTS};

/// The key that makes its statement fail, panic or hang.
const FAILS: u32 = 1_000_000;
const PANICS: u32 = 1_000_001;
const HANGS: u32 = 1_000_002;

const NEVER: Duration = Duration::MAX;
const SOON: Duration = Duration::from_millis(5);
const PATIENCE: Duration = Duration::from_millis(50);

/// Rows by key, with the number of statements that may end.
#[derive(Clone)]
struct Table {
    rows: Arc<Mutex<HashMap<u32, String>>>,
    may_end: Arc<Semaphore>,
    /// The keys of each statement, when it begins.
    begun: mpsc::UnboundedSender<Vec<u32>>,
    connections: Arc<AtomicU32>,
    closed: Arc<AtomicU32>,
    is_fit: Arc<AtomicBool>,
}

/// Counts itself when it is closed.
struct Connection(Arc<AtomicU32>);

impl Lookup for Table {
    type Connection = Connection;
    type Key = u32;
    type Row = String;

    async fn connect(&self) -> Result<Connection, DbErr> {
        self.connections.fetch_add(1, Ordering::SeqCst);
        Ok(Connection(self.closed.clone()))
    }

    async fn is_fit(&self, _: &mut Connection, _: Duration, _: Duration) -> bool {
        self.is_fit.load(Ordering::SeqCst)
    }

    fn close(connection: Connection) {
        connection.0.fetch_add(1, Ordering::SeqCst);
    }

    async fn rows(
        &self,
        _: &mut Connection,
        mut keys: Vec<u32>,
    ) -> Result<HashMap<u32, Arc<String>>, DbErr> {
        keys.sort_unstable();
        self.begun.send(keys.clone()).unwrap();
        let found = self.rows.lock().unwrap().clone();
        assert!(!keys.contains(&PANICS), "asked for");
        if keys.contains(&FAILS) {
            return Err(DbErr::Custom("asked for".to_owned()));
        }
        if keys.contains(&HANGS) {
            std::future::pending::<()>().await;
        }
        self.may_end.acquire().await.unwrap().forget();
        let found = found.into_iter().filter(|(key, _)| keys.contains(key));
        Ok(found.map(|(key, row)| (key, Arc::new(row))).collect())
    }
}

struct Bench {
    table: Table,
    begun: mpsc::UnboundedReceiver<Vec<u32>>,
    coalescer: Arc<Coalescer<Table>>,
}

impl Bench {
    fn new(slow: Duration, patience: Duration) -> Self {
        let (sender, begun) = mpsc::unbounded_channel();
        let table = Table {
            rows: Arc::default(),
            may_end: Arc::new(Semaphore::new(0)),
            begun: sender,
            connections: Arc::default(),
            closed: Arc::default(),
            is_fit: Arc::new(AtomicBool::new(true)),
        };
        let coalescer = Arc::new(Coalescer::new(table.clone(), slow, patience));
        Self {
            table,
            begun,
            coalescer,
        }
    }

    fn set(&self, key: u32, row: &str) {
        self.table.rows.lock().unwrap().insert(key, row.to_owned());
    }

    /// Asks for a key in a task of its own, and waits until it is in the queue or a statement.
    async fn ask(&self, key: u32) -> tokio::task::JoinHandle<Result<Option<Arc<String>>, DbErr>> {
        let coalescer = self.coalescer.clone();
        let asked = tokio::spawn(async move { coalescer.get(key).await });
        tokio::task::yield_now().await;
        asked
    }

    /// Waits for the next statement and returns its keys.
    async fn statement(&mut self) -> Vec<u32> {
        self.begun.recv().await.unwrap()
    }

    /// Begins a statement, during which the others wait.
    async fn occupy(&mut self) {
        self.ask(2_000_000).await;
        self.statement().await;
    }

    fn end(&self, statements: usize) {
        self.table.may_end.add_permits(statements);
    }
}

#[tokio::test]
async fn keys_that_arrive_during_a_statement_are_read_together_by_the_next() {
    let mut bench = Bench::new(NEVER, NEVER);
    bench.set(1, "ann");
    bench.set(2, "bob");
    bench.occupy().await;
    let ann = bench.ask(1).await;
    let bob = bench.ask(2).await;
    let ann_again = bench.ask(1).await;
    let nobody = bench.ask(3).await;
    bench.end(1);
    assert_eq!(bench.statement().await, [1, 2, 3]);
    bench.end(2);
    assert_eq!(*ann.await.unwrap().unwrap().unwrap(), "ann");
    assert_eq!(*bob.await.unwrap().unwrap().unwrap(), "bob");
    assert_eq!(*ann_again.await.unwrap().unwrap().unwrap(), "ann");
    assert!(nobody.await.unwrap().unwrap().is_none());
}

#[tokio::test]
async fn a_single_look_up_begins_at_once() {
    let mut bench = Bench::new(NEVER, NEVER);
    bench.set(1, "ann");
    let ann = bench.ask(1).await;
    assert_eq!(bench.statement().await, [1]);
    bench.end(1);
    assert_eq!(*ann.await.unwrap().unwrap().unwrap(), "ann");
}

#[tokio::test]
async fn a_look_up_after_a_change_sees_the_change() {
    let mut bench = Bench::new(NEVER, NEVER);
    bench.set(1, "before");
    let before = bench.ask(1).await;
    bench.statement().await;
    bench.set(1, "after");
    // The statement in progress has read the row already.
    let after = bench.ask(1).await;
    bench.end(1);
    assert_eq!(bench.statement().await, [1]);
    bench.end(1);
    assert_eq!(*before.await.unwrap().unwrap().unwrap(), "before");
    assert_eq!(*after.await.unwrap().unwrap().unwrap(), "after");
}

#[tokio::test]
async fn one_statement_at_a_time_looks_up_a_bounded_number_of_keys() {
    let mut bench = Bench::new(NEVER, NEVER);
    bench.occupy().await;
    let mut asked = Vec::new();
    for key in 0..100 {
        asked.push(bench.ask(key).await);
    }
    assert!(bench.begun.try_recv().is_err());
    bench.end(1);
    assert_eq!(bench.statement().await.len(), MAX_KEYS);
    assert!(bench.begun.try_recv().is_err());
    bench.end(1);
    assert_eq!(bench.statement().await.len(), 100 - MAX_KEYS);
    bench.end(1);
    for it in asked {
        assert!(it.await.unwrap().unwrap().is_none());
    }
}

#[tokio::test]
async fn a_statement_that_fails_panics_or_hangs_fails_those_that_wait_for_it_alone() {
    for (key, cause) in [
        (FAILS, "asked for"),
        (PANICS, "panicked"),
        (HANGS, "does not answer"),
    ] {
        let mut bench = Bench::new(SOON, PATIENCE);
        bench.set(1, "ann");
        bench.set(2, "bob");
        bench.end(100);
        let failing = bench.ask(key).await;
        bench.statement().await;
        let ann = bench.ask(1).await;
        assert_eq!(*ann.await.unwrap().unwrap().unwrap(), "ann", "{cause}");
        let error = failing.await.unwrap().unwrap_err().to_string();
        assert!(error.contains(cause), "{error}");
        assert_eq!(bench.table.closed.load(Ordering::SeqCst), 1, "{cause}");
        let bob = bench.ask(2).await;
        assert_eq!(*bob.await.unwrap().unwrap().unwrap(), "bob", "{cause}");
    }
}

#[tokio::test]
async fn another_statement_begins_while_one_is_slow_and_no_third() {
    let mut bench = Bench::new(SOON, NEVER);
    bench.occupy().await;
    // Without anybody who asks after it has become slow.
    let first = bench.ask(1).await;
    assert_eq!(bench.statement().await, [1]);
    tokio::time::sleep(2 * SOON).await;
    let second = bench.ask(2).await;
    tokio::time::sleep(2 * SOON).await;
    let in_progress = bench.coalescer.shared.queue().turns;
    assert!(bench.begun.try_recv().is_err());
    assert_eq!(in_progress, STATEMENTS);
    bench.end(3);
    assert!(first.await.unwrap().unwrap().is_none());
    assert!(second.await.unwrap().unwrap().is_none());
    bench.occupy().await;
    assert_eq!(bench.coalescer.shared.queue().turns, 1);
}

#[tokio::test]
async fn a_key_without_a_waiting_request_is_not_read() {
    let mut bench = Bench::new(NEVER, NEVER);
    bench.occupy().await;
    let ended = bench.ask(1).await;
    let waiting = bench.ask(2).await;
    ended.abort();
    tokio::task::yield_now().await;
    bench.end(1);
    assert_eq!(bench.statement().await, [2]);
    bench.end(2);
    assert!(waiting.await.unwrap().unwrap().is_none());
}

#[tokio::test]
async fn a_request_that_ends_leaves_the_others_their_answers() {
    let mut bench = Bench::new(NEVER, NEVER);
    bench.set(1, "ann");
    bench.occupy().await;
    let ended = bench.ask(1).await;
    let ann = bench.ask(1).await;
    bench.end(1);
    assert_eq!(bench.statement().await, [1]);
    ended.abort();
    bench.end(2);
    assert_eq!(*ann.await.unwrap().unwrap().unwrap(), "ann");
}

#[tokio::test]
async fn a_connection_is_kept_between_statements_until_it_is_unfit() {
    let mut bench = Bench::new(NEVER, NEVER);
    let counts = |bench: &Bench| {
        let Table {
            connections,
            closed,
            ..
        } = &bench.table;
        (
            connections.load(Ordering::SeqCst),
            closed.load(Ordering::SeqCst),
        )
    };
    bench.end(20);
    for key in 0..20 {
        bench.coalescer.get(key).await.unwrap();
        bench.statement().await;
    }
    assert_eq!(counts(&bench), (1, 0));
    // Also while requests wait, so that the turn does not end.
    bench.occupy().await;
    let waiting = bench.ask(1).await;
    bench.table.is_fit.store(false, Ordering::SeqCst);
    bench.end(2);
    assert!(waiting.await.unwrap().unwrap().is_none());
    assert_eq!(counts(&bench), (2, 1));
}

#[test]
fn a_kept_connection_is_closed_with_the_coalescer() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let bench = runtime.block_on(async {
        let bench = Bench::new(NEVER, NEVER);
        bench.end(1);
        bench.coalescer.get(1).await.unwrap();
        bench
    });
    drop(runtime);
    let closed = bench.table.closed.clone();
    drop(bench);
    assert_eq!(closed.load(Ordering::SeqCst), 1);
}
