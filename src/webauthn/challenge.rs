//! Challenges that need no state: a keyed hash recognizes them.

use aws_lc_rs::constant_time::verify_slices_are_equal;

use super::WebauthnError;
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

/// The random bytes of a challenge. At least 16 are needed (section 13.4.3).
const NONCE_BYTES: usize = 16;

/// What a challenge is for. It is valid for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChallengePurpose {
    /// Signing in by a passkey alone. The user is not known yet.
    SignIn,
    /// Proving a credential again in a session.
    Reauthenticate,
    /// Adding a passkey.
    Register,
    /// The second step of a sign-in.
    SecondFactor,
}

impl ChallengePurpose {
    /// The byte in the hash. Instances of two versions run side by side, so a byte keeps its meaning.
    fn byte(self) -> u8 {
        match self {
            Self::SignIn => 1,
            Self::Reauthenticate => 2,
            Self::Register => 3,
            Self::SecondFactor => 4,
        }
    }
}

/// A genuine challenge: newly issued, or verified.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    bytes: Vec<u8>,
    nonce: [u8; NONCE_BYTES],
    expires_at: u64,
    purpose: ChallengePurpose,
}

impl Challenge {
    /// Returns the bytes that the browser receives and the authenticator signs.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the random bytes, by which a used challenge is remembered until it expires.
    pub(crate) fn nonce(&self) -> &[u8; NONCE_BYTES] {
        &self.nonce
    }

    /// Returns the expiry in seconds since 1970.
    pub(crate) fn expires_at(&self) -> u64 {
        self.expires_at
    }

    /// Returns the purpose.
    pub(crate) fn purpose(&self) -> ChallengePurpose {
        self.purpose
    }

    /// A challenge with the bytes of a published vector, which were not issued here.
    #[cfg(any(test, fuzzing))]
    pub(super) fn of_vector(bytes: &[u8], purpose: ChallengePurpose) -> Self {
        Self {
            bytes: bytes.to_vec(),
            nonce: [0; NONCE_BYTES],
            expires_at: u64::MAX,
            purpose,
        }
    }
}

/// Issues and verifies challenges.
pub(crate) struct Challenges {
    hash: KeyedHash,
}

impl Challenges {
    /// Creates the issuer and verifier of the service with this secret.
    pub(crate) fn new(secret: &Secret) -> Result<Self, InternalError> {
        Ok(Self {
            hash: secret.keyed_hash("passkey challenge")?,
        })
    }

    /// Issues a challenge: `random`, `expires_at` in seconds since 1970, and a keyed hash of both, purpose and binding.
    ///
    /// `binding` is the session or sign-in for which it is valid; empty for [`ChallengePurpose::SignIn`].
    pub(crate) fn issue(
        &self,
        random: [u8; NONCE_BYTES],
        expires_at: u64,
        purpose: ChallengePurpose,
        binding: &[u8],
    ) -> Challenge {
        let expiry = expires_at.to_be_bytes();
        let tag = self.tag(&random, expiry, purpose, binding);
        Challenge {
            bytes: [random.as_slice(), &expiry, &tag].concat(),
            nonce: random,
            expires_at,
            purpose,
        }
    }

    /// Verifies that a challenge was issued here, for this purpose and binding, and is valid at `now` in seconds since
    /// 1970. Fails with [`WebauthnError::Challenge`] or, if it is genuine, [`WebauthnError::Expired`].
    pub(crate) fn verify(
        &self,
        bytes: &[u8],
        purpose: ChallengePurpose,
        binding: &[u8],
        now: u64,
    ) -> Result<Challenge, WebauthnError> {
        let (nonce, rest) = bytes.split_first_chunk().ok_or(WebauthnError::Challenge)?;
        let (expiry, tag) = rest.split_first_chunk().ok_or(WebauthnError::Challenge)?;
        verify_slices_are_equal(&self.tag(nonce, *expiry, purpose, binding), tag)
            .map_err(|_| WebauthnError::Challenge)?;
        let expires_at = u64::from_be_bytes(*expiry);
        if now >= expires_at {
            return Err(WebauthnError::Expired);
        }
        Ok(Challenge {
            bytes: bytes.to_vec(),
            nonce: *nonce,
            expires_at,
            purpose,
        })
    }

