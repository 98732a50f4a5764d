//! docs/reference/schema.md, from schema.graphql.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, ConstDirective, EnumValueDefinition, FieldDefinition, InputValueDefinition, Type,
    TypeDefinition, TypeKind, TypeSystemDefinition,
};

use super::{assert_current, cell, read};

const INTRODUCTION: &str = "\
# Schema

The API is one GraphQL endpoint, `POST /graphql`. The contract itself is `schema.graphql` at the root of the repository, and
`gatehouse schema` prints it. Every mutation also returns `userErrors`, which have a `code`, a `message` in English and the path of
the input `field`: see [Errors](../integrate/errors.md).
";
const BUILT_IN: [&str; 4] = ["Boolean", "Int", "ID", "String"];

/// The types by name, and the anchor of each one's heading.
struct Reference {
    types: HashMap<String, TypeDefinition>,
    anchors: HashMap<String, String>,
    taken: BTreeSet<String>,
    text: String,
}

fn description(text: Option<&Positioned<String>>) -> &str {
    text.map_or("", |it| &it.node)
}

/// The description, with the reason of a deprecation.
fn described(
    text: Option<&Positioned<String>>,
    directives: &[Positioned<ConstDirective>],
) -> String {
    let mut text = cell(description(text));
    for directive in directives {
        if directive.node.name.node == "deprecated" {
            let reason = directive.node.get_argument("reason").unwrap();
            write!(text, " **Deprecated**: {}", cell(&reason.node.to_string())).unwrap();
        }
    }
    text
}

/// The name inside of lists and `!`.
fn named(kind: &Type) -> &str {
    match &kind.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named(inner),
    }
}

impl Reference {
    fn new(sdl: &str) -> Self {
        let definitions = parse_schema(sdl).unwrap().definitions;
        let types = definitions.into_iter().filter_map(|it| match it {
            TypeSystemDefinition::Type(it) => Some((it.node.name.node.to_string(), it.node)),
            _ => None,
        });
        Self {
            types: types.collect(),
            anchors: HashMap::new(),
            taken: BTreeSet::new(),
            text: INTRODUCTION.to_owned(),
        }
    }

    fn fields(&self, name: &str) -> &[Positioned<FieldDefinition>] {
        match self.types.get(name).map(|it| &it.kind) {
            Some(TypeKind::Object(it)) => &it.fields,
            Some(TypeKind::Interface(it)) => &it.fields,
            _ => &[],
        }
    }

    fn inputs(&self, name: &str) -> &[Positioned<InputValueDefinition>] {
        match self.types.get(name).map(|it| &it.kind) {
            Some(TypeKind::InputObject(it)) => &it.fields,
            _ => &[],
        }
    }

    fn values(&self, name: &str) -> &[Positioned<EnumValueDefinition>] {
        match self.types.get(name).map(|it| &it.kind) {
            Some(TypeKind::Enum(it)) => &it.values,
            _ => &[],
        }
    }

    fn names(&self, is_wanted: impl Fn(&str, &TypeKind) -> bool) -> Vec<String> {
        let mut names: Vec<String> = self
            .types
            .iter()
            .filter(|(name, it)| is_wanted(name, &it.kind))
            .map(|(name, _)| name.clone())
            .collect();
        names.sort_unstable();
        names
    }

    /// The anchor that the book gives to the next heading of this text.
    fn anchor(&mut self, heading: &str) -> String {
        let base = heading.to_lowercase().replace(' ', "-");
        let mut anchor = base.clone();
        let mut number = 0;
        while !self.taken.insert(anchor.clone()) {
            number += 1;
            anchor = format!("{base}-{number}");
        }
        anchor
    }

    /// The type as code, linked to its section if it has one.
    fn linked(&self, kind: &Type) -> String {
        match self.anchors.get(named(kind)) {
            Some(anchor) => format!("[`{kind}`](#{anchor})"),
            None => format!("`{kind}`"),
        }
    }

    fn input_table(&self, arguments: &[Positioned<InputValueDefinition>], heading: &str) -> String {
        if arguments.is_empty() {
            return String::new();
        }
        let mut table = format!("\n| {heading} | type | description |\n| --- | --- | --- |\n");
        for argument in arguments {
            let it = &argument.node;
            let default = match &it.default_value {
                Some(value) => format!(" Default: `{}`.", value.node),
                None => String::new(),
            };
            let text = described(it.description.as_ref(), &it.directives);
            let kind = self.linked(&it.ty.node);
            writeln!(table, "| `{}` | {kind} | {text}{default} |", it.name.node).unwrap();
        }
        table
    }

    fn field_table(&self, fields: &[Positioned<FieldDefinition>], heading: &str) -> String {
        let mut table = format!("\n| {heading} | type | description |\n| --- | --- | --- |\n");
        for field in fields {
            let it = &field.node;
            let arguments: Vec<String> = it
                .arguments
                .iter()
                .map(|argument| {
                    let default = match &argument.node.default_value {
                        Some(value) => format!(" = {}", value.node),
                        None => String::new(),
                    };
                    let (name, kind) = (&argument.node.name.node, &argument.node.ty.node);
                    format!("{name}: {kind}{default}")
                })
                .collect();
            let arguments = match &arguments[..] {
                [] => String::new(),
                list => format!("({})", list.join(", ")),
            };
            let text = described(it.description.as_ref(), &it.directives);
            let kind = self.linked(&it.ty.node);
            writeln!(table, "| `{}{arguments}` | {kind} | {text} |", it.name.node).unwrap();
        }
        table
    }

