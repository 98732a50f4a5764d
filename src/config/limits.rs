//! Settings of request limits and of what is exposed.

use std::path::PathBuf;
use std::time::Duration;

use super::reader::Reader;

/// Limits on requests.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The maximum size of a request body in bytes.
    pub max_body_bytes: usize,
    /// The maximum duration of a request, including its body.
    pub request_timeout: Duration,
    /// The maximum number of tokens of a document.
    pub max_tokens: usize,
    /// The maximum depth of a document.
    pub max_depth: usize,
    /// The maximum depth of an introspection query.
    pub max_introspection_depth: usize,
    /// The maximum number of aliased fields.
    pub max_aliases: usize,
    /// The maximum number of fragment definitions.
    pub max_fragments: usize,
    /// The maximum complexity of a document.
    pub max_complexity: usize,
    /// The maximum number of directives on one field.
    pub max_directives: usize,
    /// The approximate memory limit of the cache of parsed documents, in bytes.
    pub document_cache_bytes: u64,
    /// Manifests of trusted documents. If there are any, only their documents are executed.
    pub trusted_documents: Vec<PathBuf>,
    /// Whether `/graphiql` is served.
    pub graphiql: bool,
    /// Whether introspection is enabled.
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
