//! Look-ups of several requests, answered by one statement.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::hash::Hash;
use std::mem::replace;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use sea_orm::{DbErr, RuntimeErr};
use tokio::sync::oneshot;
use tokio::task::yield_now;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

/// How many statements may be in progress at once: one, and another while that one is slow. Two that share the requests
/// from the start would each do nearly the work of one.
pub(super) const STATEMENTS: u32 = 2;

/// The time after which a statement is slow.
pub(super) const SLOW: Duration = Duration::from_millis(20);

/// The maximum number of keys of one statement.
pub(super) const MAX_KEYS: usize = 64;

/// What a [`Coalescer`] looks up.
pub(super) trait Lookup: Send + Sync + 'static {
    /// A connection. Kept between statements: the driver tests each connection that is returned to its pool, without a
    /// time limit.
    type Connection: Send + 'static;
    /// The whole of what a row is handed out by.
    type Key: Clone + Eq + Hash + Send + Sync + 'static;
    /// A row, shared by those that asked for the same one.
    type Row: Send + Sync + 'static;

    /// Opens a connection.
    fn connect(&self) -> impl Future<Output = Result<Self::Connection, DbErr>> + Send;

    /// Returns whether a connection that was opened and last used so long ago may be used.
    fn is_fit(
        &self,
        connection: &mut Self::Connection,
        opened: Duration,
        used: Duration,
    ) -> impl Future<Output = bool> + Send;

    /// Closes a connection at once, whatever state it is in. May be called outside of a runtime.
    fn close(connection: Self::Connection);

    /// Returns the rows of `keys` by their keys. A key without a row is absent.
    fn rows(
        &self,
        connection: &mut Self::Connection,
        keys: Vec<Self::Key>,
    ) -> impl Future<Output = Result<HashMap<Self::Key, Arc<Self::Row>>, DbErr>> + Send;
}

/// Collects the keys of look-ups that begin while a statement is in progress, and reads them together by the next one.
/// No look-up waits for others, and no row is cached: a statement begins after every look-up that it serves, so that a
/// look-up that begins after a commit sees its changes.
pub(super) struct Coalescer<L: Lookup> {
    shared: Arc<Shared<L>>,
}

struct Shared<L: Lookup> {
    lookup: L,
    /// After this another statement may begin.
    slow: Duration,
    /// After this a statement fails, with all that wait for it.
    patience: Duration,
    queue: Mutex<Queue<L>>,
}

struct Queue<L: Lookup> {
    waiting: Vec<Waiting<L>>,
    /// The number of tasks that take from the queue.
    turns: u32,
    /// How many of them wait for a slow statement.
    slow: u32,
    /// The connection of the last turn.
    kept: Option<Held<L>>,
}

/// An open connection. It is closed when dropped.
struct Held<L: Lookup> {
    /// Set until it is dropped.
    connection: Option<L::Connection>,
    opened_at: Instant,
    used_at: Instant,
}

impl<L: Lookup> Queue<L> {
    /// Counts one more turn if nobody takes what waits.
    fn begin_turn(&mut self) -> bool {
        let begins = self.turns == self.slow && self.turns < STATEMENTS;
        self.turns += u32::from(begins);
        begins
    }
}

struct Waiting<L: Lookup> {
    key: L::Key,
    answer: oneshot::Sender<Answer<L>>,
}

type Answer<L> = Result<Option<Arc<<L as Lookup>::Row>>, DbErr>;
type Answers<L> = Result<HashMap<<L as Lookup>::Key, Arc<<L as Lookup>::Row>>, DbErr>;

impl<L: Lookup> Coalescer<L> {
    /// A statement is slow after the time `slow`, and fails after `patience`.
    pub(super) fn new(lookup: L, slow: Duration, patience: Duration) -> Self {
        let queue = Mutex::new(Queue {
            waiting: Vec::new(),
            turns: 0,
            slow: 0,
            kept: None,
        });
        let shared = Arc::new(Shared {
            lookup,
            slow,
            patience,
            queue,
        });
        Self { shared }
    }

