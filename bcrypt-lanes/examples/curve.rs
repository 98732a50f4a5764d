//! Measures how long a hash takes with one to six lanes, against the crate `bcrypt`, in turns on every core:
//! `cargo run --release --package bcrypt-lanes --example curve [COST] [ROUNDS]`.
#![expect(clippy::print_stdout, reason = "prints what it measures")]

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

const PASSWORD: &[u8] = b"sixty-four characters, as many as the peppered digest has, in it";

/// Milliseconds for each hash on each of `threads` threads that compute `lanes` hashes at a time.
fn measure(threads: usize, lanes: u32, hash: impl Fn() + Sync) -> f64 {
    let runs = 12_u32.div_ceil(lanes);
    let mut total = Duration::ZERO;
    thread::scope(|scope| {
        let run = || {
            let started_at = Instant::now();
            (0..runs).for_each(|_| hash());
            started_at.elapsed()
        };
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        for thread in started {
            total += thread.join().unwrap_or_default();
        }
    });
    let threads = u32::try_from(threads).unwrap_or(1);
    (total / threads / (runs * lanes)).as_secs_f64() * 1000.0
}

fn lanes<const N: usize>(cost: u32) {
    black_box(bcrypt_lanes::bcrypt(cost, &[[7; 16]; N], [PASSWORD; N])).ok();
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|it| it.parse().ok());
    let cost = arguments.next().flatten().unwrap_or(10);
    let rounds = arguments.next().flatten().unwrap_or(5);
    let mut ended = PASSWORD.to_vec();
    ended.push(0);
    for threads in [1, thread::available_parallelism().map_or(1, usize::from)] {
        let mut times: [Vec<f64>; 7] = Default::default();
        for _ in 0..rounds {
            let round = [
                measure(threads, 1, || {
                    black_box(bcrypt::bcrypt(cost, [7; 16], &ended));
                }),
                measure(threads, 1, || lanes::<1>(cost)),
                measure(threads, 2, || lanes::<2>(cost)),
                measure(threads, 3, || lanes::<3>(cost)),
                measure(threads, 4, || lanes::<4>(cost)),
                measure(threads, 5, || lanes::<5>(cost)),
                measure(threads, 6, || lanes::<6>(cost)),
            ];
            for (times, time) in times.iter_mut().zip(round) {
                times.push(time);
            }
        }
        let median = |times: &mut Vec<f64>| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        };
        let times = times.each_mut().map(median);
        println!(
            "cost {cost}, {threads} thread(s), milliseconds for each hash, medians of {rounds}:"
        );
        println!("| crate bcrypt | 1 lane | 2 | 3 | 4 | 5 | 6 |");
        println!("| --- | --- | --- | --- | --- | --- | --- |");
        let cells = times.map(|time| format!("{time:.1} ({:.2} times)", times[0] / time));
        println!("| {} |\n", cells.join(" | "));
    }
}
