//! One document: its parsed form, and what is known of it.

use std::sync::OnceLock;

use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationType, Selection, SelectionSet,
};
use async_graphql::parser::{self, parse_query};
use async_graphql::{ServerError, ValidationResult, Variables};
use aws_lc_rs::digest::{SHA256, digest};

use crate::graphql::limits::{
    DocumentLimits, LimitExceeded, Unparsable, asks_about_schema, check_tokens, chosen_operation,
    validate,
};

/// What one token comes to in memory once it is parsed, in bytes: a field with a name of its own.
const TOKEN_BYTES: usize = 320;

/// The SHA-256 of a document's text.
pub(crate) type Hash = [u8; 32];

/// Why there is no document to execute.
#[derive(Debug)]
pub(crate) enum DocumentError {
    /// It is no GraphQL.
    Syntax(Box<ServerError>),
    /// It asks for more than a request may.
    LimitExceeded(LimitExceeded),
    /// It asks the schema about itself, which is disabled.
    IntrospectionDisabled,
    /// It was asked for by its hash, and is not here.
    Unknown,
    /// The hash sent along is another text's.
    OtherHash,
    /// Only the documents of a manifest are executed, and it is none of them.
    Untrusted,
}

/// A document that may be executed as far as its size goes.
pub(crate) struct Document {
    hash: Hash,
    /// What it takes in memory, in bytes, roughly.
    size: usize,
    parsed: ExecutableDocument,
    /// Whether its cost hangs on the variables sent along.
    varies: bool,
    valid: OnceLock<ValidationResult>,
}

impl Document {
    /// Measures `text`, parses it, and judges what it asks for.
    pub(super) fn prepare(
        text: &str,
        max_tokens: usize,
        limits: &DocumentLimits,
    ) -> Result<Self, DocumentError> {
        let tokens = check_tokens(text, max_tokens).map_err(|why| unparsed(why, max_tokens))?;
        let parsed =
            parse_query(text).map_err(|error| DocumentError::Syntax(Box::new(syntax(&error))))?;
        if !limits.introspection && asks_about_schema(&parsed) {
            return Err(DocumentError::IntrospectionDisabled);
        }
        validate(&parsed, limits).map_err(DocumentError::LimitExceeded)?;
        Ok(Self {
            hash: hash_of(text),
            size: text.len() + tokens * TOKEN_BYTES,
            varies: varies(&parsed),
            parsed,
            valid: OnceLock::new(),
        })
    }

    /// What it is found by.
    pub(super) fn hash(&self) -> Hash {
        self.hash
    }

    /// What it takes in memory, in bytes, roughly.
    pub(super) fn size(&self) -> u64 {
        self.size as u64
    }

    /// Its parsed form, for the framework to take apart.
    pub(crate) fn parsed(&self) -> ExecutableDocument {
        self.parsed.clone()
    }

    /// Returns whether the operation that runs is a query. Where it is open which one runs, it is not.
    pub(crate) fn only_reads(&self, operation_name: Option<&str>) -> bool {
        let operation = chosen_operation(&self.parsed, operation_name);
        operation.is_some_and(|operation| operation.ty == OperationType::Query)
    }

    /// Adds the defaults of the operation that runs to `variables`. The framework does so for arguments, and
    /// not for `@skip` and `@include` (GraphQL October 2021, section 6.1.2).
    pub(crate) fn add_defaults(&self, operation_name: Option<&str>, variables: &mut Variables) {
        let operation = chosen_operation(&self.parsed, operation_name);
        let definitions = operation
            .into_iter()
            .flat_map(|it| &it.variable_definitions);
        for definition in definitions {
            if let Some(value) = &definition.node.default_value {
                let name = definition.node.name.node.clone();
                variables.entry(name).or_insert_with(|| value.node.clone());
            }
        }
    }

    /// What validation said, if that holds whatever variables are sent along.
    pub(super) fn valid(&self) -> Option<ValidationResult> {
        self.valid.get().copied()
    }

    /// Notes what validation said.
    pub(super) fn note_valid(&self, result: ValidationResult) {
        if !self.varies {
            // Two requests may be the first; they were told the same.
            let _told_before = self.valid.set(result);
        }
    }
}

fn unparsed(unparsable: Unparsable, max_tokens: usize) -> DocumentError {
    DocumentError::LimitExceeded(LimitExceeded(match unparsable {
        Unparsable::TooLong => {
            format!("The document has too many tokens: at most {max_tokens} are accepted.")
        }
        Unparsable::TooDeep => "The document's brackets are nested too deep.".to_owned(),
        Unparsable::LongName => "A name in the document is too long.".to_owned(),
        Unparsable::EndlessString => {
            let message = "Syntax error: a block string does not end.";
            return DocumentError::Syntax(Box::new(ServerError::new(message, None)));
        }
    }))
}

/// The SHA-256 of `text`.
pub(super) fn hash_of(text: &str) -> Hash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    hash
}

/// Returns whether a variable stands anywhere but in an argument called `input`. Those are checked against their types
/// in every request; others may say how long a list is, and so what it costs.
fn varies(document: &ExecutableDocument) -> bool {
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).any(set_varies)
}

fn set_varies(set: &SelectionSet) -> bool {
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => field_varies(&field.node),
        Selection::FragmentSpread(_) => false,
        Selection::InlineFragment(fragment) => set_varies(&fragment.node.selection_set.node),
    })
}

fn field_varies(field: &Field) -> bool {
    let by_argument = field.arguments.iter().any(|(name, value)| {
        let is_constant = value.node.clone().into_const().is_some();
        name.node != "input" && !is_constant
    });
    by_argument || set_varies(&field.selection_set.node)
}

/// What the parser stumbled over, and where. Its own text draws the whole line, which may be the whole
/// body; only its last line says what was expected.
fn syntax(error: &parser::Error) -> ServerError {
    let (text, position) = match error {
        parser::Error::Syntax { message, start, .. } => (
            message
                .rsplit("= ")
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            Some(*start),
        ),
        other => (other.to_string(), other.positions().next()),
    };
    let short: String = text.chars().take(200).collect();
    ServerError::new(format!("Syntax error: {short}."), position)
}
