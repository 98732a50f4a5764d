//! Tests of the hashing threads.

use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use super::Pool;
use crate::errors::OperationError;
use crate::metrics::Metrics;

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let pool = Arc::new(Pool::start(1, 1, Arc::new(Metrics::new())).unwrap());
    let (started, is_started) = channel();
    let (release, released) = channel::<()>();
    let running = pool.clone();
    let first = tokio::spawn(async move {
        running
            .run(move || {
                started.send(()).unwrap();
                released.recv().unwrap();
            })
            .await
    });
    while is_started.try_recv().is_err() {
        tokio::task::yield_now().await;
    }
    let waiting = pool.clone();
    let second = tokio::spawn(async move { waiting.run(|| 2).await });
    tokio::task::yield_now().await;

    assert!(matches!(
        pool.run(|| 3).await,
        Err(OperationError::Overloaded { .. })
    ));

    release.send(()).unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(second.await.unwrap().unwrap(), 2);
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_not_begun() {
    let pool = Arc::new(Pool::start(1, 4, Arc::new(Metrics::new())).unwrap());
    let (started, is_started) = channel();
    let (release, released) = channel::<()>();
    let running = pool.clone();
    let first = tokio::spawn(async move {
        let held = move || {
            started.send(()).unwrap();
            released.recv().unwrap();
        };
        running.run(held).await
    });
    while is_started.try_recv().is_err() {
        tokio::task::yield_now().await;
    }
    let (begun, is_begun) = channel();
    let leaving = pool.clone();
    let second = tokio::spawn(async move { leaving.run(move || begun.send(())).await });
    tokio::task::yield_now().await;
    second.abort();
    assert!(second.await.unwrap_err().is_cancelled());

    release.send(()).unwrap();

    first.await.unwrap().unwrap();
    assert_eq!(pool.run(|| 3).await.unwrap(), 3);
    assert!(is_begun.try_recv().is_err());
}

#[tokio::test]
async fn a_job_that_panics_is_a_fault_and_the_pool_lives() {
    let pool = Pool::start(1, 4, Arc::new(Metrics::new())).unwrap();
    let broken = pool.run(|| assert_eq!(1, 2)).await;
    assert!(matches!(broken, Err(OperationError::Internal(_))));
    assert_eq!(pool.run(|| 7).await.unwrap(), 7);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn hashing_threads_have_low_priority() {
    let pool = Pool::start(1, 4, Arc::new(Metrics::new())).unwrap();
    let stat = pool
        .run(|| std::fs::read_to_string("/proc/thread-self/stat").unwrap())
        .await
        .unwrap();
    let nice = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .nth(16)
        .unwrap();
    assert_eq!(nice, "10");
}

/// Lets the only thread of `pool` work until the sender is used.
async fn occupied(pool: &Arc<Pool>) -> (Sender<()>, JoinHandle<()>) {
    let (started, is_started) = channel();
    let (release, released) = channel::<()>();
    let running = pool.clone();
    let job = tokio::spawn(async move {
        let held = move || {
            started.send(()).unwrap();
            released.recv().unwrap();
        };
        running.run(held).await.unwrap();
    });
    while is_started.try_recv().is_err() {
        tokio::task::yield_now().await;
    }
    (release, job)
}

/// Queues a digest of the password `number`.
fn queued(pool: &Arc<Pool>, cost: u32, number: u8) -> JoinHandle<[u8; 24]> {
    let pool = pool.clone();
    tokio::spawn(async move {
        let password = Zeroizing::new(vec![number; usize::from(number)]);
        pool.digest(cost, [number; 16], password).await.unwrap()
    })
}

#[expect(clippy::disallowed_methods, reason = "what it must be")]
fn expected(cost: u32, number: u8) -> [u8; 24] {
    let mut password = vec![number; usize::from(number)];
    password.push(0);
    password.truncate(72);
    bcrypt::bcrypt(cost, [number; 16], &password)
}

/// How many batches had at most that many digests.
fn batches(pool: &Pool, at_most: u8) -> u64 {
    let text = pool.metrics.printed().unwrap();
    let name = format!("gatehouse_hash_batch_size_bucket{{le=\"{at_most}.0\"}} ");
    let line = text.lines().find_map(|line| line.strip_prefix(&name));
    line.unwrap().parse().unwrap()
}

#[tokio::test]
async fn what_waits_is_computed_side_by_side_and_each_gets_its_own() {
    let pool = Arc::new(Pool::start(1, 64, Arc::new(Metrics::new())).unwrap());
    let (release, held) = occupied(&pool).await;
    let mut waiting = Vec::new();
    for number in 1..=80 {
        // Every tenth has another cost, so it is no company for its neighbours.
        let cost = if number % 10 == 0 { 5 } else { 4 };
        if number <= 64 {
            waiting.push((cost, number, queued(&pool, cost, number)));
        }
    }
    tokio::task::yield_now().await;
    release.send(()).unwrap();
    held.await.unwrap();
    for (cost, number, digest) in waiting {
        assert_eq!(digest.await.unwrap(), expected(cost, number), "{number}");
    }
    // 58 of cost 4 and 6 of cost 5: 14 and 1 full batches, and the rest.
    assert_eq!(batches(&pool, 4), 17);
    assert_eq!(batches(&pool, 3), 2);
    assert_eq!(batches(&pool, 1), 0);
}

#[tokio::test]
async fn what_comes_alone_is_computed_at_once() {
    let pool = Arc::new(Pool::start(1, 4, Arc::new(Metrics::new())).unwrap());
    for number in 1..=3 {
        let digest = queued(&pool, 4, number).await.unwrap();
        assert_eq!(digest, expected(4, number));
    }
    assert_eq!(batches(&pool, 1), 3);
}

#[tokio::test]
async fn the_place_of_a_requester_who_left_goes_to_the_next() {
    let pool = Arc::new(Pool::start(1, 64, Arc::new(Metrics::new())).unwrap());
    let (release, held) = occupied(&pool).await;
    let mut waiting: Vec<_> = (1..=8).map(|number| queued(&pool, 4, number)).collect();
    tokio::task::yield_now().await;
    for leaving in waiting.drain(..4) {
        leaving.abort();
        assert!(leaving.await.unwrap_err().is_cancelled());
    }
    release.send(()).unwrap();
    held.await.unwrap();
    for (digest, number) in waiting.into_iter().zip(5..) {
        assert_eq!(digest.await.unwrap(), expected(4, number));
    }
    assert_eq!((batches(&pool, 4), batches(&pool, 3)), (1, 0));
}
