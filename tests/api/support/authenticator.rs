//! A device with passkeys, and the browser in front of it.

use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand;
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::passkey::{
    AT, BE, BS, ES256, Key, Signed, UP, UV, attestation_object, authenticator_data, encode,
    registration_json,
};

/// A device with passkeys that answers the options of the API as the JavaScript of a page would.
///
/// Unlike a browser it trusts the page: it compares neither the RP ID with the origin nor its flags with what the options
/// require, so that every field below reaches the service. A copy has the same passkeys.
#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one flag of a response"
)]
pub(crate) struct Authenticator {
    /// The origin of the page.
    pub(crate) origin: String,
    /// The RP ID in place of the one in the options.
    pub(crate) rp_id: Option<String>,
    /// The RP ID in authenticator data in place of the one of the passkey.
    pub(crate) signed_rp_id: Option<String>,
    /// Members of the client data in place of the browser's.
    pub(crate) client_data: Value,
    /// UP: whether the user touches the device.
    pub(crate) user_present: bool,
    /// UV: whether the user enters a PIN or shows a finger.
    pub(crate) user_verified: bool,
    /// BE: whether passkeys can be copied to other devices.
    pub(crate) backup_eligible: bool,
    /// BS: whether they are copied.
    pub(crate) backup_state: bool,
    /// The signature counter, incremented by each use; a device without one has 0.
    pub(crate) counter: u32,
    /// The algorithms of the device. The first in the options that is among them is used.
    pub(crate) algorithms: Vec<i64>,
    /// Whether an authentication names the user.
    pub(crate) sends_user_handle: bool,
    /// The `id` of the passkey that the user picks, instead of the newest of those that fit.
    pub(crate) picked: Option<String>,
    passkeys: Vec<Passkey>,
}

#[derive(Clone)]
struct Passkey {
    id: Vec<u8>,
    key: Arc<Key>,
    rp_id: String,
    user_handle: Vec<u8>,
}

/// Why a ceremony fails in the browser, before anything is sent: the name of a `DOMException`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CeremonyError {
    /// The device has a passkey of `excludeCredentials`.
    InvalidState,
    /// The device has no passkey that fits.
    NotAllowed,
    /// The device has no algorithm of `pubKeyCredParams`.
    NotSupported,
}

