//! Agreement with the crate `bcrypt` on random inputs: every number of lanes, lengths from none to 72 bytes, all bytes.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use bcrypt_lanes::{Input, bcrypt_batch};

/// `SplitMix64`: the same inputs in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

/// Compares batches of `N` until `inputs` were compared.
fn assert_agreement<const N: usize>(seed: u64, inputs: usize) {
    let mut random = Random(seed);
    for _ in 0..inputs / N {
        let salts: [[u8; 16]; N] = std::array::from_fn(|_| random.bytes(16).try_into().unwrap());
        // Each length is as likely, and so is each difference of lengths.
        let passwords: [Vec<u8>; N] = std::array::from_fn(|_| {
            let length = random.next() % 73;
            random.bytes(length.try_into().unwrap())
        });
        let slices = passwords.each_ref().map(Vec::as_slice);
        let digests = if N <= bcrypt_lanes::MAX_LANES {
            let inputs = std::array::from_fn::<_, N, _>(|lane| Input {
                salt: salts[lane],
                password: slices[lane],
            });
            let mut digests = [[0; 24]; N];
            bcrypt_batch(4, &inputs, &mut digests).unwrap();
            digests
        } else {
            bcrypt_lanes::bcrypt(4, &salts, slices).unwrap()
        };
        for lane in 0..N {
            let mut ended = passwords[lane].clone();
            ended.push(0);
            ended.truncate(72);
            let expected = bcrypt::bcrypt(4, salts[lane], &ended);
            assert_eq!(
                digests[lane], expected,
                "lane {lane} of {N}: {:?}",
                passwords[lane]
            );
        }
    }
}

#[test]
fn one_two_and_three_lanes_agree() {
    assert_agreement::<1>(1, 3_000);
    assert_agreement::<2>(2, 4_000);
    assert_agreement::<3>(3, 4_200);
}

#[test]
fn four_to_six_lanes_agree() {
    assert_agreement::<4>(4, 12_000);
    assert_agreement::<5>(5, 500);
    assert_agreement::<6>(6, 600);
}
