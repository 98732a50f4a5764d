//! Invariants of cursors and documents, for any input.
#![expect(clippy::missing_panics_doc, reason = "to panic is what they are for")]

use async_graphql::connection::CursorType as _;

use super::connections::Cursor;
pub use super::limits::invariants::documents;

/// A cursor has exactly one spelling.
pub fn cursors(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(cursor) = Cursor::decode_cursor(&text) {
        assert_eq!(cursor.encode_cursor(), text);
        assert_eq!(Cursor::decode_cursor(&text), Ok(cursor));
    }
}
