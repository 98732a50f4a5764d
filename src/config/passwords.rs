//! The password policy and what hashing may cost.

use std::thread::available_parallelism;

use super::reader::Reader;

/// Password policy and hashing.
#[derive(Clone, Debug)]
pub struct Passwords {
    /// Fewest code points.
    pub min_length: usize,
    /// Most code points.
    pub max_length: usize,
    /// Least zxcvbn score, 0 to 4.
    pub min_strength: u8,
    /// The cost of a bcrypt hash: two to this power rounds.
    pub bcrypt_cost: u32,
    /// Threads that hash, apart from those that answer requests.
    pub threads: usize,
    /// How many hashes may wait before more are refused.
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
