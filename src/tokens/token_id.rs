//! The `jti` of an access token: random, followed by the generation of the refresh token that was issued with it.
//!
//! A used access token proves by its generation that the answer arrived which held both tokens. The generation is part
//! of `jti`, not a claim of its own, so that versions that reject unknown claims accept the token.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::entropy::{self, Entropy};

/// A new `jti`. The dot does not occur in base64url.
pub(super) fn new(generation: u32, entropy: &dyn Entropy) -> String {
    let random = BASE64_URL_SAFE_NO_PAD.encode(entropy::bytes::<16>(entropy));
    format!("{random}.{generation}")
}

/// The generation in `jti`; `None` for one that another version wrote in another form.
pub(super) fn generation(jti: &str) -> Option<u32> {
    let (_, text) = jti.split_once('.')?;
    text.parse()
        .ok()
        .filter(|generation: &u32| generation.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::{generation, new};
    use crate::entropy::SeededEntropy;

    #[test]
    fn the_generation_is_read_back() {
        for number in [0, 1, 42, u32::MAX] {
            assert_eq!(
                generation(&new(number, &SeededEntropy::new(1))),
                Some(number)
            );
        }
    }

    #[test]
    fn another_form_has_no_generation() {
        for other in [
            "AAAAAAAAAAAAAAAAAAAAAA",
            "AAAA.",
            "AAAA.x",
            "AAAA.-1",
            "AAAA.+1",
            "AAAA.01",
            "AAAA.1.2",
            "AAAA.4294967296",
        ] {
            assert_eq!(generation(other), None, "{other}");
        }
    }
}
