//! The cost of a document, computed before the framework sees it and in time linear in its size.
//!
//! The framework walks a document with every spread of every fragment and checks its limits afterwards: a few hundred
//! bytes of fragments that spread each other twice occupy it for hours. Here each fragment is measured once and
//! multiplied by its number of spreads.

use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Name, Positioned};

/// The limits of a document.
#[derive(Clone, Debug)]
pub(crate) struct DocumentLimits {
    /// The depth of fields.
    pub(crate) depth: usize,
    /// The depth of fields below `__schema` and `__type`.
    pub(crate) introspection_depth: usize,
    /// The number of fields; those of a fragment are counted for every spread.
    pub(crate) fields: usize,
    /// The number of aliased fields.
    pub(crate) aliases: usize,
    /// The number of fragment definitions.
    pub(crate) fragments: usize,
    /// The number of directives at one place.
    pub(crate) directives: usize,
    /// Whether introspection is enabled.
    pub(crate) introspection: bool,
}

/// The mutation fields that may appear beside others. Any other field, including new ones, must be sent alone: most
/// check a credential or cause an email, which is limited to one for each request.
pub(super) const REPEATABLE: [&str; 5] = [
    "__typename",
    "logout",
    "revokeSession",
    "revokeOtherSessions",
    "cancelEmailChange",
];

/// The lists of the introspection schema. Nested, they multiply: a type's interfaces, their possible types, and the
/// interfaces of those.
const LISTS: [&str; 8] = [
    "types",
    "fields",
    "args",
    "inputFields",
    "interfaces",
    "possibleTypes",
    "enumValues",
    "directives",
];

/// How many of them may be nested. Tools query the arguments of the fields of the types.
const NESTED_LISTS: usize = 3;

/// Why a document exceeds the limits, as a message for its author.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LimitExceeded(pub(crate) String);

/// The cost of a selection set, including its fragments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    fields: usize,
    aliases: usize,
    depth: usize,
    introspection_depth: usize,
    /// The nesting of [`LISTS`].
    lists: usize,
    /// The nesting below `__schema` and `__type`.
    introspection_lists: usize,
    /// The fields of the set itself, including its fragments: the root fields of an operation.
    own_fields: usize,
    /// Those that must be sent alone.
    own_alone: usize,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.own_fields = self.own_fields.saturating_add(other.own_fields);
        self.own_alone = self.own_alone.saturating_add(other.own_alone);
        self.depth = self.depth.max(other.depth);
        self.introspection_depth = self.introspection_depth.max(other.introspection_depth);
        self.lists = self.lists.max(other.lists);
        self.introspection_lists = self.introspection_lists.max(other.introspection_lists);
    }
}

/// Checks every operation of `document`.
pub(crate) fn validate(
    document: &ExecutableDocument,
    limits: &DocumentLimits,
) -> Result<(), LimitExceeded> {
    at_most(
        "fragment definitions",
        document.fragments.len(),
        limits.fragments,
    )?;
    let mut scales = Scales {
        fragments: &document.fragments,
        weighed: HashMap::new(),
        directives: limits.directives,
    };
    let mut all = Weight::default();
    for (_, operation) in document.operations.iter() {
        scales.check_directives(operation.node.directives.len())?;
        for variable in &operation.node.variable_definitions {
            scales.check_directives(variable.node.directives.len())?;
        }
        let weight = scales.selection(&operation.node.selection_set.node)?;
        check_root(&operation.node, &weight)?;
        all.add(weight);
    }
    // Unused fragments are checked, too.
    for name in document.fragments.keys() {
        let weight = scales.fragment(name)?;
        all.fields = all.fields.max(weight.fields);
    }
    at_most("fields", all.fields, limits.fields)?;
    at_most("aliases", all.aliases, limits.aliases)?;
    at_most("levels of fields", all.depth, limits.depth)?;
    at_most(
        "levels of introspection",
        all.introspection_depth,
        limits.introspection_depth,
    )?;
    at_most(
        "nested introspection lists",
        all.introspection_lists,
        NESTED_LISTS,
    )
}

fn check_root(operation: &OperationDefinition, weight: &Weight) -> Result<(), LimitExceeded> {
    if operation.ty == OperationType::Mutation && weight.own_alone > 0 {
        at_most(
            "fields beside a mutation that must be sent alone",
            weight.own_fields - 1,
            0,
        )?;
    }
    Ok(())
}

struct Scales<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// `None` while a fragment is being measured: if it is met again, it contains itself.
    weighed: HashMap<&'a str, Option<Weight>>,
    directives: usize,
}

impl<'a> Scales<'a> {
    fn selection(&mut self, set: &'a SelectionSet) -> Result<Weight, LimitExceeded> {
        let mut sum = Weight::default();
        for item in &set.items {
            self.check_directives(item.node.directives().len())?;
            let weight = match &item.node {
                Selection::Field(field) => self.field(&field.node)?,
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node)?
                }
                Selection::InlineFragment(fragment) => {
                    self.selection(&fragment.node.selection_set.node)?
                }
            };
            sum.add(weight);
        }
        Ok(sum)
    }

    fn field(&mut self, field: &'a Field) -> Result<Weight, LimitExceeded> {
        let below = self.selection(&field.selection_set.node)?;
        let deeper = below.depth.saturating_add(1);
        let is_introspection = field.name.node.starts_with("__");
        let (depth, introspection_depth) = if is_introspection {
            (1, deeper)
        } else {
            (deeper, below.introspection_depth)
        };
        let lists = below.lists + usize::from(LISTS.contains(&field.name.node.as_str()));
        let introspection_lists = if is_introspection {
            lists
        } else {
            below.introspection_lists
        };
        Ok(Weight {
            fields: below.fields.saturating_add(1),
            aliases: below.aliases + usize::from(field.alias.is_some()),
            depth,
            introspection_depth,
            lists,
            introspection_lists,
            own_fields: 1,
            own_alone: usize::from(!REPEATABLE.contains(&field.name.node.as_str())),
        })
    }

    /// An undefined fragment costs one field: validation reports it, but first walks to it along every spread.
    fn fragment(&mut self, name: &str) -> Result<Weight, LimitExceeded> {
        let Some((name, fragment)) = self.fragments.get_key_value(name) else {
            return Ok(Weight {
                fields: 1,
                ..Weight::default()
            });
        };
        match self.weighed.get(name.as_str()) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => {
                return Err(LimitExceeded(format!(
                    "The fragment {name} contains itself."
                )));
            }
            None => {}
        }
        self.weighed.insert(name.as_str(), None);
        self.check_directives(fragment.node.directives.len())?;
        let weight = self.selection(&fragment.node.selection_set.node)?;
        self.weighed.insert(name.as_str(), Some(weight));
        Ok(weight)
    }

    fn check_directives(&self, count: usize) -> Result<(), LimitExceeded> {
        at_most("directives at one place", count, self.directives)
    }
}

fn at_most(what: &str, count: usize, most: usize) -> Result<(), LimitExceeded> {
    if count <= most {
        return Ok(());
    }
    Err(LimitExceeded(format!(
        "The document has too many {what}: at most {most} are accepted."
    )))
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
