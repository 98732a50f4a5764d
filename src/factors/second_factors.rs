//! The keys of second factors, and the relying party of passkeys.

use super::RecoveryCodes;
use crate::config;
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Sealer, Secret};
use crate::webauthn::{Challenges, RelyingParty};

/// Issues, stores and verifies second factors.
pub(crate) struct SecondFactors {
    /// The name by which authenticator apps and passkey dialogs call the service.
    pub(super) service: String,
    pub(super) totp: Sealer,
    pub(super) recovery_codes: RecoveryCodes,
    pub(super) challenge_tokens: KeyedHash,
    pub(super) clients: KeyedHash,
    pub(super) ceremonies: Challenges,
    pub(super) passkey_seal: KeyedHash,
    pub(super) relying_party: Option<RelyingParty>,
}

impl SecondFactors {
    /// Derives the keys.
    pub(crate) fn new(
        config: &config::Factors,
        service: &str,
        secret: &Secret,
    ) -> Result<Self, InternalError> {
        let relying_party = config.passkeys.as_ref().map(|passkeys| {
            let (id, origins) = (passkeys.rp_id.clone(), passkeys.origins.clone());
            RelyingParty::new(id, service.to_owned(), origins)
        });
        Ok(Self {
            service: service.to_owned(),
            totp: secret.sealer("totp secret")?,
            recovery_codes: RecoveryCodes::new(secret)?,
            challenge_tokens: secret.keyed_hash("sign-in challenge")?,
            clients: secret.keyed_hash("sign-in challenge client")?,
            ceremonies: Challenges::new(secret)?,
            passkey_seal: secret.keyed_hash("passkey")?,
            relying_party,
        })
    }

    /// Returns the relying party; `None` if passkeys are off.
    pub(crate) fn relying_party(&self) -> Option<&RelyingParty> {
        self.relying_party.as_ref()
    }
}
