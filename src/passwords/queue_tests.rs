//! Tests of the queue's bounds and batches, without threads.

use std::time::{Duration, Instant};

use tokio::sync::oneshot::{self, Receiver};
use zeroize::Zeroizing;

use super::{Batch, DigestJob, Full, Kind, Priority, Queue, Work};
use crate::traces::Parent;

type Reply = Receiver<Result<[u8; 24], bcrypt_lanes::Error>>;

const FULL: Kind = Kind::Digests { cost: 10, lanes: 4 };

fn push(queue: &Queue, cost: u32) -> Result<Reply, Full> {
    let (reply, result) = oneshot::channel();
    let job = DigestJob {
        salt: [0; 16],
        password: Zeroizing::new(Vec::new()),
        reply,
        span: Parent::default(),
    };
    queue.push(Work::Digest(cost, job), Instant::now())?;
    Ok(result)
}

/// A queue of two threads, whose full batches of cost 10 take 400 ms.
fn measured() -> Queue {
    let queue = Queue::new(2, 1_000);
    queue.state().pace.note(FULL, Duration::from_millis(400));
    queue
}

#[test]
fn what_would_wait_over_two_seconds_is_rejected() {
    let queue = measured();
    // Each of two threads does five batches of four in two seconds. The 44th rides in the last batch that starts then.
    let waiting: Vec<_> = (0..44).map(|_| push(&queue, 10)).collect();
    assert!(waiting.iter().all(Result::is_ok));
    // Of the eleven batches one thread has five, the other six.
    assert!((0..4).all(|_| push(&queue, 10).is_ok()));
    let Err(Full { retry_after }) = push(&queue, 10) else {
        panic!("it was accepted");
    };
    assert_eq!(retry_after, Duration::from_secs(1));
}

#[test]
fn a_rejected_client_is_told_when_there_is_room() {
    let queue = measured();
    // A batch of cost 14 takes 16 times as long as one of cost 10: 6.4 s.
    let waiting: Vec<_> = (0..8).map(|_| push(&queue, 14)).collect();
    assert!(waiting.iter().all(Result::is_ok));
    let Err(Full { retry_after }) = push(&queue, 10) else {
        panic!("it was accepted");
    };
    assert_eq!(retry_after, Duration::from_millis(4_400));
}

#[test]
fn one_long_hash_leaves_the_other_thread_to_the_others() {
    let queue = measured();
    let _long = push(&queue, 16).unwrap();
    queue.take(Priority::Low).unwrap();
    assert!((0..20).all(|_| push(&queue, 10).is_ok()));
}

#[test]
fn without_a_measurement_only_the_number_is_bounded() {
    let queue = Queue::new(2, 3);
    let waiting: Vec<_> = (0..4).map(|_| push(&queue, 10)).collect();
    assert!(waiting[..3].iter().all(Result::is_ok));
    let Err(Full { retry_after }) = &waiting[3] else {
        panic!("it was accepted");
    };
    assert_eq!(*retry_after, Duration::from_secs(1));
}

#[test]
fn the_oldest_is_first_and_takes_those_of_its_cost_along() {
    let queue = Queue::new(1, 100);
    let costs = [10, 11, 10, 12, 10, 11, 10, 10];
    let _waiting: Vec<_> = costs.iter().map(|cost| push(&queue, *cost)).collect();
    let mut taken = Vec::new();
    for _ in 0..4 {
        match queue.take(Priority::Low).unwrap().batch {
            Batch::Digests(cost, jobs) => taken.push((cost, jobs.len())),
            Batch::Other(_) => unreachable!(),
        }
    }
    assert!(queue.state().jobs.is_empty());
    assert_eq!(taken, [(10, 4), (11, 2), (12, 1), (10, 1)]);
}

#[test]
fn an_idle_thread_gets_its_share() {
    let queue = Queue::new(2, 100);
    let _waiting: Vec<_> = (0..4).map(|_| push(&queue, 10)).collect();
    queue.state().idle = 1;
    for _ in 0..2 {
        let Batch::Digests(10, jobs) = queue.take(Priority::Low).unwrap().batch else {
            panic!("another job");
        };
        assert_eq!(jobs.len(), 2);
        queue.state().idle = 0;
    }
}

#[test]
fn what_runs_counts_for_the_rest_of_its_time() {
    let queue = measured();
    let _first = [push(&queue, 10), push(&queue, 10)];
    for _ in 0..2 {
        queue.state().idle = 1;
        queue.take(Priority::Low).unwrap();
    }
    queue.state().idle = 0;
    let now = Instant::now();
    let wait = |after| queue.wait(&queue.state(), Some(10), now + Duration::from_millis(after));
    assert!(wait(0) > Duration::from_millis(300) && wait(0) <= Duration::from_millis(400));
    assert!(wait(300) <= Duration::from_millis(100));
    assert_eq!(wait(500), Duration::ZERO);
}

#[test]
fn a_job_that_waits_for_long_is_taken_at_ordinary_priority() {
    let queue = Queue::new(1, 100);
    let pushed_at = Instant::now();
    let _first = push(&queue, 10).unwrap();
    let _second = push(&queue, 11).unwrap();
    queue.state().jobs[0].1 -= Duration::from_secs(2);
    let Batch::Digests(10, _) = queue.take(Priority::Ordinary).unwrap().batch else {
        panic!("another job");
    };
    // The second is not late yet.
    let Batch::Digests(11, _) = queue.take(Priority::Ordinary).unwrap().batch else {
        panic!("another job");
    };
    assert!(pushed_at.elapsed() >= Duration::from_secs(1));
    queue.close();
    assert!(queue.take(Priority::Ordinary).is_none());
}

#[test]
fn the_check_of_room_adds_no_job() {
    let queue = measured();
    let now = Instant::now();
    let _waiting: Vec<_> = (0..48).map(|_| push(&queue, 10)).collect();
    assert!(queue.check_room(10, now).is_err());
    assert_eq!(queue.state().jobs.len(), 48);
    (0..3).for_each(|_| drop(queue.take(Priority::Low)));
    assert!(
        queue
            .check_room(10, now + Duration::from_millis(400))
            .is_ok()
    );
}

#[test]
fn late_threads_add_no_room() {
    let queue = measured();
    let _waiting: Vec<_> = (0..48).map(|_| push(&queue, 10)).collect();
    (0..4).for_each(|_| drop(queue.take(Priority::Low)));
    let now = Instant::now();
    // Four batches run on two threads, and eight wait: six for each thread.
    let wait = queue.wait(&queue.state(), Some(10), now);
    assert!(wait > Duration::from_millis(2_200), "{wait:?}");
}