impl Authenticator {
    /// A device with ES256 and without passkeys, whose user is present and verified.
    pub(crate) fn new(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            rp_id: None,
            signed_rp_id: None,
            client_data: json!({}),
            user_present: true,
            user_verified: true,
            backup_eligible: false,
            backup_state: false,
            counter: 0,
            algorithms: vec![ES256],
            sends_user_handle: true,
            picked: None,
            passkeys: Vec::new(),
        }
    }

    /// Creates a passkey, as `navigator.credentials.create()` does with `PublicKeyCredentialCreationOptionsJSON`. Returns
    /// `RegistrationResponseJSON`.
    pub(crate) fn create(&mut self, options: &Value) -> Result<Value, CeremonyError> {
        let rp_id = self.rp_id_of(&options["rp"]["id"]);
        let excluded = ids(&options["excludeCredentials"]);
        if self.of(&rp_id).any(|it| excluded.contains(&it.id)) {
            return Err(CeremonyError::InvalidState);
        }
        let offered = options["pubKeyCredParams"].as_array().unwrap().iter();
        let mut offered = offered.map(|it| it["alg"].as_i64().unwrap());
        let algorithm = offered
            .find(|it| self.algorithms.contains(it))
            .ok_or(CeremonyError::NotSupported)?;
        let mut id = vec![0; 32];
        rand::fill(&mut id).unwrap();
        let key = Key::generate(algorithm);
        let created = Some((id.as_slice(), &*key.cose()));
        let (flags, count) = (self.flags() | AT, self.next_count());
        let signed_rp_id = self.signed_rp_id.as_deref().unwrap_or(&rp_id);
        let data = authenticator_data(signed_rp_id, flags, count, created);
        let object = attestation_object("none", ciborium::Value::Map(Vec::new()), &data);
        let client_data = self.client_data("webauthn.create", options);
        let mut json = parsed(&registration_json(&id, &client_data, &object));
        json["response"]["authenticatorData"] = encode(&data).into();
        json["response"]["publicKey"] = encode(&subject_public_key_info(&key)).into();
        json["response"]["publicKeyAlgorithm"] = algorithm.into();
        self.passkeys.push(Passkey {
            id,
            key: Arc::new(key),
            rp_id,
            user_handle: decode(&options["user"]["id"]),
        });
        Ok(json)
    }

    /// Uses a passkey, as `navigator.credentials.get()` does with `PublicKeyCredentialRequestOptionsJSON`. Returns
    /// `AuthenticationResponseJSON`.
    pub(crate) fn get(&mut self, options: &Value) -> Result<Value, CeremonyError> {
        let rp_id = self.rp_id_of(&options["rpId"]);
        let allowed = ids(&options["allowCredentials"]);
        let fits = |it: &&Passkey| {
            let is_allowed = allowed.is_empty() || allowed.contains(&it.id);
            is_allowed && self.picked.iter().all(|id| *id == encode(&it.id))
        };
        let passkey = self.of(&rp_id).filter(fits).last().cloned();
        let passkey = passkey.ok_or(CeremonyError::NotAllowed)?;
        let (flags, count) = (self.flags(), self.next_count());
        let signed_rp_id = self.signed_rp_id.as_deref().unwrap_or(&rp_id);
        let data = authenticator_data(signed_rp_id, flags, count, None);
        let client_data = self.client_data("webauthn.get", options);
        let mut json = parsed(&Signed::new(&passkey.key, &passkey.id, data, client_data).json());
        json["authenticatorAttachment"] = "platform".into();
        let response = json["response"].as_object_mut().unwrap();
        if self.sends_user_handle {
            response["userHandle"] = encode(&passkey.user_handle).into();
        } else {
            response.remove("userHandle");
        }
        Ok(json)
    }

    /// The passkeys of an RP ID, oldest first.
    fn of(&self, rp_id: &str) -> impl Iterator<Item = &Passkey> {
        self.passkeys.iter().filter(move |it| it.rp_id == rp_id)
    }

    fn rp_id_of(&self, in_options: &Value) -> String {
        let overridden = self.rp_id.clone();
        overridden.unwrap_or_else(|| in_options.as_str().expect("an RP ID").to_owned())
    }

    fn flags(&self) -> u8 {
        let flags = [
            (self.user_present, UP),
            (self.user_verified, UV),
            (self.backup_eligible, BE),
            (self.backup_state, BS),
        ];
        let set = flags.into_iter().filter(|(is_set, _)| *is_set);
        set.map(|(_, flag)| flag).sum()
    }

    fn next_count(&mut self) -> u32 {
        if self.counter > 0 {
            self.counter += 1;
        }
        self.counter
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let mut json = json!({
            "type": kind,
            "challenge": encode(&decode(&options["challenge"])),
            "origin": self.origin,
            "crossOrigin": false,
        });
        for (name, value) in self.client_data.as_object().into_iter().flatten() {
            json[name] = value.clone();
        }
        json.to_string().into_bytes()
    }
}

/// The IDs in a list of credential descriptors, which may be missing.
fn ids(descriptors: &Value) -> Vec<Vec<u8>> {
    let descriptors = descriptors.as_array().into_iter().flatten();
    descriptors.map(|it| decode(&it["id"])).collect()
}

#[track_caller]
fn decode(text: &Value) -> Vec<u8> {
    let text = text.as_str().expect("a base64url text");
    BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()
}

fn parsed(json: &[u8]) -> Value {
    serde_json::from_slice(json).unwrap()
}