    fn value_table(&self, name: &str, heading: &str) -> String {
        let mut table = format!("\n| {heading} | description |\n| --- | --- |\n");
        for value in self.values(name) {
            let it = &value.node;
            let text = described(it.description.as_ref(), &it.directives);
            writeln!(table, "| `{}` | {text} |", it.value.node).unwrap();
        }
        table
    }

    /// A query or mutation with its input, its payload and its error codes.
    fn operation(&mut self, field: &FieldDefinition) {
        let name = field.name.node.to_string();
        self.anchor(&name);
        let kind = self.linked(&field.ty.node);
        let text = description(field.description.as_ref());
        writeln!(self.text, "\n### {name}\n\n{text}\n\nReturns {kind}.").unwrap();
        let mut tables = String::new();
        match &field.arguments[..] {
            [input] if !self.inputs(named(&input.node.ty.node)).is_empty() => {
                let fields = self.inputs(named(&input.node.ty.node));
                tables += &self.input_table(fields, "`input` field");
            }
            arguments => tables += &self.input_table(arguments, "argument"),
        }
        let payload = self.fields(named(&field.ty.node));
        if named(&field.ty.node).ends_with("Payload") {
            let of_payload = |it: &&Positioned<FieldDefinition>| it.node.name.node != "userErrors";
            let shown: Vec<_> = payload.iter().filter(of_payload).cloned().collect();
            if !shown.is_empty() {
                tables += &self.field_table(&shown, "payload field");
            }
            let errors = payload.iter().find(|it| it.node.name.node == "userErrors");
            if let Some(errors) = errors {
                let errors = self.fields(named(&errors.node.ty.node));
                let common = ["code", "message", "field"];
                let is_own =
                    |it: &&Positioned<FieldDefinition>| !common.contains(&&*it.node.name.node);
                let own: Vec<_> = errors.iter().filter(is_own).cloned().collect();
                if let Some(code) = errors.iter().find(|it| it.node.name.node == "code") {
                    tables += &self.value_table(named(&code.node.ty.node), "error code");
                }
                if !own.is_empty() {
                    tables += &self.field_table(&own, "error field");
                }
            }
        }
        self.text += &tables;
    }

    fn section(&mut self, heading: &str, names: &[String], table: impl Fn(&Self, &str) -> String) {
        self.anchor(heading);
        writeln!(self.text, "\n## {heading}").unwrap();
        for name in names {
            self.anchor(name);
            let text = description(self.types[name].description.as_ref());
            let table = table(self, name);
            write!(self.text, "\n### {name}\n\n{text}\n{table}").unwrap();
        }
    }

    fn operations(&mut self, heading: &str, root: &str) {
        self.anchor(heading);
        writeln!(self.text, "\n## {heading}").unwrap();
        let mut fields = self.fields(root).to_vec();
        fields.sort_by(|a, b| a.node.name.node.cmp(&b.node.name.node));
        for field in fields {
            self.operation(&field.node);
        }
    }

    fn write(&mut self) {
        // A payload, its user errors and its input are shown with the mutation.
        let is_of_mutation = |name: &str| {
            ["Payload", "UserError", "ErrorCode"]
                .iter()
                .any(|end| name.ends_with(end))
                && name != "UserError"
        };
        let is_object = |name: &str, kind: &TypeKind| {
            matches!(kind, TypeKind::Object(_) | TypeKind::Interface(_))
                && !["Query", "Mutation"].contains(&name)
                && !is_of_mutation(name)
        };
        let objects = self.names(is_object);
        let enums =
            self.names(|name, kind| matches!(kind, TypeKind::Enum(_)) && !is_of_mutation(name));
        let scalars =
            self.names(|name, kind| matches!(kind, TypeKind::Scalar) && !BUILT_IN.contains(&name));
        // Anchors first: operations link to types that come later. Headings get them in the order of the page.
        let mut headings = vec!["Schema".to_owned(), "Queries".to_owned()];
        let operations = |it: &Self, root: &str| {
            let mut names: Vec<String> = it
                .fields(root)
                .iter()
                .map(|it| it.node.name.node.to_string())
                .collect();
            names.sort_unstable();
            names
        };
        headings.extend(operations(self, "Query"));
        headings.push("Mutations".to_owned());
        headings.extend(operations(self, "Mutation"));
        for (heading, names) in [
            ("Objects", &objects),
            ("Enums", &enums),
            ("Scalars", &scalars),
        ] {
            headings.push(heading.to_owned());
            for heading in std::mem::take(&mut headings) {
                self.anchor(&heading);
            }
            for name in names {
                let anchor = self.anchor(name);
                self.anchors.insert(name.clone(), anchor);
            }
        }
        self.taken.clear();
        self.anchor("Schema");
        self.operations("Queries", "Query");
        self.operations("Mutations", "Mutation");
        self.section("Objects", &objects, |it, name| {
            it.field_table(it.fields(name), "field")
        });
        self.section("Enums", &enums, |it, name| it.value_table(name, "value"));
        self.section("Scalars", &scalars, |_, _| String::new());
    }
}

#[test]
fn schema_reference_is_current() {
    let mut reference = Reference::new(&read("schema.graphql"));
    reference.write();
    assert_current("schema.md", &reference.text);
}
