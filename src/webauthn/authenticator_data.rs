//! What the authenticator says about a ceremony.

use uuid::Uuid;

use super::{WebauthnError, cbor};

/// The maximum length of a credential ID in bytes (section 4, "Credential ID").
pub(super) const MAX_CREDENTIAL_ID_BYTES: usize = 1023;

/// Authenticator data (section 6.1).
#[derive(Debug)]
pub(super) struct AuthenticatorData {
    /// The SHA-256 of the RP ID.
    pub(super) rp_id_hash: [u8; 32],
    /// The flags.
    pub(super) flags: Flags,
    /// The signature counter; 0 if the authenticator has none.
    pub(super) counter: u32,
    /// The new credential, in a registration.
    pub(super) credential: Option<AttestedCredential>,
}

/// The flags of authenticator data. Reserved bits are ignored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flags(u8);

impl Flags {
    /// UP: the user was present.
    pub(super) fn user_present(self) -> bool {
        self.has(0)
    }

    /// UV: the user was verified by PIN or biometrics.
    pub(super) fn user_verified(self) -> bool {
        self.has(2)
    }

    /// BE: the credential can be copied to other devices.
    pub(super) fn backup_eligible(self) -> bool {
        self.has(3)
    }

    /// BS: the credential is copied at present.
    pub(super) fn backup_state(self) -> bool {
        self.has(4)
    }

    fn has_credential(self) -> bool {
        self.has(6)
    }

    fn has_extensions(self) -> bool {
        self.has(7)
    }

    fn has(self, bit: u8) -> bool {
        self.0 & (1 << bit) != 0
    }
}

/// Attested credential data (section 6.5.1).
#[derive(Debug)]
pub(super) struct AttestedCredential {
    /// The model of the authenticator; zeros if it is not revealed.
    pub(super) aaguid: Uuid,
    /// The credential ID.
    pub(super) id: Vec<u8>,
    /// The public key, as the bytes of a CBOR value that is not yet interpreted.
    pub(super) public_key: Vec<u8>,
}

impl AuthenticatorData {
    /// Parses `bytes` entirely: no byte may be left over. Extension outputs are checked for their form and ignored,
    /// because authenticators add some unasked (section 7.1).
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, WebauthnError> {
        Self::read(bytes).ok_or(WebauthnError::MalformedAuthenticatorData)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (rp_id_hash, rest) = bytes.split_first_chunk()?;
        let (&[flags], rest) = rest.split_first_chunk()?;
        let (counter, mut rest) = rest.split_first_chunk()?;
        let flags = Flags(flags);
        let mut credential = None;
        if flags.has_credential() {
            let (read, behind) = AttestedCredential::read(rest)?;
            credential = Some(read);
            rest = behind;
        }
        if flags.has_extensions() {
            let (outputs, behind) = cbor::read(rest)?;
            outputs.as_map()?;
            rest = behind;
        }
        rest.is_empty().then_some(Self {
            rp_id_hash: *rp_id_hash,
            flags,
            counter: u32::from_be_bytes(*counter),
            credential,
        })
    }
}

impl AttestedCredential {
    /// Reads the data at the start of `bytes`; returns it and the bytes behind it.
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (aaguid, rest) = bytes.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes(*length));
        if length == 0 || length > MAX_CREDENTIAL_ID_BYTES {
            return None;
        }
        let (id, rest) = rest.split_at_checked(length)?;
        let (_, behind) = cbor::read(rest)?;
        let public_key = rest.strip_suffix(behind)?;
        let read = Self {
            aaguid: Uuid::from_bytes(*aaguid),
            id: id.to_vec(),
            public_key: public_key.to_vec(),
        };
        Some((read, behind))
    }
}
