//! Tokens signed with the real key of an instance, right in everything but what a test makes wrong.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use sea_orm::{ConnectionTrait, Statement};
use secrecy::ExposeSecret;
use serde_json::Value;

use crate::support::{SignedUp, TestApp};

pub(super) struct Forger {
    /// Of a genuine token, to be changed.
    pub(super) header: Value,
    pub(super) claims: Value,
    /// The raw public key that the whole world may know.
    pub(super) public_key: Vec<u8>,
    key: EncodingKey,
}

impl Forger {
    /// Takes the key out of the database, as who has it and the secret could.
    pub(super) async fn of(app: &TestApp, user: &SignedUp) -> Self {
        let mut parts = user.access_token.split('.').map(decoded);
        let (header, claims) = (parts.next().unwrap(), parts.next().unwrap());
        let header: Value = serde_json::from_slice(&header).unwrap();
        let kid = header["kid"].as_str().unwrap();
        let db = app.database.db_connect().await;
        let sql =
            format!("SELECT public_key, sealed_private_key FROM signing_keys WHERE kid = '{kid}'");
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        let sealed: Vec<u8> = row.try_get("", "sealed_private_key").unwrap();
        let secret = app.config.tokens.secret.as_ref().unwrap();
        Self {
            key: EncodingKey::from_ec_der(&opened(secret.expose_secret(), kid, &sealed)),
            public_key: row.try_get("", "public_key").unwrap(),
            claims: serde_json::from_slice(&claims).unwrap(),
            header,
        }
    }

    /// Returns a valid token.
    pub(super) fn token(&self) -> String {
        self.signed(self.header.to_string(), self.claims.to_string())
    }

    /// One whose header says `value` for `name`.
    pub(super) fn with_header(&self, name: &str, value: Value) -> String {
        self.signed(
            changed(&self.header, name, value).to_string(),
            self.claims.to_string(),
        )
    }

    /// One whose claims say `value` for `name`.
    pub(super) fn with_claim(&self, name: &str, value: Value) -> String {
        self.with_claims(changed(&self.claims, name, value).to_string())
    }

    /// One whose claims are this text, valid JSON or not.
    pub(super) fn with_claims(&self, claims: impl AsRef<[u8]>) -> String {
        self.signed(self.header.to_string(), claims)
    }

    /// One of these texts.
    pub(super) fn signed(&self, header: impl AsRef<[u8]>, claims: impl AsRef<[u8]>) -> String {
        self.resigned(&format!("{}.{}", encoded(header), encoded(claims)))
    }

    /// `message`, whatever it is, with a right signature.
    pub(super) fn resigned(&self, message: &str) -> String {
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &self.key, Algorithm::ES256).unwrap();
        format!("{message}.{signature}")
    }
}

/// `object` with `value` for `name`; without `name` where the value is null.
pub(super) fn changed(object: &Value, name: &str, value: Value) -> Value {
    let mut changed = object.clone();
    let members = changed.as_object_mut().unwrap();
    if value.is_null() {
        members.remove(name).unwrap();
    } else {
        members.insert(name.to_owned(), value);
    }
    changed
}

pub(super) fn encoded(part: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(part)
}

pub(super) fn decoded(part: &str) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()
}

/// The private key named `kid`, decrypted by who knows the secret.
fn opened(secret: &[u8], kid: &str, sealed: &[u8]) -> Vec<u8> {
    let mut derived = [0; 32];
    let prk = Salt::new(HKDF_SHA256, b"gatehouse/v1").extract(secret);
    let okm = prk.expand(&[b"signing keys"], HKDF_SHA256).unwrap();
    okm.fill(&mut derived).unwrap();
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &derived).unwrap());
    let (nonce, ciphertext) = sealed.split_at(12);
    let nonce = Nonce::try_assume_unique_for_key(nonce).unwrap();
    let mut text = ciphertext.to_vec();
    key.open_in_place(nonce, Aad::from(kid.as_bytes()), &mut text)
        .unwrap()
        .to_vec()
}
