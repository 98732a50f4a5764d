//! The source of randomness.
//!
//! Ids, refresh tokens, receipts, salts and nonces are drawn through [`Entropy`], so that tests can seed them. Signing
//! keys are the exception: the cryptography library draws those itself.

use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

/// A source of random bytes. The production implementation is suitable for secrets.
pub trait Entropy: Debug + Send + Sync {
    /// Fills `buffer` with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    #[expect(
        clippy::expect_used,
        reason = "without randomness no secret may be made: stop the request"
    )]
    fn fill(&self, buffer: &mut [u8]) {
        aws_lc_rs::rand::fill(buffer).expect("the operating system gives random bytes");
    }
}

/// A generator whose output depends on its seed only. For tests.
#[derive(Debug)]
pub struct SeededEntropy {
    generator: Mutex<ChaCha20Rng>,
}

impl SeededEntropy {
    /// Creates a generator that always returns the same bytes for the same `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            generator: Mutex::new(ChaCha20Rng::seed_from_u64(seed)),
        }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        self.generator
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(buffer);
    }
}

/// Returns `N` random bytes.
pub(crate) fn bytes<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut buffer = [0; N];
    entropy.fill(&mut buffer);
    buffer
}

/// Creates ids: version 7 UUIDs (RFC 9562, section 5.7), ordered by time and, within a millisecond, by creation in this
/// process. They are not secret.
pub(crate) struct Identifiers {
    entropy: Arc<dyn Entropy>,
    /// The millisecond and the counter of the newest id.
    newest: Mutex<(u64, u32)>,
}

/// Returns a value less than every id created at `at` or later, and greater than every earlier one.
pub(crate) fn first_identifier(at: DateTime<Utc>) -> Uuid {
    let milliseconds = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &[0; 10]).into_uuid()
}

/// The bits of the counter that orders identifiers of one millisecond.
const COUNTER_BITS: u32 = 26;

impl Identifiers {
    /// Creates ids from `entropy`.
    pub(crate) fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self {
            entropy,
            newest: Mutex::new((0, 0)),
        }
    }

    /// Returns a new id for the time `now`: a counter of 26 bits, which starts at random in each millisecond so that it
    /// does not reveal the load (section 6.2, method 1), and 48 random bits.
    pub(crate) fn next(&self, now: DateTime<Utc>) -> Uuid {
        let milliseconds = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        let counter = self.count(milliseconds);
        let mut tail: [u8; 10] = bytes(&*self.entropy);
        // The builder overwrites the upper half of the first byte and the two top bits of the third.
        tail[0] = byte(counter >> 22);
        tail[1] = byte(counter >> 14);
        tail[2] = byte(counter >> 8) & 0x3f;
        tail[3] = byte(counter);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &tail).into_uuid()
    }

    fn count(&self, milliseconds: u64) -> u32 {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        *newest = match *newest {
            (same, counter) if same == milliseconds => (same, counter + 1),
            // One bit less than available, so that incrementing does not overflow.
            _ => (
                milliseconds,
                u32::from_le_bytes(bytes(&*self.entropy)) >> (33 - COUNTER_BITS),
            ),
        };
        newest.1
    }
}

fn byte(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{DateTime, TimeDelta};

    use super::{Identifiers, SeededEntropy};

    #[test]
    fn identifiers_are_ordered_as_they_were_made() {
        let mut now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let identifiers = Identifiers::new(Arc::new(SeededEntropy::new(1)));
        let mut made = Vec::new();
        for _ in 0..100 {
            made.extend((0..100).map(|_| identifiers.next(now)));
            now += TimeDelta::milliseconds(1);
        }
        assert!(made.is_sorted());
        assert_eq!(made[0].get_version_num(), 7);
    }
}
