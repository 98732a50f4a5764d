//! Time-based one-time passwords (RFC 6238), as every authenticator app computes them: HMAC-SHA-1, six digits, 30 seconds.

use chrono::{DateTime, Utc};
use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};
use secrecy::SecretString;
use totp_rs::{Algorithm, Builder, Totp};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::entropy::{self, Entropy};
use crate::errors::InternalError;
use crate::secret::Sealer;

/// The length of a secret in bytes: that of the hash (RFC 4226, section 4, R6).
const BYTES: usize = 20;

/// The digits of a code.
const DIGITS: u8 = 6;

/// How long a code is shown, in seconds (RFC 6238, section 4.1).
const PERIOD: u64 = 30;

/// By how many periods a phone's clock may be wrong (RFC 6238, section 5.2).
const TOLERANCE: u16 = 1;

/// The length of the QR code's sides in pixels.
const PIXELS: u32 = 240;

/// What an authenticator app and this service share.
pub(crate) struct TotpSecret(Zeroizing<[u8; BYTES]>);

/// What a user needs to add a secret to an authenticator app. Shown once.
pub(crate) struct Enrollment {
    /// The secret in Base32, for typing.
    pub(crate) secret: SecretString,
    /// The `otpauth://` address.
    pub(crate) uri: SecretString,
    /// The QR code of the address: a data URI of an SVG image.
    pub(crate) qr_code: SecretString,
}

