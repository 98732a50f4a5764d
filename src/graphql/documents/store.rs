//! The store of documents.

use std::collections::HashMap;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::document::{Document, DocumentError, Hash, hash_of};
use super::manifest::Manifest;
use crate::app::App;
use crate::graphql::limits::DocumentLimits;
use crate::graphql::schema::root_fields;
use crate::metrics::{Metrics, OperationMetrics};

/// The assumed memory of a document, for the initial capacity.
const USUAL_BYTES: u64 = 16 * 1024;

/// Recently used documents, or the trusted ones.
pub(crate) struct Documents {
    kept: Cache<Hash, Arc<Document>, BySize>,
    trusted: Option<Manifest>,
    max_tokens: usize,
    limits: DocumentLimits,
    metrics: Arc<Metrics>,
    /// By the name of a trusted operation, or of a root field.
    operations: HashMap<String, Arc<OperationMetrics>>,
}

#[derive(Clone)]
struct BySize;

impl Weighter<Hash, Arc<Document>> for BySize {
    fn weight(&self, _: &Hash, document: &Arc<Document>) -> u64 {
        document.size()
    }
}

impl Documents {
    /// Creates an empty store, or loads the configured manifests.
    ///
    /// The error is a message for the operator.
    pub(crate) fn load(app: &App) -> Result<Self, String> {
        let settings = &app.config.limits;
        let limits = DocumentLimits {
            depth: settings.max_depth,
            introspection_depth: settings.max_introspection_depth,
            fields: settings.max_complexity,
            aliases: settings.max_aliases,
            fragments: settings.max_fragments,
            directives: settings.max_directives,
            introspection: settings.introspection,
        };
        let room = settings.document_cache_bytes;
        let items = usize::try_from(room / USUAL_BYTES).unwrap_or(usize::MAX);
        let prepare = |text: &str| Document::prepare(text, settings.max_tokens, &limits);
        let trusted = match settings.trusted_documents.as_slice() {
            [] => None,
            paths => Some(Manifest::read(paths, prepare)?),
        };
        let metrics = app.metrics.clone();
        let names = match &trusted {
            Some(manifest) => manifest.operation_names(),
            None => root_fields(),
        };
        let operations = names.into_iter().map(|name| {
            let measured = metrics.operations.named(&name);
            (name, measured)
        });
        Ok(Self {
            operations: operations.collect(),
            kept: Cache::with_weighter(items, room, BySize),
            trusted,
            max_tokens: settings.max_tokens,
            limits,
            metrics,
        })
    }

    /// Returns the document of a request that contains its `text`, its `id`, or both.
    ///
    /// An id is the SHA-256 of the text in hexadecimal, or the id in a manifest.
    pub(crate) fn find(
        &self,
        text: Option<&str>,
        id: Option<&str>,
    ) -> Result<Arc<Document>, DocumentError> {
        let (document, origin) = match &self.trusted {
            Some(manifest) => (manifest.find(text, id)?, "trusted"),
            None => self.recall(text, id)?,
        };
        self.metrics.requests.documents.increment(origin);
        Ok(document)
    }

    /// Returns the metrics of the operation that a request for `document` executes.
    pub(crate) fn metrics_of(
        &self,
        document: &Document,
        operation_name: Option<&str>,
    ) -> &Arc<OperationMetrics> {
        let name = match &self.trusted {
            Some(_) => document.name_of(operation_name),
            None => document.root_field(operation_name),
        };
        let measured = name.and_then(|name| self.operations.get(name));
        measured.unwrap_or_else(|| self.metrics.operations.other())
    }

    fn recall(
        &self,
        text: Option<&str>,
        id: Option<&str>,
    ) -> Result<(Arc<Document>, &'static str), DocumentError> {
        let asked_for = id.map(hash_in);
        let Some(text) = text else {
            let hash = asked_for.flatten().ok_or(DocumentError::Unknown)?;
            let found = self.kept.get(&hash).ok_or(DocumentError::Unknown)?;
            return Ok((found, "cached"));
        };
        let hash = hash_of(text);
        if asked_for.is_some_and(|asked_for| asked_for != Some(hash)) {
            return Err(DocumentError::OtherHash);
        }
        if let Some(found) = self.kept.get(&hash) {
            return Ok((found, "cached"));
        }
        let document = Document::prepare(text, self.max_tokens, &self.limits)?;
        Ok((Arc::new(document), "parsed"))
    }

    /// Caches a document that proved valid. Less used ones are evicted.
    pub(in crate::graphql) fn keep(&self, document: &Arc<Document>) {
        if self.trusted.is_none() {
            self.kept.insert(document.hash(), document.clone());
        }
    }
}

/// Parses a hash in hexadecimal.
pub(super) fn hash_in(id: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    hex::decode_to_slice(id, &mut hash).ok()?;
    Some(hash)
}
