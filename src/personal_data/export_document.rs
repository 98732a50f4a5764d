//! Destinations of exported records: memory up to a limit, or a file without one.

use std::io::{self, Write};

use sea_orm::DbErr;
use serde_json::{Map, Value};

use crate::errors::reason;

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    /// The document exceeds the limit of a request.
    #[error("the document is too large")]
    TooLarge,
    /// The file cannot be written.
    #[error("cannot write the file: {0}")]
    File(#[from] io::Error),
    /// The database failed.
    #[error("{}", reason(.0))]
    Database(#[from] DbErr),
}

/// A JSON object of single values and of lists, which are written one record at a time.
pub(super) trait Document {
    /// Adds a single value.
    fn value(&mut self, key: &'static str, value: Value) -> Result<(), ExportError>;
    /// Begins a list.
    fn begin(&mut self, key: &'static str) -> Result<(), ExportError>;
    /// Adds a record to the list.
    fn record(&mut self, record: Value) -> Result<(), ExportError>;
    /// Ends the list.
    fn end(&mut self) -> Result<(), ExportError>;
}

/// Collects a document in memory, up to a limit.
pub(super) struct InMemory {
    document: Map<String, Value>,
    list: (&'static str, Vec<Value>),
    bytes_left: usize,
}

impl InMemory {
    /// Collects at most `most` bytes of text.
    pub(super) fn new(most: usize) -> Self {
        Self {
            document: Map::new(),
            list: ("", Vec::new()),
            bytes_left: most,
        }
    }

    pub(super) fn finish(self) -> Value {
        Value::Object(self.document)
    }

    fn weigh(&mut self, value: &Value) -> Result<(), ExportError> {
        let bytes = value.to_string().len() + 1;
        let left = self.bytes_left.checked_sub(bytes);
        self.bytes_left = left.ok_or(ExportError::TooLarge)?;
        Ok(())
    }
}

impl Document for InMemory {
    fn value(&mut self, key: &'static str, value: Value) -> Result<(), ExportError> {
        self.weigh(&value)?;
        self.document.insert(key.to_owned(), value);
        Ok(())
    }

    fn begin(&mut self, key: &'static str) -> Result<(), ExportError> {
        self.list = (key, Vec::new());
        Ok(())
    }

    fn record(&mut self, record: Value) -> Result<(), ExportError> {
        self.weigh(&record)?;
        self.list.1.push(record);
        Ok(())
    }

    fn end(&mut self) -> Result<(), ExportError> {
        let (key, records) = std::mem::take(&mut self.list);
        self.document.insert(key.to_owned(), records.into());
        Ok(())
    }
}

/// Writes a document incrementally.
pub(super) struct Written<W> {
    out: W,
    is_first_key: bool,
    is_first_record: bool,
}

impl<W: Write> Written<W> {
    pub(super) fn new(mut out: W) -> Result<Self, ExportError> {
        out.write_all(b"{")?;
        Ok(Self {
            out,
            is_first_key: true,
            is_first_record: true,
        })
    }

    pub(super) fn finish(mut self) -> Result<(), ExportError> {
        self.out.write_all(b"\n}\n")?;
        Ok(self.out.flush()?)
    }

    fn key(&mut self, key: &str) -> Result<(), ExportError> {
        let comma = if self.is_first_key { "" } else { "," };
        self.is_first_key = false;
        Ok(write!(self.out, "{comma}\n{}: ", Value::from(key))?)
    }
}

impl<W: Write> Document for Written<W> {
    fn value(&mut self, key: &'static str, value: Value) -> Result<(), ExportError> {
        self.key(key)?;
        Ok(write!(self.out, "{value}")?)
    }

    fn begin(&mut self, key: &'static str) -> Result<(), ExportError> {
        self.key(key)?;
        self.is_first_record = true;
        Ok(self.out.write_all(b"[")?)
    }

    fn record(&mut self, record: Value) -> Result<(), ExportError> {
        let comma = if self.is_first_record { "" } else { "," };
        self.is_first_record = false;
        Ok(write!(self.out, "{comma}\n{record}")?)
    }

    fn end(&mut self) -> Result<(), ExportError> {
        Ok(self.out.write_all(b"]")?)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Document, ExportError, InMemory, Written};

    fn write(document: &mut impl Document) -> Result<(), ExportError> {
        document.value("account", json!({ "name": "Ann \"\u{e9}\"" }))?;
        document.begin("sessions")?;
        document.record(json!(1))?;
        document.record(json!([2]))?;
        document.end()?;
        document.begin("links")?;
        document.end()
    }

    #[test]
    fn both_make_the_same_document() {
        let mut collected = InMemory::new(100);
        write(&mut collected).unwrap();
        let mut bytes = Vec::new();
        let mut written = Written::new(&mut bytes).unwrap();
        write(&mut written).unwrap();
        written.finish().unwrap();
        let read: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(read, collected.finish());
        assert_eq!(read["sessions"], json!([1, [2]]));
        assert_eq!(read["links"], json!([]));
    }

    #[test]
    fn memory_is_bounded() {
        let mut collected = InMemory::new(20);
        let refused = write(&mut collected);
        assert!(matches!(refused, Err(ExportError::TooLarge)));
    }
}
