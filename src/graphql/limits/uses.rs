//! Validates variables where they are used.
//!
//! Their own types are not sufficient: a variable that may be null, or is not sent, can be used where a value is
//! required. The framework notices when the field is resolved, after earlier fields have run. It also does not repeat
//! its validation for a cached document.

use std::collections::{HashMap, HashSet};

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType,
    Selection, SelectionSet,
};
use async_graphql::registry::{MetaInputValue, MetaType, Registry};
use async_graphql::{Name, Positioned, ServerResult, Value as ConstValue, Variables};
use async_graphql_value::Value;

use super::variables::{fault, unfit};

/// Checks every argument of the operation that contains a variable, with the variables' values inserted.
pub(super) fn check_uses(
    registry: &Registry,
    (document, operation): (&ExecutableDocument, &OperationDefinition),
    variables: &Variables,
) -> ServerResult<()> {
    if operation.variable_definitions.is_empty() {
        return Ok(());
    }
    let root = match operation.ty {
        OperationType::Query => Some(&registry.query_type),
        OperationType::Mutation => registry.mutation_type.as_ref(),
        OperationType::Subscription => None,
    };
    let mut uses = Uses {
        registry,
        fragments: &document.fragments,
        variables,
        seen: HashSet::new(),
    };
    uses.directives(&operation.directives)?;
    let root = root.and_then(|name| registry.types.get(name));
    uses.selection(&operation.selection_set.node, root)
}

type Arguments = [(Positioned<Name>, Positioned<Value>)];

struct Uses<'a> {
    registry: &'a Registry,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    variables: &'a Variables,
    /// The fragments that were checked.
    seen: HashSet<&'a str>,
}

impl<'a> Uses<'a> {
    fn selection(
        &mut self,
        set: &'a SelectionSet,
        parent: Option<&'a MetaType>,
    ) -> ServerResult<()> {
        for item in &set.items {
            self.directives(item.node.directives())?;
            match &item.node {
                Selection::Field(field) => self.field(&field.node, parent)?,
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node)?;
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let parent = match condition {
                        Some(condition) => self.registry.types.get(condition.node.on.node.as_str()),
                        None => parent,
                    };
                    self.selection(&fragment.node.selection_set.node, parent)?;
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &'a Field, parent: Option<&'a MetaType>) -> ServerResult<()> {
        let meta = parent.and_then(|parent| parent.field_by_name(&field.name.node));
        if let Some(meta) = meta {
            self.arguments(&meta.args, &field.arguments)?;
        }
        let below = meta.and_then(|meta| self.registry.concrete_type_by_name(&meta.ty));
        self.selection(&field.selection_set.node, below)
    }

    fn fragment(&mut self, name: &'a str) -> ServerResult<()> {
        let Some(fragment) = self.fragments.get(name).filter(|_| self.seen.insert(name)) else {
            return Ok(());
        };
        self.directives(&fragment.node.directives)?;
        let parent = fragment.node.type_condition.node.on.node.as_str();
        let parent = self.registry.types.get(parent);
        self.selection(&fragment.node.selection_set.node, parent)
    }

    fn directives(&self, directives: &[Positioned<Directive>]) -> ServerResult<()> {
        for directive in directives {
            let known = self
                .registry
                .directives
                .get(directive.node.name.node.as_str());
            if let Some(meta) = known {
                self.arguments(&meta.args, &directive.node.arguments)?;
            }
        }
        Ok(())
    }

    /// Arguments without variables and unknown arguments are left to validation.
    fn arguments(
        &self,
        known: &IndexMap<String, MetaInputValue>,
        given: &Arguments,
    ) -> ServerResult<()> {
        for (name, value) in given {
            let Some(meta) = known.get(name.node.as_str()) else {
                continue;
            };
            if value.node.clone().into_const().is_some() {
                continue;
            }
            let fault = match self.filled(&value.node) {
                Some(filled) => fault(self.registry, &meta.ty, &filled),
                None if meta.ty.ends_with('!') && meta.default_value.is_none() => {
                    Some(format!("it needs a value of type {}", meta.ty))
                }
                None => None,
            };
            if let Some(fault) = fault {
                let message = format!("Argument \"{}\" cannot be used: {fault}.", name.node);
                return Err(unfit(message, value.pos));
            }
        }
        Ok(())
    }

    /// Returns `value` with the variables' values; `None` for a variable that was not sent (GraphQL October 2021,
    /// section 6.4.1).
    fn filled(&self, value: &Value) -> Option<ConstValue> {
        match value {
            Value::Variable(name) => self.variables.get(name).cloned(),
            Value::List(items) => {
                let item = |item| self.filled(item).unwrap_or(ConstValue::Null);
                Some(ConstValue::List(items.iter().map(item).collect()))
            }
            Value::Object(fields) => {
                let sent = fields
                    .iter()
                    .filter_map(|(name, field)| Some((name.clone(), self.filled(field)?)));
                Some(ConstValue::Object(sent.collect()))
            }
            constant => constant.clone().into_const(),
        }
    }
}
