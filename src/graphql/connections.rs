//! Cursor pagination after the Relay specification: opaque cursors, keyset paging.

use async_graphql::connection::{Connection, CursorType, Edge};
use async_graphql::{Error, OutputType};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::context::ContextExt;
use crate::db::{Page, Place};
use crate::errors::OperationError;

/// The page size if the request names none.
pub(super) const DEFAULT_FIRST: i32 = 20;
/// The largest page size.
const MAX_FIRST: i32 = 100;

/// The position of a record in a list that is ordered by time and, within a moment, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// When the record was created, in whole milliseconds.
    pub(super) at: DateTime<Utc>,
    /// The record's id.
    pub(super) id: Uuid,
}

impl CursorType for Cursor {
    type Error = &'static str;

    fn decode_cursor(text: &str) -> Result<Self, Self::Error> {
        let unknown = "not a cursor of this list";
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| unknown)?;
        let (at, id) = bytes.split_first_chunk::<8>().ok_or(unknown)?;
        let at = DateTime::from_timestamp_millis(i64::from_be_bytes(*at)).ok_or(unknown)?;
        // Databases cannot compare with years outside this range.
        let plausible = (0..253_402_300_800).contains(&at.timestamp());
        let id = Uuid::from_slice(id).map_err(|_| unknown)?;
        plausible.then_some(Self { at, id }).ok_or(unknown)
    }

    fn encode_cursor(&self) -> String {
        let at = self.at.timestamp_millis().to_be_bytes();
        BASE64_URL_SAFE_NO_PAD.encode([at.as_slice(), self.id.as_bytes().as_slice()].concat())
    }
}

/// The requested page.
pub(super) struct PageArguments {
    /// How many records to return.
    first: u64,
    /// The record after which the page starts.
    after: Option<Cursor>,
}

impl PageArguments {
    /// Returns how many records the page holds, and the place after which it starts.
    pub(super) fn place(&self) -> (u64, Option<Place>) {
        (self.first, self.after.map(|Cursor { at, id }| (at, id)))
    }

    /// Converts a page that was read at [`PageArguments::place`].
    pub(super) fn connection<T, N: OutputType>(
        &self,
        page: Page<T>,
        place: impl Fn(&T) -> Place,
        node: impl Fn(T) -> N,
    ) -> Connection<Cursor, N> {
        let mut connection = Connection::new(self.after.is_some(), page.has_more);
        let edges = page.items.into_iter().map(|item| {
            let (at, id) = place(&item);
            Edge::new(Cursor { at, id }, node(item))
        });
        connection.edges.extend(edges);
        connection
    }
}

/// Parses `first` and `after`, or rejects them with what is accepted.
pub(super) fn page_arguments(
    ctx: &async_graphql::Context<'_>,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<PageArguments, Error> {
    let refused = |message: String| ctx.refuse(OperationError::BadRequest(message));
    let asked = first.unwrap_or(DEFAULT_FIRST);
    let first = u64::try_from(asked)
        .ok()
        .filter(|_| (1..=MAX_FIRST).contains(&asked))
        .ok_or_else(|| {
            refused(format!(
                "`first` must be a number from 1 to {MAX_FIRST}, not {asked}."
            ))
        })?;
    let after = after
        .map(Cursor::decode_cursor)
        .transpose()
        .map_err(|_| refused("`after` must be an `endCursor` returned by this list.".to_owned()))?;
    Ok(PageArguments { first, after })
}

#[cfg(test)]
mod tests {
    use async_graphql::connection::CursorType as _;
    use base64::Engine as _;
    use chrono::DateTime;
    use uuid::Uuid;

    use super::Cursor;

    #[test]
    fn a_cursor_survives_the_way_through_text() {
        let at = DateTime::from_timestamp_millis(1_790_000_000_123).unwrap();
        let cursor = Cursor {
            at,
            id: Uuid::from_u128(9),
        };
        assert_eq!(Cursor::decode_cursor(&cursor.encode_cursor()), Ok(cursor));
    }

    #[test]
    fn nothing_else_is_a_cursor() {
        let far = [i64::MAX.to_be_bytes().as_slice(), &[0; 16]].concat();
        let far = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(far);
        for text in ["", "x", "AAAA", "%%%%", &far, &"A".repeat(1000)] {
            assert!(Cursor::decode_cursor(text).is_err(), "{text}");
        }
    }
}