impl TotpSecret {
    /// Creates a secret of 160 random bits.
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        Self(Zeroizing::new(entropy::bytes(entropy)))
    }

    /// Encrypts it for the row of `owner`. Under another owner it cannot be decrypted.
    pub(crate) fn seal(
        &self,
        owner: &str,
        sealer: &Sealer,
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, InternalError> {
        sealer.seal(owner, self.0.as_slice(), entropy)
    }

    /// Decrypts the output of [`TotpSecret::seal`]; `None` if it was stored under another secret of the service, or for
    /// another owner.
    pub(crate) fn open(owner: &str, sealer: &Sealer, sealed: &[u8]) -> Option<Self> {
        let opened = sealer.open(owner, sealed)?;
        Some(Self(Zeroizing::new(opened.as_slice().try_into().ok()?)))
    }

    /// Returns the period in which the authenticator app shows `code`, as their number since 1970; `None` if it shows it in
    /// none around `now`. The caller accepts each period once (RFC 6238, section 5.2). Spaces are ignored, and digits may
    /// have any width.
    pub(crate) fn period_of(
        &self,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<u64>, InternalError> {
        let digits: String = code
            .nfkc()
            .filter(|c| !c.is_whitespace())
            .take(usize::from(DIGITS) + 1)
            .collect();
        let now = u64::try_from(now.timestamp()).unwrap_or_default();
        Ok(self.totp(None)?.check(&digits, now))
    }

    /// Returns what adds the secret to an app, under the name of the service and the user's `address`.
    pub(crate) fn enrollment(
        &self,
        service: &str,
        address: &str,
    ) -> Result<Enrollment, InternalError> {
        let totp = self.totp(Some((service, address)))?;
        let uri = totp.to_url().map_err(InternalError::new)?;
        let code = QrCode::with_error_correction_level(&uri, EcLevel::M);
        let image = code
            .map_err(InternalError::new)?
            .render::<Color<'_>>()
            .min_dimensions(PIXELS, PIXELS)
            .build();
        let image =
            percent_encoding::utf8_percent_encode(&image, percent_encoding::NON_ALPHANUMERIC);
        Ok(Enrollment {
            secret: totp.secret().to_base32().into(),
            qr_code: format!("data:image/svg+xml,{image}").into(),
            uri: uri.into(),
        })
    }

    fn totp(&self, names: Option<(&str, &str)>) -> Result<Totp, InternalError> {
        // A colon separates the two names (Key Uri Format).
        let clean = |name: &str| name.replace(':', " ");
        let mut totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_step_duration(PERIOD)
            .with_skew(TOLERANCE)
            .with_secret(self.0.to_vec());
        if let Some((service, address)) = names {
            totp = totp
                .with_issuer(Some(clean(service)))
                .with_account_name(clean(address));
        }
        totp.build().map_err(InternalError::new)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use secrecy::ExposeSecret as _;
    use zeroize::Zeroizing;

    use super::{PERIOD, TotpSecret};
    use crate::entropy::SeededEntropy;
    use crate::secret::Secret;

    /// That of RFC 6238, appendix B.
    fn published() -> TotpSecret {
        TotpSecret(Zeroizing::new(*b"12345678901234567890"))
    }

    fn at(seconds: u64) -> DateTime<Utc> {
        DateTime::from_timestamp(i64::try_from(seconds).unwrap(), 0).unwrap()
    }

    fn period(code: &str, seconds: u64) -> Option<u64> {
        published().period_of(code, at(seconds)).unwrap()
    }

    #[test]
    fn published_codes_are_accepted() {
        // RFC 6238, appendix B, SHA-1: the last six of eight digits.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(period(code, seconds), Some(seconds / PERIOD), "{code}");
        }
    }

    #[test]
    fn clock_of_a_phone_may_be_wrong_by_one_period() {
        let shown = 1_234_567_890;
        for (seconds, is_accepted) in [
            (shown - 2 * PERIOD, false),
            (shown - PERIOD, true),
            (shown, true),
            (shown + PERIOD, true),
            (shown + 2 * PERIOD, false),
        ] {
            let found = period("005924", seconds);
            assert_eq!(found, is_accepted.then_some(shown / PERIOD), "{seconds}");
        }
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        for code in ["005924", " 005 924 ", "005\u{a0}924", "００５９２４"] {
            assert!(period(code, 1_234_567_890).is_some(), "{code:?}");
        }
        for other in [
            "", "5924", "0059245", "005925", "00592a", "-05924", "+05924", "005.924",
        ] {
            assert_eq!(period(other, 1_234_567_890), None, "{other:?}");
        }
        let long = "0".repeat(1_000_000);
        assert_eq!(period(&long, 1_234_567_890), None);
    }

    #[test]
    fn times_before_1970_are_no_error() {
        let before = DateTime::from_timestamp(-100, 0).unwrap();
        assert!(published().period_of("000000", before).is_ok());
    }

    #[test]
    fn secret_opens_for_its_owner_alone() {
        let entropy = SeededEntropy::new(1);
        let sealer = Secret::new(&[7; 32]).sealer("totp").unwrap();
        let secret = TotpSecret::new(&entropy);
        let sealed = secret.seal("ann", &sealer, &entropy).unwrap();
        assert!(!sealed.windows(8).any(|it| it == &secret.0[..8]));
        let opened = TotpSecret::open("ann", &sealer, &sealed).unwrap();
        assert_eq!(opened.0, secret.0);
        assert!(TotpSecret::open("bob", &sealer, &sealed).is_none());
        assert!(TotpSecret::open("ann", &sealer, &sealed[1..]).is_none());
    }

    #[test]
    fn enrollment_names_service_and_address() {
        let enrollment = published()
            .enrollment("Acme: Shop", "ann+x@example.org")
            .unwrap();
        assert_eq!(
            enrollment.secret.expose_secret(),
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        );
        let uri = url::Url::parse(enrollment.uri.expose_secret()).unwrap();
        assert_eq!(uri.scheme(), "otpauth");
        assert_eq!(uri.host_str(), Some("totp"));
        assert_eq!(uri.path(), "/Acme%20%20Shop:ann%2Bx%40example.org");
        let of = |name| {
            uri.query_pairs()
                .find(|(it, _)| it == name)
                .map(|(_, it)| it)
        };
        assert_eq!(
            of("secret").as_deref(),
            Some("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        );
        assert_eq!(of("issuer").as_deref(), Some("Acme  Shop"));
        assert!(
            enrollment
                .qr_code
                .expose_secret()
                .starts_with("data:image/svg+xml,%3C")
        );
    }
}
