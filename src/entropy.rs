//! Where randomness comes from.
//!
//! Identifiers, refresh tokens, receipts, salts and nonces are drawn through [`Entropy`], so tests can
//! seed them. Signing keys are the exception: the cryptography library draws those itself.

use std::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

/// A source of random bytes, fit for secrets in its production form.
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

/// A generator whose output follows from its seed. For tests alone.
#[derive(Debug)]
pub struct SeededEntropy {
    generator: Mutex<ChaCha20Rng>,
}

impl SeededEntropy {
    /// A generator that always gives the same bytes for the same `seed`.
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

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut buffer = [0; N];
    entropy.fill(&mut buffer);
    buffer
}

/// Orders the identifiers that this process makes within one millisecond.
static SEQUENCE: AtomicU32 = AtomicU32::new(0);

/// A version 7 UUID (RFC 9562, section 5.7): ordered by `now` and, within a millisecond, by when this
/// process made it (a counter of 26 bits in front of 48 random ones; section 6.2, method 1). An
/// identifier, never a secret.
pub(crate) fn uuid_v7(now: DateTime<Utc>, entropy: &dyn Entropy) -> Uuid {
    let milliseconds = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    let sequence = SEQUENCE.fetch_add(1, Ordering::Relaxed);
    let mut tail: [u8; 10] = bytes(entropy);
    // The builder overwrites the upper half of the first byte and the two top bits of the third.
    tail[0] = byte(sequence >> 22);
    tail[1] = byte(sequence >> 14);
    tail[2] = byte(sequence >> 8) & 0x3f;
    tail[3] = byte(sequence);
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &tail).into_uuid()
}

fn byte(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{SeededEntropy, uuid_v7};

    #[test]
    fn identifiers_of_one_moment_are_ordered_as_they_were_made() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let entropy = SeededEntropy::new(1);
        let ids: Vec<_> = (0..1_000).map(|_| uuid_v7(now, &entropy)).collect();
        assert!(ids.is_sorted());
        assert_eq!(ids[0].get_version_num(), 7);
    }
}
