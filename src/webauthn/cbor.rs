//! Reading CBOR (RFC 8949).

use ciborium::Value;

/// The maximum nesting of values. An attestation statement with certificates has three levels.
const MAX_DEPTH: usize = 16;

/// Reads the value at the start of `bytes`. Returns it and the bytes behind it, or `None` if it is malformed or too
/// deep.
pub(super) fn read(bytes: &[u8]) -> Option<(Value, &[u8])> {
    let mut rest = bytes;
    let value = ciborium::de::from_reader_with_recursion_limit(&mut rest, MAX_DEPTH).ok()?;
    Some((value, rest))
}

/// Reads `bytes` as a single value with nothing behind it.
pub(super) fn read_all(bytes: &[u8]) -> Option<Value> {
    read(bytes)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(value, _)| value)
}

/// Removes the member `name` of a map and returns its value; `None` if it is missing or occurs twice.
pub(super) fn take(map: &mut Vec<(Value, Value)>, name: &str) -> Option<Value> {
    let is_named = |(key, _): &(Value, Value)| key.as_text() == Some(name);
    let at = map.iter().position(is_named)?;
    let (_, value) = map.swap_remove(at);
    (!map.iter().any(is_named)).then_some(value)
}
