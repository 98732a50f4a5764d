//! The public keys of passkeys: COSE keys (RFC 9052, section 7).

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256,
    RsaPublicKeyComponents,
};
use ciborium::Value;
use coset::iana::{
    Ec2KeyParameter, EllipticCurve, EnumI64, KeyType, OkpKeyParameter, RsaKeyParameter,
};
use coset::{AsCborValue, CoseKey, Label};

use super::{Algorithm, WebauthnError, cbor};

/// The length of a coordinate on P-256 and of a key on Ed25519.
const CURVE_BYTES: usize = 32;

/// The accepted bits of an RSA modulus.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// The maximum length of an RSA exponent in bytes. Usual is 65537, which has 3.
const MAX_EXPONENT_BYTES: usize = 4;

/// A well-formed public key of an accepted algorithm.
#[derive(Debug)]
pub(super) struct PublicKey {
    algorithm: Algorithm,
    key: ParsedPublicKey,
}

impl PublicKey {
    /// Parses a COSE key with nothing behind it. It must hold its algorithm and the parameters of its type, no others
    /// (Web Authentication, section 6.5.1).
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, WebauthnError> {
        let value = cbor::read_all(bytes).ok_or(WebauthnError::Key)?;
        let key = CoseKey::from_cbor_value(value).map_err(|_| WebauthnError::Key)?;
        let named = key.alg.as_ref().ok_or(WebauthnError::Key)?;
        let algorithm = Algorithm::of_key(named).ok_or(WebauthnError::Algorithm)?;
        if !key.key_id.is_empty() || !key.key_ops.is_empty() || !key.base_iv.is_empty() {
            return Err(WebauthnError::Key);
        }
        let parsed = match algorithm {
            Algorithm::Es256 => ecdsa(&key),
            Algorithm::EdDsa => eddsa(&key),
            Algorithm::Rs256 => rsa(&key),
        };
        let key = parsed.ok_or(WebauthnError::Key)?;
        Ok(Self { algorithm, key })
    }

    /// Returns the algorithm of the key, the only one that it verifies.
    pub(super) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Verifies that `signature` is this key's for `message`.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), WebauthnError> {
        self.key
            .verify_sig(message, signature)
            .map_err(|_| WebauthnError::Signature)
    }
}

/// Reads a point on P-256, uncompressed (Web Authentication, section 5.8.5). Off the curve it is rejected.
fn ecdsa(key: &CoseKey) -> Option<ParsedPublicKey> {
    let [curve, x, y] = parameters(
        key,
        KeyType::EC2,
        [Ec2KeyParameter::Crv, Ec2KeyParameter::X, Ec2KeyParameter::Y],
    )?;
    let (x, y) = (bytes(x, CURVE_BYTES)?, bytes(y, CURVE_BYTES)?);
    // 4: an uncompressed point (SEC 1, section 2.3.3).
    let point = [&[4], x, y].concat();
    is_curve(curve, EllipticCurve::P_256)
        .then(|| ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).ok())?
}

/// Reads a key on Ed25519.
fn eddsa(key: &CoseKey) -> Option<ParsedPublicKey> {
    let [curve, x] = parameters(
        key,
        KeyType::OKP,
        [OkpKeyParameter::Crv, OkpKeyParameter::X],
    )?;
    let x = bytes(x, CURVE_BYTES)?;
    is_curve(curve, EllipticCurve::Ed25519).then(|| ParsedPublicKey::new(&ED25519, x).ok())?
}

/// Reads an RSA key (RFC 8230, section 4): numbers without leading zeros, both odd.
fn rsa(key: &CoseKey) -> Option<ParsedPublicKey> {
    let [n, e] = parameters(key, KeyType::RSA, [RsaKeyParameter::N, RsaKeyParameter::E])?;
    let (n, e) = (n.as_bytes()?, e.as_bytes()?);
    let is_exponent = e.len() <= MAX_EXPONENT_BYTES && is_odd(e) && e.as_slice() != [1];
    if !is_exponent || !is_odd(n) || !MODULUS_BITS.contains(&bits(n)) {
        return None;
    }
    // Rejects leading zeros. Checks no size, which is why it is checked above.
    RsaPublicKeyComponents { n, e }
        .to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)
        .ok()
}

/// Returns the values of `labels`, if the key is of this type and has these parameters and no others.
fn parameters<const N: usize, L: EnumI64 + Copy>(
    key: &CoseKey,
    key_type: KeyType,
    labels: [L; N],
) -> Option<[&Value; N]> {
    if key.kty != coset::KeyType::Assigned(key_type) || key.params.len() != N {
        return None;
    }
    let mut values = [const { &Value::Null }; N];
    for (place, label) in values.iter_mut().zip(labels) {
        let label = Label::Int(label.to_i64());
        let (_, value) = key.params.iter().find(|(name, _)| *name == label)?;
        *place = value;
    }
    Some(values)
}

fn is_curve(value: &Value, curve: EllipticCurve) -> bool {
    value.as_integer() == Some(curve.to_i64().into())
}

fn bytes(value: &Value, length: usize) -> Option<&[u8]> {
    let bytes = value.as_bytes()?.as_slice();
    (bytes.len() == length).then_some(bytes)
}

fn is_odd(number: &[u8]) -> bool {
    number.last().is_some_and(|byte| byte % 2 == 1)
}

/// The bits of a big-endian number without leading zero bytes.
fn bits(number: &[u8]) -> usize {
    let unused = number.first().map_or(0, |byte| byte.leading_zeros());
    (number.len() * 8).saturating_sub(unused as usize)
}
