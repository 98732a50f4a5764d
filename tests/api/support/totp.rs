//! The codes of authenticator apps.

use aws_lc_rs::hmac;
use base32::Alphabet;
use chrono::{DateTime, Utc};

/// Returns the code that an authenticator app shows for a secret at a time (RFC 6238): HMAC-SHA-1, six digits, a new one
/// every 30 seconds.
pub(crate) fn code(secret_base32: &str, at: DateTime<Utc>) -> String {
    let alphabet = Alphabet::Rfc4648 { padding: false };
    let secret = base32::decode(alphabet, secret_base32).unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret);
    let period = u64::try_from(at.timestamp()).unwrap() / 30;
    let hash = hmac::sign(&key, &period.to_be_bytes());
    let hash = hash.as_ref();
    // RFC 4226, section 5.3: the last four bits say where the number is.
    let start = usize::from(hash[19] & 0xf);
    let number = u32::from_be_bytes(hash[start..start + 4].try_into().unwrap());
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

#[cfg(test)]
mod tests {
    use base32::Alphabet;
    use chrono::DateTime;

    use super::code;

    #[test]
    fn codes_are_the_published_ones() {
        let secret = base32::encode(
            Alphabet::Rfc4648 { padding: false },
            b"12345678901234567890",
        );
        // RFC 6238, appendix B: the last six of eight digits.
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000, "353130"),
        ] {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(code(&secret, at), expected);
        }
    }
}