    /// Only the last part has a length of its own, so no two inputs have the same bytes.
    fn tag(
        &self,
        nonce: &[u8; NONCE_BYTES],
        expiry: [u8; 8],
        purpose: ChallengePurpose,
        binding: &[u8],
    ) -> [u8; 32] {
        self.hash
            .hash(&[nonce, &expiry, &[purpose.byte()], binding])
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ChallengePurpose, Challenges, WebauthnError};
    use crate::secret::Secret;

    const PURPOSES: [ChallengePurpose; 4] = [
        ChallengePurpose::SignIn,
        ChallengePurpose::Reauthenticate,
        ChallengePurpose::Register,
        ChallengePurpose::SecondFactor,
    ];
    const NOW: u64 = 1_800_000_000;

    fn challenges() -> Challenges {
        Challenges::new(&Secret::new(&[7; 32])).unwrap()
    }

    #[test]
    fn issued_challenge_is_accepted_until_it_expires() {
        let challenges = challenges();
        for purpose in PURPOSES {
            let issued = challenges.issue([5; 16], NOW + 300, purpose, b"session");
            let at = |now| challenges.verify(issued.bytes(), purpose, b"session", now);

            let accepted = at(NOW + 299).unwrap();
            assert_eq!(accepted.bytes(), issued.bytes());
            assert_eq!(accepted.nonce(), &[5; 16]);
            assert_eq!(accepted.expires_at(), NOW + 300);
            assert_eq!(accepted.purpose(), purpose);
            assert_eq!(at(NOW + 300).unwrap_err(), WebauthnError::Expired);
            assert_eq!(at(u64::MAX).unwrap_err(), WebauthnError::Expired);
        }
    }

    #[test]
    fn challenge_is_valid_for_its_purpose_and_binding_only() {
        let challenges = challenges();
        for purpose in PURPOSES {
            let issued = challenges.issue([5; 16], NOW, purpose, b"session");
            for other in PURPOSES {
                for binding in [b"session".as_slice(), b"", b"sessio", b"session2"] {
                    if (other, binding) != (purpose, b"session") {
                        let verified = challenges.verify(issued.bytes(), other, binding, 0);
                        assert_eq!(verified.unwrap_err(), WebauthnError::Challenge);
                    }
                }
            }
        }
    }

    #[test]
    fn challenge_of_another_secret_is_rejected() {
        let issued = challenges().issue([5; 16], NOW, ChallengePurpose::SignIn, b"");
        let others = Challenges::new(&Secret::new(&[8; 32])).unwrap();
        let verified = others.verify(issued.bytes(), ChallengePurpose::SignIn, b"", 0);
        assert_eq!(verified.unwrap_err(), WebauthnError::Challenge);
    }

    #[test]
    fn changed_cut_and_extended_challenges_are_rejected_even_if_expired() {
        let challenges = challenges();
        let issued = challenges.issue([5; 16], NOW, ChallengePurpose::Register, b"session");
        let verify = |bytes: &[u8]| {
            challenges
                .verify(bytes, ChallengePurpose::Register, b"session", u64::MAX)
                .unwrap_err()
        };
        for at in 0..issued.bytes().len() {
            for bit in 0..8 {
                let mut changed = issued.bytes().to_vec();
                changed[at] ^= 1 << bit;
                assert_eq!(verify(&changed), WebauthnError::Challenge);
            }
            assert_eq!(verify(&issued.bytes()[..at]), WebauthnError::Challenge);
        }
        let extended = [issued.bytes(), &[0]].concat();
        assert_eq!(verify(&extended), WebauthnError::Challenge);
    }
}