    /// Returns the row of `key`, as it is now.
    pub(super) async fn get(&self, key: L::Key) -> Answer<L> {
        let (answer, answered) = oneshot::channel();
        let begins = {
            let mut queue = self.shared.queue();
            queue.waiting.push(Waiting { key, answer });
            queue.begin_turn()
        };
        // In a task of its own: the request that began it may end before those that joined.
        if begins {
            begin(self.shared.clone());
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

    /// Takes what the next statement looks up; nothing if the turn is over. Then keeps its connection for the next turn.
    fn next(&self, held: &mut Option<Held<L>>) -> Vec<Waiting<L>> {
        let mut queue = self.queue();
        // The turn that began while this one was slow goes on.
        let is_surplus = queue.turns > queue.slow + 1;
        let mut next = Vec::new();
        if !is_surplus {
            queue.waiting.retain(|it| !it.answer.is_closed());
            let length = queue.waiting.len().min(MAX_KEYS);
            let rest = queue.waiting.split_off(length);
            next = replace(&mut queue.waiting, rest);
        }
        if next.is_empty() {
            queue.turns -= 1;
            if queue.kept.is_none() {
                queue.kept = held.take();
            }
        }
        next
    }

    /// Waits for a statement. If it is slow, another one may begin meanwhile.
    async fn outlast<T>(
        self: &Arc<Self>,
        statement: impl Future<Output = T>,
    ) -> Result<T, Elapsed> {
        let mut statement = pin!(statement);
        if let Ok(ended) = timeout(self.slow, &mut statement).await {
            return Ok(ended);
        }
        let begins = {
            let mut queue = self.queue();
            queue.slow += 1;
            !queue.waiting.is_empty() && queue.begin_turn()
        };
        if begins {
            begin(self.clone());
        }
        let ended = timeout(self.patience.saturating_sub(self.slow), statement).await;
        self.queue().slow -= 1;
        ended
    }

    async fn look_up(&self, held: &mut Option<Held<L>>, waiting: &[Waiting<L>]) -> Answers<L> {
        let keys: HashSet<L::Key> = waiting.iter().map(|it| it.key.clone()).collect();
        if let Some(Held {
            connection: Some(connection),
            opened_at,
            used_at,
        }) = held
            && !self
                .lookup
                .is_fit(connection, opened_at.elapsed(), used_at.elapsed())
                .await
        {
            *held = None;
        }
        let held = match held {
            Some(held) => held,
            None => held.insert(Held::new(self.lookup.connect().await?)),
        };
        let Some(connection) = &mut held.connection else {
            return Err(failed("the connection is closed"));
        };
        let rows = self
            .lookup
            .rows(connection, keys.into_iter().collect())
            .await;
        held.used_at = Instant::now();
        rows
    }
}

impl<L: Lookup> Held<L> {
    fn new(connection: L::Connection) -> Self {
        let now = Instant::now();
        Self {
            connection: Some(connection),
            opened_at: now,
            used_at: now,
        }
    }
}

impl<L: Lookup> Drop for Held<L> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            L::close(connection);
        }
    }
}

fn begin<L: Lookup>(shared: Arc<Shared<L>>) {
    tokio::spawn(take_turns(shared));
}

async fn take_turns<L: Lookup>(shared: Arc<Shared<L>>) {
    let mut held = shared.queue().kept.take();
    loop {
        // Requests that are ready to ask do so first.
        yield_now().await;
        let waiting = shared.next(&mut held);
        if waiting.is_empty() {
            return;
        }
        let found = AssertUnwindSafe(shared.look_up(&mut held, &waiting)).catch_unwind();
        let rows = match shared.outlast(found).await {
            Ok(Ok(rows)) => rows,
            Ok(Err(_)) => Err(failed("the look-up panicked")),
            // The server would have ended a statement that waits for a lock.
            Err(_) => Err(unanswered()),
        };
        if rows.is_err() {
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

fn unanswered() -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(
        "the database does not answer".to_owned(),
    ))
}

fn failed(reason: &str) -> DbErr {
    DbErr::Custom(reason.to_owned())
}

#[cfg(test)]
#[path = "coalescer_tests.rs"]
mod tests;
