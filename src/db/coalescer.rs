//! Look-ups of several requests, answered by one statement.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use sea_orm::DbErr;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How many statements may be in progress at once. With two, the next one is answered while the rows of the one before
/// are handed out.
pub(super) const STATEMENTS: u32 = 2;

/// The maximum number of keys of one statement.
pub(super) const MAX_KEYS: usize = 64;

/// How many statements a connection runs until it is taken from the pool anew, which tests it.
const STATEMENTS_ON_ONE: u32 = 1000;

/// What a [`Coalescer`] looks up.
pub(super) trait Lookup: Send + Sync + 'static {
    /// A connection. Kept while requests wait, because the driver tests it whenever it is returned to its pool.
    type Connection: Send;
    /// The whole of what a row is handed out by.
    type Key: Clone + Eq + Hash + Send + Sync + 'static;
    /// A row, shared by those that asked for the same one.
    type Row: Send + Sync + 'static;

    /// Takes a connection from the pool.
    fn connect(&self) -> impl Future<Output = Result<Self::Connection, DbErr>> + Send;

    /// Closes a connection on which a statement did not end.
    fn abandon(connection: Self::Connection);

    /// Returns the rows of `keys` by their keys. A key without a row is absent.
    fn rows(
        &self,
        connection: &mut Self::Connection,
        keys: Vec<Self::Key>,
    ) -> impl Future<Output = Result<HashMap<Self::Key, Arc<Self::Row>>, DbErr>> + Send;
}

/// Collects the keys that are asked for while a statement is in progress, and looks them up together by the next one.
/// Nothing waits for company, and nothing is kept: a statement begins after every key it looks up was asked for, so that
/// whoever asks after a commit sees what was committed.
pub(super) struct Coalescer<L: Lookup> {
    shared: Arc<Shared<L>>,
}

struct Shared<L: Lookup> {
    lookup: L,
    /// After this a statement fails, with all that wait for it.
    patience: Duration,
    queue: Mutex<Queue<L>>,
}

struct Queue<L: Lookup> {
    waiting: Vec<Waiting<L>>,
    /// The number of tasks that take from the queue.
    turns: u32,
}

struct Waiting<L: Lookup> {
    key: L::Key,
    answer: oneshot::Sender<Answer<L>>,
}

type Answer<L> = Result<Option<Arc<<L as Lookup>::Row>>, DbErr>;
type Answers<L> = Result<HashMap<<L as Lookup>::Key, Arc<<L as Lookup>::Row>>, DbErr>;

impl<L: Lookup> Coalescer<L> {
    pub(super) fn new(lookup: L, patience: Duration) -> Self {
        let queue = Mutex::new(Queue {
            waiting: Vec::new(),
            turns: 0,
        });
        let shared = Arc::new(Shared {
            lookup,
            patience,
            queue,
        });
        Self { shared }
    }

    /// Returns the row of `key`, as it is now.
    pub(super) async fn get(&self, key: L::Key) -> Answer<L> {
        let (answer, answered) = oneshot::channel();
        let is_idle = {
            let mut queue = self.shared.queue();
            queue.waiting.push(Waiting { key, answer });
            let is_idle = queue.turns < STATEMENTS;
            queue.turns += u32::from(is_idle);
            is_idle
        };
        // In a task of its own: the request that began it may end before those that joined.
        if is_idle {
            tokio::spawn(take_turns(self.shared.clone()));
        }
        answered
            .await
            .unwrap_or_else(|_| Err(failed("the look-up was ended")))
    }
}

impl<L: Lookup> Shared<L> {
    fn queue(&self) -> MutexGuard<'_, Queue<L>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what the next statement looks up; nothing if the turn is over.
    fn next(&self) -> Vec<Waiting<L>> {
        let mut queue = self.queue();
        queue.waiting.retain(|it| !it.answer.is_closed());
        let rest = queue.waiting.len().min(MAX_KEYS);
        let rest = queue.waiting.split_off(rest);
        let next = std::mem::replace(&mut queue.waiting, rest);
        if next.is_empty() {
            queue.turns -= 1;
        }
        next
    }

    async fn look_up(&self, held: &mut Option<L::Connection>, waiting: &[Waiting<L>]) -> Answers<L> {
        let keys: HashSet<L::Key> = waiting.iter().map(|it| it.key.clone()).collect();
        let connection = match held {
            Some(connection) => connection,
            None => held.insert(self.lookup.connect().await?),
        };
        self.lookup.rows(connection, keys.into_iter().collect()).await
    }
}

async fn take_turns<L: Lookup>(shared: Arc<Shared<L>>) {
    let mut held = None;
    for number in 1_u32.. {
        let waiting = shared.next();
        if waiting.is_empty() {
            return;
        }
        let found = AssertUnwindSafe(shared.look_up(&mut held, &waiting)).catch_unwind();
        let rows = match timeout(shared.patience, found).await {
            Ok(Ok(rows)) => rows,
            Ok(Err(_)) => Err(failed("the look-up panicked")),
            Err(_) => Err(failed("the look-up took too long")),
        };
        if rows.is_err() {
            held.take().map(L::abandon);
        } else if number.is_multiple_of(STATEMENTS_ON_ONE) {
            held = None;
        }
        hand_out(waiting, &rows);
    }
}

fn hand_out<L: Lookup>(waiting: Vec<Waiting<L>>, rows: &Answers<L>) {
    for Waiting { key, answer } in waiting {
        let row = match rows {
            Ok(rows) => Ok(rows.get(&key).cloned()),
            Err(error) => Err(error.clone()),
        };
        // A request that has ended meanwhile needs no answer.
        let _unless_ended = answer.send(row);
    }
}

fn failed(reason: &str) -> DbErr {
    DbErr::Custom(reason.to_owned())
}

#[cfg(test)]
#[path = "coalescer_tests.rs"]
mod tests;
