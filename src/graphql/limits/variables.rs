//! Validates variables before the first resolver runs (GraphQL October 2021, section 6.1.2).
//!
//! The framework checks each variable where it is used. Of two mutations the first would run before the second's
//! missing variable is noticed.

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition};
use async_graphql::registry::{MetaType, MetaTypeName, Registry};
use async_graphql::{Pos, ServerError, ServerResult, Value, Variables};

use super::operation::chosen_operation;
use super::uses::check_uses;
use crate::graphql::errors::code;

/// Rejects `variables` that do not match their declared types, or cannot be used where the operation of that name uses
/// them.
pub(in crate::graphql) fn check_variables(
    registry: &Registry,
    (document, name): (&ExecutableDocument, Option<&str>),
    variables: &Variables,
) -> ServerResult<()> {
    let Some(operation) = chosen_operation(document, name) else {
        return Ok(());
    };
    check(registry, operation, variables)?;
    check_uses(registry, (document, operation), variables)
}

fn check(
    registry: &Registry,
    operation: &OperationDefinition,
    variables: &Variables,
) -> ServerResult<()> {
    for definition in &operation.variable_definitions {
        let name = definition.node.name.node.as_str();
        let declared = definition.node.var_type.node.to_string();
        let fault = match variables.get(name) {
            Some(value) => fault(registry, &declared, value),
            None if definition.node.default_value.is_none() && declared.ends_with('!') => {
                Some(format!("it needs a value of type {declared}"))
            }
            None => None,
        };
        if let Some(fault) = fault {
            let message = format!("Variable \"${name}\" cannot be used: {fault}.");
            return Err(unfit(message, definition.pos));
        }
    }
    Ok(())
}

/// The error of a request whose variables do not match.
pub(super) fn unfit(message: String, position: Pos) -> ServerError {
    let mut error = ServerError::new(message, Some(position));
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", code::BAD_REQUEST);
    error
}

/// Returns why `value` is not a `declared`. Types that the schema does not have are left to validation.
pub(super) fn fault(registry: &Registry, declared: &str, value: &Value) -> Option<String> {
    match MetaTypeName::create(declared) {
        MetaTypeName::NonNull(inner) => match value {
            Value::Null => Some(format!("it must be {inner}, not null")),
            _ => fault(registry, inner, value),
        },
        _ if *value == Value::Null => None,
        MetaTypeName::List(inner) => match value {
            Value::List(items) => items.iter().find_map(|item| fault(registry, inner, item)),
            _ => fault(registry, inner, value),
        },
        MetaTypeName::Named(name) => match registry.types.get(name)? {
            MetaType::Scalar {
                is_valid: Some(is_valid),
                ..
            } => (!is_valid(value)).then(|| format!("it must be {name}")),
            MetaType::Enum { enum_values, .. } => {
                let known = match value {
                    Value::String(text) => enum_values.contains_key(text.as_str()),
                    Value::Enum(text) => enum_values.contains_key(text.as_str()),
                    _ => false,
                };
                (!known).then(|| format!("it must be a value of {name}"))
            }
            MetaType::InputObject { input_fields, .. } => {
                let Value::Object(given) = value else {
                    return Some(format!("it must be an object of type {name}"));
                };
                let unknown = given
                    .keys()
                    .find(|key| !input_fields.contains_key(key.as_str()));
                if let Some(key) = unknown {
                    return Some(format!("{name} has no field \"{key}\""));
                }
                input_fields.values().find_map(|field| {
                    let fault = match given.get(field.name.as_str()) {
                        Some(value) => fault(registry, &field.ty, value),
                        None if field.default_value.is_none() && field.ty.ends_with('!') => {
                            Some("it is missing".to_owned())
                        }
                        None => None,
                    };
                    fault.map(|fault| format!("in \"{}\" {fault}", field.name))
                })
            }
            _ => None,
        },
    }
}
