//! The state of several Blowfish ciphers, which take every step together.
#![expect(
    clippy::inline_always,
    reason = "measured: with calls between the rounds, three lanes and more take up to 1.4 times as long"
)]

use zeroize::Zeroize;

use crate::MAX_PASSWORD;
use crate::pi::PI;

/// The subkeys of a cipher.
const SUBKEYS: usize = 18;

/// The four S-boxes of a cipher.
type Boxes = [[u32; 256]; 4];

/// `N` ciphers. An array of `N` has one element for each lane.
pub(crate) struct Lanes<const N: usize> {
    boxes: [Boxes; N],
    subkeys: [[u32; N]; SUBKEYS],
    /// The password and its NUL, repeated.
    passwords: [[u32; N]; SUBKEYS],
    /// The salt, repeated.
    salts: [[u32; N]; SUBKEYS],
}

impl<const N: usize> Drop for Lanes<N> {
    fn drop(&mut self) {
        for boxes in &mut self.boxes {
            boxes.zeroize();
        }
        for words in [&mut self.subkeys, &mut self.passwords, &mut self.salts] {
            words.as_flattened_mut().zeroize();
        }
    }
}

impl<const N: usize> Lanes<N> {
    /// Creates the ciphers and expands their keys with the salts.
    pub(crate) fn new(salts: &[[u8; 16]; N], passwords: &[&[u8]; N]) -> Self {
        let mut lanes = Self {
            boxes: [[[0; 256]; 4]; N],
            subkeys: [[0; N]; SUBKEYS],
            passwords: [[0; N]; SUBKEYS],
            salts: [[0; N]; SUBKEYS],
        };
        for lane in 0..N {
            for (word, pi) in lanes.boxes[lane]
                .as_flattened_mut()
                .iter_mut()
                .zip(&PI[SUBKEYS..])
            {
                *word = *pi;
            }
            let mut ended = [0; MAX_PASSWORD];
            let password = passwords[lane];
            ended[..password.len()].copy_from_slice(password);
            let length = (password.len() + 1).min(MAX_PASSWORD);
            for (index, pi) in PI[..SUBKEYS].iter().enumerate() {
                lanes.subkeys[index][lane] = *pi;
                lanes.passwords[index][lane] = word(&ended[..length], index);
                lanes.salts[index][lane] = word(&salts[lane], index);
            }
            ended.zeroize();
        }
        lanes.expand_salted();
        lanes
    }

    /// Expands the keys with the passwords.
    pub(crate) fn expand_passwords(&mut self) {
        mix(&mut self.subkeys, &self.passwords);
        self.replace();
    }

    /// Expands the keys with the salts.
    pub(crate) fn expand_salts(&mut self) {
        mix(&mut self.subkeys, &self.salts);
        self.replace();
    }

    /// Expands the keys with the passwords, and adds the halves of the salts in turns to what is encrypted.
    fn expand_salted(&mut self) {
        mix(&mut self.subkeys, &self.passwords);
        let salts = self.salts;
        let (mut left, mut right) = ([0; N], [0; N]);
        let mut half = 0;
        let mut next = |lanes: &Self| {
            for lane in 0..N {
                left[lane] ^= salts[half][lane];
                right[lane] ^= salts[half + 1][lane];
            }
            half = 2 - half;
            lanes.encrypt(&mut left, &mut right);
            (left, right)
        };
        for index in (0..SUBKEYS).step_by(2) {
            (self.subkeys[index], self.subkeys[index + 1]) = next(self);
        }
        for number in 0..4 {
            for index in (0..256).step_by(2) {
                let (left, right) = next(self);
                self.store(number, index, &left, &right);
            }
        }
    }

    /// Replaces subkeys and boxes with encrypted zeros.
    fn replace(&mut self) {
        let (mut left, mut right) = ([0; N], [0; N]);
        for index in (0..SUBKEYS).step_by(2) {
            self.encrypt(&mut left, &mut right);
            (self.subkeys[index], self.subkeys[index + 1]) = (left, right);
        }
        for number in 0..4 {
            for index in (0..256).step_by(2) {
                self.encrypt(&mut left, &mut right);
                self.store(number, index, &left, &right);
            }
        }
    }

    #[inline(always)]
    fn store(&mut self, number: usize, index: usize, left: &[u32; N], right: &[u32; N]) {
        for lane in 0..N {
            self.boxes[lane][number][index] = left[lane];
            self.boxes[lane][number][index + 1] = right[lane];
        }
    }

    /// Encrypts one block in each lane: 16 rounds of Blowfish. A round adds the subkey of the next one to the half that it
    /// changes, which keeps that step out of the chain of look-ups.
    #[inline(always)]
    pub(crate) fn encrypt(&self, left: &mut [u32; N], right: &mut [u32; N]) {
        for (left, subkey) in left.iter_mut().zip(&self.subkeys[0]) {
            *left ^= subkey;
        }
        for round in (0..16).step_by(2) {
            self.round(round + 1, left, right);
            self.round(round + 2, right, left);
        }
        for lane in 0..N {
            let last = left[lane];
            left[lane] = right[lane] ^ self.subkeys[17][lane];
            right[lane] = last;
        }
    }

    #[inline(always)]
    fn round(&self, next: usize, one: &mut [u32; N], other: &mut [u32; N]) {
        for lane in 0..N {
            let x = one[lane];
            let boxes = &self.boxes[lane];
            let sum = boxes[0][(x >> 24) as usize].wrapping_add(boxes[1][(x >> 16) as usize & 255])
                ^ boxes[2][(x >> 8) as usize & 255];
            other[lane] ^= self.subkeys[next][lane];
            other[lane] ^= sum.wrapping_add(boxes[3][x as usize & 255]);
        }
    }
}

#[inline(always)]
fn mix<const N: usize>(subkeys: &mut [[u32; N]; SUBKEYS], words: &[[u32; N]; SUBKEYS]) {
    for (subkey, word) in subkeys.iter_mut().zip(words) {
        for lane in 0..N {
            subkey[lane] ^= word[lane];
        }
    }
}

/// The word at `index` of the bytes, repeated without end.
fn word(bytes: &[u8], index: usize) -> u32 {
    (0..4).fold(0, |word, offset| {
        word << 8 | u32::from(bytes[(4 * index + offset) % bytes.len()])
    })
}
