//! The signature algorithms of passkeys.

use coset::iana;

/// A signature algorithm that is accepted, by its number in the IANA COSE registry (RFC 9053, section 2; RFC 8812,
/// section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// `EdDSA` on Ed25519.
    EdDsa,
    /// RSASSA-PKCS1-v1_5 with SHA-256, which Windows Hello needs.
    Rs256,
}

impl Algorithm {
    /// Every accepted algorithm, preferred first.
    pub(crate) const ALL: [Self; 3] = [Self::Es256, Self::EdDsa, Self::Rs256];

    /// Returns the `COSEAlgorithmIdentifier`.
    pub(crate) fn identifier(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
            Self::Rs256 => -257,
        }
    }

    /// Returns the accepted algorithm that a key names, or `None`.
    pub(super) fn of_key(named: &coset::Algorithm) -> Option<Self> {
        match named {
            coset::Algorithm::Assigned(iana::Algorithm::ES256) => Some(Self::Es256),
            coset::Algorithm::Assigned(iana::Algorithm::EdDSA) => Some(Self::EdDsa),
            coset::Algorithm::Assigned(iana::Algorithm::RS256) => Some(Self::Rs256),
            _ => None,
        }
    }
}
