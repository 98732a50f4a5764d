//! Tests of the queue's bounds and batches, without threads.

use std::time::{Duration, Instant};

use tokio::sync::oneshot::{self, Receiver};
use zeroize::Zeroizing;

use super::{Batch, DigestJob, Full, Kind, Queue, Work};

type Reply = Receiver<Result<[u8; 24], bcrypt_lanes::Error>>;

const FULL: Kind = Kind::Digests { cost: 10, lanes: 4 };

fn push(queue: &Queue, cost: u32) -> Result<Reply, Full> {
    let (reply, result) = oneshot::channel();
    let job = DigestJob {
        salt: [0; 16],
        password: Zeroizing::new(Vec::new()),
        reply,
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
    // Two threads do 20 in a second: 40 keep them busy for two.
    let waiting: Vec<_> = (0..41).map(|_| push(&queue, 10)).collect();
    assert!(waiting[..40].iter().all(Result::is_ok));
    // The 41st would have had to wait for exactly two seconds, the next one longer.
    assert!(waiting[40].is_ok());
    let Err(Full { retry_after }) = push(&queue, 10) else {
        panic!("it was accepted");
    };
    assert_eq!(retry_after, Duration::from_secs(1));
}

#[test]
fn a_rejected_client_is_told_when_there_is_room() {
    let queue = measured();
    // One of cost 14 takes 16 times as long as one of cost 10: 6.4 s, on one of two threads.
    let first = [push(&queue, 14), push(&queue, 14)];
    assert!(first[0].is_ok() && first[1].is_err());
    let Err(Full { retry_after }) = push(&queue, 10) else {
        panic!("it was accepted");
    };
    assert_eq!(retry_after, Duration::from_millis(1_200));
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
        match queue.take().unwrap().batch {
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
        let Batch::Digests(10, jobs) = queue.take().unwrap().batch else {
            panic!("another job");
        };
        assert_eq!(jobs.len(), 2);
        queue.state().idle = 0;
    }
}

#[test]
fn what_runs_counts_for_the_rest_of_its_time() {
    let queue = measured();
    let _first = push(&queue, 10).unwrap();
    queue.take().unwrap();
    let now = Instant::now();
    let wait = |after| queue.wait(&queue.state(), now + Duration::from_millis(after));
    assert!(wait(0) > Duration::from_millis(150) && wait(0) <= Duration::from_millis(200));
    assert!(wait(300) <= Duration::from_millis(50));
    assert_eq!(wait(500), Duration::ZERO);
}
