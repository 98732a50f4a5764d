//! Reading JSON objects.

use serde::Deserialize;

/// Reads an object of type `T`; `None` for anything else. serde would also accept an array of a struct's values.
///
/// Unknown members are ignored, because later versions of the standard add some (section 5.8.1.1). A known member that
/// occurs twice is rejected, because parsers disagree on which one counts.
pub(super) fn read<T: for<'a> Deserialize<'a>>(text: &[u8]) -> Option<T> {
    let is_object = text.trim_ascii_start().starts_with(b"{");
    is_object.then(|| serde_json::from_slice(text).ok())?
}
