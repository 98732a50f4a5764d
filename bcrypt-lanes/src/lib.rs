#![doc = include_str!("../README.md")]
#![cfg_attr(not(test), no_std)]
#![forbid(unsafe_code)]

mod lanes;
mod pi;

use core::fmt;

use lanes::Lanes;

/// The lowest cost (binary logarithm of the number of rounds).
pub const MIN_COST: u32 = 4;
/// The highest cost.
pub const MAX_COST: u32 = 31;
/// The maximum length of a password in bytes. Other implementations ignore what follows.
pub const MAX_PASSWORD: usize = 72;

/// The plaintext that is encrypted 64 times with the expensive key: `OrpheanBeholderScryDoubt`.
const MAGIC: [u32; 6] = [
    0x4f72_7068,
    0x6561_6e42,
    0x6568_6f6c,
    0x6465_7253,
    0x6372_7944,
    0x6f75_6274,
];

/// The maximum number of lanes of [`bcrypt_batch`]. Its tables have 16 KiB then: half of the 32 KiB of L1 data cache that two
/// threads share on many processors. With a larger cache, more lanes gain some more.
pub const MAX_LANES: usize = 4;

/// A password and its salt.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The salt.
    pub salt: [u8; 16],
    /// The password, without a NUL byte at its end.
    pub password: &'a [u8],
}

/// Why passwords cannot be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The cost is not from [`MIN_COST`] to [`MAX_COST`].
    Cost(u32),
    /// The password in this lane is longer than [`MAX_PASSWORD`].
    TooLong(usize),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cost(cost) => {
                write!(f, "cost {cost}; expected {MIN_COST} to {MAX_COST}")
            }
            Self::TooLong(lane) => write!(
                f,
                "the password in lane {lane} is longer than {MAX_PASSWORD} bytes"
            ),
        }
    }
}

impl core::error::Error for Error {}

/// Computes `N` bcrypt digests of 24 bytes at the same time on this thread, the one at index `i` of `passwords[i]` with
/// `salts[i]`. Stored hashes contain the first 23 bytes.
///
/// Each password is followed by a NUL byte, as in `$2b$`, unless it has [`MAX_PASSWORD`] bytes (Provos and Mazières,
/// "A Future-Adaptable Password Scheme", USENIX 1999).
///
/// # Errors
///
/// If `cost` is out of range or a password too long. No digest is computed then.
pub fn bcrypt<const N: usize>(
    cost: u32,
    salts: &[[u8; 16]; N],
    passwords: [&[u8]; N],
) -> Result<[[u8; 24]; N], Error> {
    if !(MIN_COST..=MAX_COST).contains(&cost) {
        return Err(Error::Cost(cost));
    }
    if let Some(lane) = passwords.iter().position(|it| it.len() > MAX_PASSWORD) {
        return Err(Error::TooLong(lane));
    }
    let mut lanes = Lanes::new(salts, &passwords);
    for _ in 0..1_u32 << cost {
        lanes.expand_passwords();
        lanes.expand_salts();
    }
    let mut digests = [[0; 24]; N];
    for block in 0..3 {
        let mut left = [MAGIC[2 * block]; N];
        let mut right = [MAGIC[2 * block + 1]; N];
        for _ in 0..64 {
            lanes.encrypt(&mut left, &mut right);
        }
        for (digest, (left, right)) in digests.iter_mut().zip(left.iter().zip(&right)) {
            digest[8 * block..][..4].copy_from_slice(&left.to_be_bytes());
            digest[8 * block + 4..][..4].copy_from_slice(&right.to_be_bytes());
        }
    }
    Ok(digests)
}

/// Computes the digest of each input as [`bcrypt`] does, [`MAX_LANES`] at the same time, and writes it at the same index of
/// `digests`.
///
/// # Errors
///
/// As [`bcrypt`]. An error of a lane counts from the first of those that are computed together; what was computed before
/// remains.
///
/// # Panics
///
/// If there are fewer digests than inputs.
pub fn bcrypt_batch(
    cost: u32,
    inputs: &[Input<'_>],
    digests: &mut [[u8; 24]],
) -> Result<(), Error> {
    assert!(digests.len() >= inputs.len(), "a digest for each input");
    for (inputs, digests) in inputs.chunks(MAX_LANES).zip(digests.chunks_mut(MAX_LANES)) {
        match inputs.len() {
            1 => fill::<1>(cost, inputs, digests)?,
            2 => fill::<2>(cost, inputs, digests)?,
            3 => fill::<3>(cost, inputs, digests)?,
            _ => fill::<MAX_LANES>(cost, inputs, digests)?,
        }
    }
    Ok(())
}

fn fill<const N: usize>(
    cost: u32,
    inputs: &[Input<'_>],
    digests: &mut [[u8; 24]],
) -> Result<(), Error> {
    let salts = core::array::from_fn(|lane| inputs[lane].salt);
    let passwords = core::array::from_fn(|lane| inputs[lane].password);
    digests[..N].copy_from_slice(&bcrypt::<N>(cost, &salts, passwords)?);
    Ok(())
}
