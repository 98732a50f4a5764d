//! The manifests of trusted documents, which list everything that a front end's build will send.
//!
//! Two formats are read: Apollo's `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id",
//! "body", …}]}`, and an object from ids to texts, as graphql-codegen and Relay write.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::document::{Document, DocumentError, Hash, hash_of};
use super::store::hash_in;

/// All trusted documents, by the id in their manifest and by their hash.
pub(super) struct Manifest {
    by_id: HashMap<String, Arc<Document>>,
    by_hash: HashMap<Hash, Arc<Document>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Form {
    Apollo(Apollo),
    Plain(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Apollo {
    format: String,
    version: u32,
    operations: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Manifest {
    /// Reads `paths` and prepares every document. A document that cannot be parsed or exceeds a limit is an error.
    /// Validation against the schema follows at a document's first use.
    ///
    /// The error is a message for the operator.
    pub(super) fn read(
        paths: &[PathBuf],
        prepare: impl Fn(&str) -> Result<Document, DocumentError>,
    ) -> Result<Self, String> {
        let mut manifest = Self {
            by_id: HashMap::new(),
            by_hash: HashMap::new(),
        };
        for path in paths {
            let unusable = |why: String| {
                format!(
                    "cannot use GATEHOUSE_TRUSTED_DOCUMENTS {}: {why}",
                    path.display()
                )
            };
            for (id, text) in entries(path).map_err(unusable)? {
                let document = prepare(&text)
                    .map_err(|unfit| unusable(format!("document {id}: {}", sentence(&unfit))))?;
                let document = Arc::new(document);
                let known = manifest.by_id.insert(id.clone(), document.clone());
                if known.is_some_and(|known| known.hash() != document.hash()) {
                    return Err(unusable(format!("two documents have the id {id}")));
                }
                manifest.by_hash.insert(document.hash(), document);
            }
        }
        Ok(manifest)
    }

    /// Returns the names of the operations in the documents.
    pub(super) fn operation_names(&self) -> HashSet<String> {
        let documents = self.by_hash.values();
        documents
            .flat_map(|document| document.operation_names())
            .map(str::to_owned)
            .collect()
    }

    /// Returns the trusted document with this text or id. If both are given, they must match: software that trusts the
    /// id would otherwise see another document than the one that runs.
    pub(super) fn find(
        &self,
        text: Option<&str>,
        id: Option<&str>,
    ) -> Result<Arc<Document>, DocumentError> {
        let Some(text) = text else {
            let found = id.and_then(|id| self.known_by(id));
            return found.cloned().ok_or(DocumentError::Untrusted);
        };
        let found = self
            .by_hash
            .get(&hash_of(text))
            .ok_or(DocumentError::Untrusted)?;
        if id.is_some_and(|id| !self.is_known_by(found, id)) {
            return Err(DocumentError::OtherHash);
        }
        Ok(found.clone())
    }

    /// The id in a manifest takes precedence over a hash, because it may look like one.
    fn known_by(&self, id: &str) -> Option<&Arc<Document>> {
        let by_hash = || self.by_hash.get(&hash_in(id)?);
        self.by_id.get(id).or_else(by_hash)
    }

    fn is_known_by(&self, document: &Document, id: &str) -> bool {
        let known = self.known_by(id);
        known.is_some_and(|known| known.hash() == document.hash())
    }
}

fn entries(path: &Path) -> Result<Vec<(String, String)>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let form = serde_json::from_str(&text).map_err(|_| {
        "it is neither Apollo's persisted query manifest nor a JSON object from identifiers to documents"
            .to_owned()
    })?;
    match form {
        Form::Plain(documents) => Ok(documents.into_iter().collect()),
        Form::Apollo(Apollo {
            format,
            version: 1,
            operations,
        }) if format == "apollo-persisted-query-manifest" => Ok(operations
            .into_iter()
            .map(|operation| (operation.id, operation.body))
            .collect()),
        Form::Apollo(Apollo {
            format, version, ..
        }) => Err(format!(
            "the format {format}, version {version}, is not known"
        )),
    }
}

fn sentence(unfit: &DocumentError) -> String {
    match unfit {
        DocumentError::Syntax(error) => error.message.clone(),
        DocumentError::LimitExceeded(exceeded) => exceeded.0.clone(),
        DocumentError::IntrospectionDisabled => {
            "it uses introspection, and GATEHOUSE_INTROSPECTION is off".to_owned()
        }
        DocumentError::Unknown | DocumentError::OtherHash | DocumentError::Untrusted => {
            "it cannot be used".to_owned()
        }
    }
}
