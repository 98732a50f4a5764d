//! Invariants of the document checks, for any input.
//!
//! The parser is the reference: a text that passed has no more parts and no deeper brackets than were counted, and a
//! checked document is within its limits even with every spread expanded.
#![expect(clippy::missing_panics_doc, reason = "to panic is what they are for")]

use std::collections::HashMap;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Name, Positioned, Value};

use super::document::{DocumentLimits, REPEATABLE, validate};
use super::tokens::{MAX_DEPTH, Unparsable, check_tokens};

const LIMITS: DocumentLimits = DocumentLimits {
    depth: 10,
    introspection_depth: 20,
    introspection: true,
    fields: 1000,
    aliases: 15,
    fragments: 10,
    directives: 5,
};
/// The default of `GATEHOUSE_MAX_TOKENS`.
const MAX_TOKENS: usize = 2000;

/// Counts, parses and checks a document.
pub fn documents(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let checked = check_tokens(&text, text.len());
    assert_ne!(checked, Err(Unparsable::TooLong), "a token has a byte");
    let Ok(count) = check_tokens(&text, MAX_TOKENS) else {
        return;
    };
    assert_eq!(checked, Ok(count), "whatever is allowed");
    let Ok(document) = parse_query(&text) else {
        return;
    };
    let written = Written::of(&document);
    assert!(
        written.parts <= count,
        "{} parts of {count} tokens",
        written.parts
    );
    assert!(written.depth <= MAX_DEPTH, "{} levels", written.depth);
    if validate(&document, &LIMITS).is_ok() {
        check_judged(&document);
    }
}

/// A document as text: a lower bound of its tokens and the depth of its brackets.
#[derive(Default)]
struct Written {
    parts: usize,
    depth: usize,
}

impl Written {
    fn of(document: &ExecutableDocument) -> Self {
        let mut written = Self::default();
        for (_, operation) in document.operations.iter() {
            written.directives(&operation.node.directives);
            written.parts += 3 * operation.node.variable_definitions.len();
            written.set(&operation.node.selection_set.node, 1);
        }
        for fragment in document.fragments.values() {
            written.parts += 4;
            written.directives(&fragment.node.directives);
            written.set(&fragment.node.selection_set.node, 1);
        }
        written
    }

    fn set(&mut self, set: &SelectionSet, depth: usize) {
        self.parts += 2;
        self.depth = self.depth.max(depth);
        for item in &set.items {
            self.directives(item.node.directives());
            match &item.node {
                Selection::Field(field) => self.field(&field.node, depth),
                Selection::FragmentSpread(_) => self.parts += 2,
                Selection::InlineFragment(inline) => {
                    self.parts += 1;
                    self.set(&inline.node.selection_set.node, depth + 1);
                }
            }
        }
    }

    fn field(&mut self, field: &Field, depth: usize) {
        self.parts += 1 + 2 * usize::from(field.alias.is_some());
        for (_, value) in &field.arguments {
            self.parts += 2;
            // A variable is two tokens but is counted as one here.
            let value = value
                .node
                .clone()
                .into_const_with(|_| Ok::<_, ()>(Value::Null));
            self.value(&value.unwrap_or_default(), depth + 1);
        }
        if !field.selection_set.node.items.is_empty() {
            self.set(&field.selection_set.node, depth + 1);
        }
    }

    fn value(&mut self, value: &Value, depth: usize) {
        self.depth = self.depth.max(depth);
        match value {
            Value::List(items) => {
                self.parts += 2;
                for item in items {
                    self.value(item, depth + 1);
                }
            }
            Value::Object(fields) => {
                self.parts += 2 + 2 * fields.len();
                for item in fields.values() {
                    self.value(item, depth + 1);
                }
            }
            _ => self.parts += 1,
        }
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        for directive in directives {
            self.parts += 2 + 3 * directive.node.arguments.len();
        }
    }
}

/// The cost of an operation with every spread expanded.
#[derive(Default)]
struct Executed {
    steps: usize,
    fields: usize,
    aliases: usize,
    depth: usize,
    root: Vec<String>,
}

fn check_judged(document: &ExecutableDocument) {
    assert!(document.fragments.len() <= LIMITS.fragments);
    for (_, operation) in document.operations.iter() {
        let mut executed = Executed::default();
        let set = &operation.node.selection_set.node;
        executed.walk(&document.fragments, set, (0, false));
        assert!(
            executed.fields <= LIMITS.fields,
            "{} fields",
            executed.fields
        );
        assert!(
            executed.aliases <= LIMITS.aliases,
            "{} aliases",
            executed.aliases
        );
        assert!(executed.depth <= LIMITS.depth, "{} levels", executed.depth);
        let is_alone = |name: &String| !REPEATABLE.contains(&name.as_str());
        if operation.node.ty == OperationType::Mutation && executed.root.iter().any(is_alone) {
            assert_eq!(executed.root.len(), 1, "{:?}", executed.root);
        }
    }
}

impl Executed {
    fn walk(
        &mut self,
        fragments: &HashMap<Name, Positioned<FragmentDefinition>>,
        set: &SelectionSet,
        (depth, is_introspection): (usize, bool),
    ) {
        for item in &set.items {
            self.steps += 1;
            // One path to each field, through every fragment and bracket.
            let most = (LIMITS.fields + 1) * (LIMITS.fragments + 1) * MAX_DEPTH;
            assert!(self.steps <= most, "it fans out");
            match &item.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    self.fields += 1;
                    self.aliases += usize::from(field.alias.is_some());
                    if depth == 0 {
                        self.root.push(field.name.node.to_string());
                    }
                    if !is_introspection {
                        self.depth = self.depth.max(depth + 1);
                    }
                    let below = is_introspection || field.name.node.starts_with("__");
                    self.walk(fragments, &field.selection_set.node, (depth + 1, below));
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                        let set = &fragment.node.selection_set.node;
                        self.walk(fragments, set, (depth, is_introspection));
                    }
                }
                Selection::InlineFragment(inline) => {
                    let set = &inline.node.selection_set.node;
                    self.walk(fragments, set, (depth, is_introspection));
                }
            }
        }
    }
}
