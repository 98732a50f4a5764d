//! docs/reference/metrics.md, from what src/metrics.rs registers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use syn::visit::{self, Visit};
use syn::{Expr, Fields, GenericArgument, Item, ItemStruct, Member, PathArguments, Type};

use super::{assert_current, cell, literal, read};

const INTRODUCTION: &str = "\
# Metrics

`/metrics` on `GATEHOUSE_ADMIN_LISTEN` returns these metrics as OpenMetrics text. Counters and gauges start at zero with the process
unless they describe the database. [Observe](../operate/observe.md#metrics) says which of them to alert on.

| metric | type | labels | description |
| --- | --- | --- | --- |
";

/// One registration: name without prefix, help, and the field of `Metrics` that holds it (none for the version).
#[derive(Default)]
struct Registrations(Vec<(String, String, Option<String>)>);

impl Registrations {
    fn note(&mut self, name: &Expr, help: &Expr, metric: &Expr) {
        if let (Some(name), Some(help)) = (literal(name), literal(help)) {
            self.0.push((name, help, field(metric)));
        }
    }
}

/// The field in `self.logins`, `&metrics.logins` or `metrics.logins.clone()`.
fn field(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Reference(it) => field(&it.expr),
        Expr::MethodCall(it) => field(&it.receiver),
        Expr::Field(it) => match &it.member {
            Member::Named(name) => Some(name.to_string()),
            Member::Unnamed(_) => None,
        },
        _ => None,
    }
}

impl<'a> Visit<'a> for Registrations {
    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let arguments: Vec<&Expr> = call.args.iter().collect();
        if let ("register", [name, help, metric]) = (&*call.method.to_string(), &*arguments) {
            self.note(name, help, metric);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_tuple(&mut self, tuple: &'a syn::ExprTuple) {
        let members: Vec<&Expr> = tuple.elems.iter().collect();
        if let [name, help, metric] = &*members {
            self.note(name, help, metric);
        }
        visit::visit_expr_tuple(self, tuple);
    }
}

/// The type's name, and that of its first generic argument.
fn names(kind: &Type) -> (String, Option<String>) {
    let Type::Path(kind) = kind else {
        panic!("a metric has a plain type")
    };
    let last = kind.path.segments.last().unwrap();
    let argument = match &last.arguments {
        PathArguments::AngleBracketed(list) => list.args.first(),
        _ => None,
    };
    let argument = argument.and_then(|argument| match argument {
        GenericArgument::Type(kind) => Some(names(kind).0),
        _ => None,
    });
    (last.ident.to_string(), argument)
}

fn fields(item: &ItemStruct) -> Vec<(String, &Type)> {
    let Fields::Named(fields) = &item.fields else {
        panic!("{} has named fields", item.ident)
    };
    let name = |field: &syn::Field| field.ident.as_ref().unwrap().to_string();
    fields.named.iter().map(|it| (name(it), &it.ty)).collect()
}

#[test]
fn metrics_reference_is_current() {
    let file = syn::parse_file(&read("src/metrics.rs")).unwrap();
    let structs: BTreeMap<String, &ItemStruct> = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Struct(it) => Some((it.ident.to_string(), it)),
            _ => None,
        })
        .collect();
    let kinds: BTreeMap<String, &Type> = fields(structs["Metrics"]).into_iter().collect();
    let mut found = Registrations::default();
    found.visit_file(&file);

    let registered: BTreeSet<&str> = found.0.iter().filter_map(|it| it.2.as_deref()).collect();
    let held: BTreeSet<&str> = kinds.keys().map(|it| &**it).collect();
    let missing: Vec<_> = held.difference(&registered).collect();
    assert_eq!(missing, [&"registry"], "every metric is registered");

    let mut rows = BTreeSet::new();
    for (name, help, field) in &found.0 {
        let (kind, labels) = match field {
            None => ("Info".to_owned(), Some(vec!["version".to_owned()])),
            Some(field) => match names(kinds[field]) {
                (family, Some(labels)) if family == "Family" => {
                    let labels = fields(structs[&labels]);
                    let labels = labels.into_iter().map(|it| it.0).collect();
                    ("Counter".to_owned(), Some(labels))
                }
                (kind, _) => (kind, None),
            },
        };
        let suffix = match &*kind {
            "Info" => "_info",
            "Counter" => "_total",
            _ => "",
        };
        let labels = labels.unwrap_or_default();
        let labels: Vec<String> = labels.iter().map(|it| format!("`{it}`")).collect();
        let (kind, labels, help) = (kind.to_lowercase(), labels.join(", "), cell(help));
        rows.insert(format!(
            "| `gatehouse_{name}{suffix}` | {kind} | {labels} | {help} |"
        ));
    }
    let mut text = INTRODUCTION.to_owned();
    for row in rows {
        writeln!(text, "{row}").unwrap();
    }
    assert_current("metrics.md", &text);
}
