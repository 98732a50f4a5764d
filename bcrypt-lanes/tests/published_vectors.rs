//! Published vectors of jBCrypt (TestBCrypt.java) and `crypt_blowfish` (wrapper.c), computed in every lane.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use base64::Engine as _;
use bcrypt::{BASE_64, HashParts};
use bcrypt_lanes::{Error, Input, MAX_LANES, MAX_PASSWORD, bcrypt, bcrypt_batch};

const VECTORS: &[(&[u8], &str)] = &[
    (
        b"",
        "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.",
    ),
    (
        b"",
        "$2a$08$HqWuK6/Ng6sg9gQzbLrgb.Tl.ZHfXLhvt/SgVyWhQqgqcZ7ZuUtye",
    ),
    (
        b"a",
        "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
    ),
    (
        b"a",
        "$2a$08$cfcvVd2aQ8CMvoMpP2EBfeodLEkkFJ9umNEfPD18.hUF62qqlC/V.",
    ),
    (
        b"abc",
        "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
    ),
    (
        b"abc",
        "$2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm",
    ),
    (
        b"abcdefghijklmnopqrstuvwxyz",
        "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC",
    ),
    (
        b"abcdefghijklmnopqrstuvwxyz",
        "$2a$08$aTsUwsyowQuzRrDqFflhgekJ8d9/7Z3GV3UcgvzQW3J5zMyrTvlz.",
    ),
    (
        b"~!@#$%^&*()      ~!@#$%^&*()PNBFRD",
        "$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO",
    ),
    (
        b"~!@#$%^&*()      ~!@#$%^&*()PNBFRD",
        "$2a$08$Eq2r4G/76Wv39MzSX262huzPz612MZiYHVUJe/OcOql2jo4.9UxTW",
    ),
    (
        b"U*U",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    ),
    (
        b"U*U*",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
    ),
    (
        b"U*U*U",
        "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
    ),
    (
        b"",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy",
    ),
    // 72 bytes: no NUL follows.
    (
        b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
    ),
    // A character of 8 bits, as $2y$ and $2b$ hash it, not $2x$.
    (
        b"\xa3",
        "$2y$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq",
    ),
];

/// Cost, salt and digest of a hash.
fn parts(hash: &str) -> (u32, [u8; 16], Vec<u8>) {
    let parts: HashParts = hash.parse().unwrap();
    (
        parts.get_cost(),
        parts.get_salt_raw(),
        BASE_64.decode(&hash[29..]).unwrap(),
    )
}

#[test]
fn every_vector_is_met_in_every_lane() {
    for (password, hash) in VECTORS {
        let (cost, salt, digest) = parts(hash);
        let other: &[u8] = b"in the lanes beside it";
        for lane in 0..MAX_LANES {
            let mut passwords = [other; MAX_LANES];
            passwords[lane] = password;
            let mut salts = [[0x5a; 16]; MAX_LANES];
            salts[lane] = salt;
            let digests = bcrypt(cost, &salts, passwords).unwrap();
            assert_eq!(digests[lane][..23], digest, "{hash} in lane {lane}");
        }
    }
}

#[test]
fn a_batch_of_any_size_has_every_digest_in_its_place() {
    let of_cost_5: Vec<_> = VECTORS
        .iter()
        .filter(|(_, hash)| hash[4..].starts_with("05"))
        .collect();
    assert!(of_cost_5.len() > MAX_LANES);
    for size in 0..=of_cost_5.len() {
        let vectors = &of_cost_5[..size];
        let inputs: Vec<_> = vectors
            .iter()
            .map(|(password, hash)| Input {
                salt: parts(hash).1,
                password,
            })
            .collect();
        let mut digests = vec![[0; 24]; size];
        bcrypt_batch(5, &inputs, &mut digests).unwrap();
        for (digest, (_, hash)) in digests.iter().zip(vectors) {
            assert_eq!(digest[..23], parts(hash).2, "{hash} in a batch of {size}");
        }
    }
}

#[test]
fn invalid_input_is_named() {
    let long = [b'x'; MAX_PASSWORD + 1];
    assert_eq!(bcrypt(3, &[[0; 16]], [b"x"]), Err(Error::Cost(3)));
    assert_eq!(bcrypt(32, &[[0; 16]], [b"x"]), Err(Error::Cost(32)));
    assert_eq!(
        bcrypt(4, &[[0; 16]; 2], [b"x", &long]),
        Err(Error::TooLong(1))
    );
    assert_eq!(Error::Cost(3).to_string(), "cost 3; expected 4 to 31");
    assert_eq!(
        Error::TooLong(1).to_string(),
        "the password in lane 1 is longer than 72 bytes"
    );
}
