//! Bounds on what one request may ask for, and what is shown to whom.

use std::path::PathBuf;
use std::time::Duration;

use super::reader::Reader;

/// Bounds on requests.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Most bytes of a request body.
    pub max_body_bytes: usize,
    /// How long a request may take, its body included.
    pub request_timeout: Duration,
    /// Most tokens of a document.
    pub max_tokens: usize,
    /// Deepest nesting of a document.
    pub max_depth: usize,
    /// Deepest nesting of questions about the schema.
    pub max_introspection_depth: usize,
    /// Most fields under another name than their own.
    pub max_aliases: usize,
    /// Most definitions of fragments.
    pub max_fragments: usize,
    /// Most fields of a document.
    pub max_complexity: usize,
    /// Most directives on one field.
    pub max_directives: usize,
    /// What parsed documents that are kept may take in memory, in bytes, roughly.
    pub document_cache_bytes: u64,
    /// Manifests of the documents that alone are executed; all are where there is none.
    pub trusted_documents: Vec<PathBuf>,
    /// Whether `/graphiql` is served.
    pub graphiql: bool,
    /// Whether the schema answers questions about itself.
    pub introspection: bool,
}

impl Limits {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let max_body_bytes = reader.number("GATEHOUSE_MAX_BODY_BYTES", 1024, 16 * 1024 * 1024);
        let request_timeout = reader.duration("GATEHOUSE_REQUEST_TIMEOUT", "1s", "5m");
        let max_tokens = reader.number("GATEHOUSE_MAX_TOKENS", 100, 100_000);
        let max_introspection_depth = reader.number("GATEHOUSE_MAX_INTROSPECTION_DEPTH", 5, 32);
        let max_aliases = reader.number("GATEHOUSE_MAX_ALIASES", 0, 1000);
        let max_fragments = reader.number("GATEHOUSE_MAX_FRAGMENTS", 0, 1000);
        let max_depth = reader.number("GATEHOUSE_MAX_DEPTH", 5, 32);
        let max_complexity = reader.number("GATEHOUSE_MAX_COMPLEXITY", 50, 100_000);
        let max_directives = reader.number("GATEHOUSE_MAX_DIRECTIVES", 1, 100);
        let document_cache_bytes =
            reader.number("GATEHOUSE_DOCUMENT_CACHE_BYTES", 1 << 20, 1 << 30);
        let trusted_documents = reader.parsed(
            "GATEHOUSE_TRUSTED_DOCUMENTS",
            "the paths of manifests, separated by commas, such as web.json,mobile.json",
            files,
        );
        let graphiql = reader.switch("GATEHOUSE_GRAPHIQL");
        let introspection = reader.switch("GATEHOUSE_INTROSPECTION");
        Some(Self {
            max_body_bytes: max_body_bytes?,
            request_timeout: request_timeout?,
            max_tokens: max_tokens?,
            max_depth: max_depth?,
            max_introspection_depth: max_introspection_depth?,
            max_aliases: max_aliases?,
            max_fragments: max_fragments?,
            max_complexity: max_complexity?,
            max_directives: max_directives?,
            document_cache_bytes: document_cache_bytes?,
            trusted_documents: trusted_documents?,
            graphiql: graphiql?,
            introspection: introspection?,
        })
    }
}

/// Paths of files that are there.
fn files(text: &str) -> Option<Vec<PathBuf>> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| Some(PathBuf::from(item)).filter(|path| path.is_file()))
        .collect()
}