/// What `getPublicKey()` returns.
fn subject_public_key_info(key: &Key) -> Vec<u8> {
    let info: PublicKeyX509Der<'_> = match key {
        Key::Es256(pair) => pair.public_key().as_der(),
        Key::EdDsa(pair) => pair.public_key().as_der(),
        Key::Rs256(pair) => pair.public_key().as_der(),
    }
    .unwrap();
    info.as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
    use serde_json::{Value, json};

    use super::super::passkey::{EDDSA, ES256, RS256, encode, sha256};
    use super::{Authenticator, CeremonyError, decode};

    fn creation(algorithms: &[i64]) -> Value {
        let algorithms = algorithms.iter().map(|it| json!({"alg": it}));
        json!({
            "rp": {"id": "localhost", "name": "Gatehouse"},
            "user": {"id": "AAAA", "name": "ada@example.org", "displayName": "Ada"},
            "challenge": "____",
            "pubKeyCredParams": algorithms.collect::<Vec<_>>(),
        })
    }

    fn request() -> Value {
        json!({"rpId": "localhost", "challenge": "____"})
    }

    fn device() -> Authenticator {
        Authenticator::new("http://localhost:3000")
    }

    #[test]
    fn created_passkey_signs_what_the_fields_of_the_device_say() {
        let mut device = device();
        let created = device.create(&creation(&[EDDSA, ES256])).unwrap();
        assert_eq!(created["response"]["publicKeyAlgorithm"], ES256);

        device.origin = "https://evil.example".to_owned();
        device.user_present = false;
        device.backup_eligible = true;
        device.backup_state = true;
        device.counter = 8;
        let used = device.get(&request()).unwrap();
        assert_eq!(used["id"], created["id"]);
        let response = &used["response"];
        assert_eq!(response["userHandle"], "AAAA");
        let data = decode(&response["authenticatorData"]);
        assert_eq!(data[..32], sha256(b"localhost"));
        assert_eq!(data[32..], [0x1c, 0, 0, 0, 9]);
        let client_data = decode(&response["clientDataJSON"]);
        let parsed: Value = serde_json::from_slice(&client_data).unwrap();
        let expected = json!({
            "type": "webauthn.get",
            "challenge": "____",
            "origin": "https://evil.example",
            "crossOrigin": false,
        });
        assert_eq!(parsed, expected);
        let key = decode(&created["response"]["publicKey"]);
        let message = [data, sha256(&client_data)].concat();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key)
            .verify(&message, &decode(&response["signature"]))
            .unwrap();

        device.user_verified = false;
        device.sends_user_handle = false;
        device.rp_id = Some("example.org".to_owned());
        assert_eq!(device.get(&request()), Err(CeremonyError::NotAllowed));
        device.create(&creation(&[ES256])).unwrap();
        let used = device.get(&request()).unwrap();
        let data = decode(&used["response"]["authenticatorData"]);
        assert_eq!(data[..32], sha256(b"example.org"));
        assert_eq!(data[32..], [0x18, 0, 0, 0, 11]);
        assert_eq!(used["response"].get("userHandle"), None);
    }

    #[test]
    fn device_uses_the_passkey_that_is_allowed_and_picked() {
        let mut device = device();
        assert_eq!(device.get(&request()), Err(CeremonyError::NotAllowed));
        device.algorithms = vec![EDDSA, RS256];
        assert_eq!(
            device.create(&creation(&[ES256])),
            Err(CeremonyError::NotSupported)
        );
        let [first, second] = [EDDSA, RS256].map(|algorithm| {
            let created = device.create(&creation(&[algorithm])).unwrap();
            created["id"].clone()
        });
        let mut copy = device.clone();
        let mut used = |options| copy.get(&options).map(|it| it["id"].clone());
        assert_eq!(used(request()), Ok(second.clone()));
        let mut options = request();
        options["allowCredentials"] = json!([{"id": first}]);
        assert_eq!(used(options.clone()), Ok(first.clone()));
        options["allowCredentials"] = json!([{"id": encode(b"another")}]);
        assert_eq!(used(options), Err(CeremonyError::NotAllowed));
        device.picked = first.as_str().map(str::to_owned);
        assert_eq!(device.get(&request()).unwrap()["id"], first);
    }

    #[test]
    fn device_with_an_excluded_passkey_creates_none() {
        let mut device = device();
        let mut options = creation(&[ES256]);
        let created = device.create(&options).unwrap();
        options["excludeCredentials"] = json!([{"id": created["id"]}]);
        assert_eq!(device.create(&options), Err(CeremonyError::InvalidState));
        options["rp"]["id"] = json!("example.org");
        assert!(device.create(&options).is_ok());
    }
}
