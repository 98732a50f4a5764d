//! Settings of the password policy and of hashing.

use std::thread::available_parallelism;

use super::reader::Reader;

/// Password policy and hashing.
#[derive(Clone, Debug)]
pub struct Passwords {
    /// The minimum number of code points.
    pub min_length: usize,
    /// The maximum number of code points.
    pub max_length: usize,
    /// The minimum zxcvbn score, 0 to 4.
    pub min_strength: u8,
    /// The cost of a bcrypt hash: the binary logarithm of its rounds.
    pub bcrypt_cost: u32,
    /// The number of hashing threads, separate from those that handle requests.
    pub threads: usize,
    /// The maximum number of queued hashes. More are rejected.
    pub queue_capacity: usize,
}

impl Passwords {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let min_length = reader.number("GATEHOUSE_PASSWORD_MIN_LENGTH", 8, 64);
        let max_length = reader.number("GATEHOUSE_PASSWORD_MAX_LENGTH", 64, 1024);
        let min_strength = reader.number("GATEHOUSE_PASSWORD_MIN_STRENGTH", 0, 4);
        let bcrypt_cost = reader.number("GATEHOUSE_BCRYPT_COST", 10, 15);
        let threads = reader.parsed(
            "GATEHOUSE_HASH_THREADS",
            "auto or a whole number from 1 to 256",
            |text| match text {
                "auto" => Some(available_parallelism().map_or(2, usize::from)),
                _ => text
                    .parse()
                    .ok()
                    .filter(|threads| (1..=256).contains(threads)),
            },
        );
        let queue_capacity = reader.number("GATEHOUSE_HASH_QUEUE", 1, 100_000);
        Some(Self {
            min_length: min_length?,
            max_length: max_length?,
            min_strength: min_strength?,
            bcrypt_cost: bcrypt_cost?,
            threads: threads?,
            queue_capacity: queue_capacity?,
        })
    }
}
