//! Settings of the GraphQL endpoint.

use super::{Setting, by_profile, plain, settings};

/// GraphQL
///
/// Gatehouse rejects a document that exceeds one of these limits before it executes anything.
pub(super) const GRAPHQL: &[Setting] = settings![
    /// Whether GraphiQL is served at `/graphiql`: `on` or `off`.
    by_profile("GATEHOUSE_GRAPHIQL", "on", "off"),
    /// Whether introspection queries are answered: `on` or `off`.
    by_profile("GATEHOUSE_INTROSPECTION", "on", "off"),
    /// The maximum number of tokens in a document, 100 to 100000.
    plain("GATEHOUSE_MAX_TOKENS", "2000"),
    /// The maximum nesting of a document, 5 to 32.
    plain("GATEHOUSE_MAX_DEPTH", "10"),
    /// The maximum nesting of an introspection query, 5 to 32.
    plain("GATEHOUSE_MAX_INTROSPECTION_DEPTH", "20"),
    /// The maximum number of aliases in a document, 0 to 1000.
    plain("GATEHOUSE_MAX_ALIASES", "15"),
    /// The maximum number of fragment definitions, 0 to 1000.
    plain("GATEHOUSE_MAX_FRAGMENTS", "10"),
    /// The maximum number of fields, 50 to 100000. A fragment's fields count each time it is spread.
    plain("GATEHOUSE_MAX_COMPLEXITY", "1000"),
    /// The maximum number of directives on one field, 1 to 100.
    plain("GATEHOUSE_MAX_DIRECTIVES", "5"),
    /// The approximate memory for parsed documents, including persisted queries, 1048576 to 1073741824.
    plain("GATEHOUSE_DOCUMENT_CACHE_BYTES", "16777216"),
    /// The manifests of trusted documents, separated by commas. With it, Gatehouse executes no other document: see
    /// [Persisted queries](../integrate/persisted-queries.md#trusted-documents).
    plain("GATEHOUSE_TRUSTED_DOCUMENTS", ""),
];
