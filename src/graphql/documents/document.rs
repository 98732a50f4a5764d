//! A document: its parsed form and its properties.

use std::sync::OnceLock;

use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationType, Selection, SelectionSet,
};
use async_graphql::parser::{self, parse_query};
use async_graphql::{Name, ServerError, ValidationResult, Variables};
use aws_lc_rs::digest::{SHA256, digest};

use crate::graphql::limits::{
    DocumentLimits, LimitExceeded, Unparsable, asks_about_schema, check_tokens, chosen_operation,
    validate,
};

/// The approximate memory of one parsed token in bytes, for a field with a distinct name.
const TOKEN_BYTES: usize = 320;

/// The SHA-256 of a document's text.
pub(crate) type Hash = [u8; 32];

/// Why there is no document to execute.
#[derive(Debug)]
pub(crate) enum DocumentError {
    /// The text is not GraphQL.
    Syntax(Box<ServerError>),
    /// The document exceeds a limit.
    LimitExceeded(LimitExceeded),
    /// It uses introspection, which is disabled.
    IntrospectionDisabled,
    /// It was requested by its hash, which is unknown.
    Unknown,
    /// The hash belongs to another text.
    OtherHash,
    /// Only the documents of a manifest are executed, and this is not one of them.
    Untrusted,
}

/// A document within the limits.
pub(crate) struct Document {
    hash: Hash,
    /// The approximate memory in bytes.
    size: usize,
    parsed: ExecutableDocument,
    /// Whether its cost depends on the variables.
    varies: bool,
    valid: OnceLock<ValidationResult>,
}

impl Document {
    /// Counts the tokens of `text`, parses it and checks its limits.
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

    /// Returns the hash by which it is found.
    pub(super) fn hash(&self) -> Hash {
        self.hash
    }

    /// Returns the approximate memory in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size as u64
    }

    /// Returns a copy of the parsed form, which the framework consumes.
    pub(crate) fn parsed(&self) -> ExecutableDocument {
        self.parsed.clone()
    }

    /// Returns whether the operation that runs is a query; false if the operation is ambiguous.
    pub(crate) fn only_reads(&self, operation_name: Option<&str>) -> bool {
        let operation = chosen_operation(&self.parsed, operation_name);
        operation.is_some_and(|operation| operation.ty == OperationType::Query)
    }

    /// Returns the names of the operations in the document.
    pub(super) fn operation_names(&self) -> impl Iterator<Item = &str> {
        let names = self.parsed.operations.iter().map(|(name, _)| name);
        names.flatten().map(Name::as_str)
    }

    /// Returns the name of the operation that runs, if it has one.
    pub(super) fn name_of(&self, operation_name: Option<&str>) -> Option<&str> {
        chosen_operation(&self.parsed, operation_name)?;
        self.operation_names()
            .find(|name| operation_name.is_none_or(|chosen| chosen == *name))
    }

    /// Returns the name of the field of the operation that runs, if it has only one.
    pub(super) fn root_field(&self, operation_name: Option<&str>) -> Option<&str> {
        let operation = chosen_operation(&self.parsed, operation_name)?;
        match &*operation.selection_set.node.items {
            [only] => field_name(&only.node),
            _ => None,
        }
    }

    /// Returns whether the operation that runs is a sign-in, whatever else it does.
    pub(crate) fn signs_in(&self, operation_name: Option<&str>) -> bool {
        let operation = chosen_operation(&self.parsed, operation_name);
        let selected = operation.map(|it| it.selection_set.node.items.iter());
        let mut names = selected
            .into_iter()
            .flatten()
            .filter_map(|it| field_name(&it.node));
        names.any(|name| name == "login")
    }

    /// Adds the defaults of the operation to `variables`. The framework does so for arguments, but not for `@skip` and
    /// `@include` (GraphQL October 2021, section 6.1.2).
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

    /// Returns the validation result if it holds for all variables.
    pub(in crate::graphql) fn valid(&self) -> Option<ValidationResult> {
        self.valid.get().copied()
    }

    /// Stores the validation result.
    pub(in crate::graphql) fn note_valid(&self, result: ValidationResult) {
        if !self.varies {
            // Two concurrent requests may validate it first, with the same result.
            let _told_before = self.valid.set(result);
        }
    }
}

fn field_name(selection: &Selection) -> Option<&str> {
    match selection {
        Selection::Field(field) => Some(&field.node.name.node),
        _ => None,
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

/// Returns the SHA-256 of `text`.
pub(super) fn hash_of(text: &str) -> Hash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    hash
}

/// Returns whether a variable is used outside an argument called `input`. Variables of `input` are checked against
/// their types in every request. Others may determine the length of a list, and so the cost.
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

/// Returns the position and cause of a syntax error. The parser's own text contains the whole line, which may be the
/// whole body; its last line says what was expected.
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
