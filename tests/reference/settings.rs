//! docs/reference/settings.md, from src/config/settings/.

use std::collections::HashMap;
use std::fmt::Write as _;

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Item, Token};

use super::{assert_current, cell, doc, literal, read};

const INTRODUCTION: &str = "\
# Settings

Settings are environment variables, or keys of the file that `GATEHOUSE_CONFIG` names.
[Configuration](../operate/configuration.md) explains how they are read. Durations are written like `90s`, `15m`, `1h` or `30d`;
bounds are inclusive. Gatehouse exits at the start if a setting is invalid or unknown, and names every such setting.
`gatehouse config` prints the effective settings.
";

/// One row in a `settings![…]` table.
struct Setting {
    description: String,
    kind: String,
    arguments: Vec<String>,
}

impl Parse for Setting {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let description = doc(&input.call(Attribute::parse_outer)?);
        let call: syn::ExprCall = input.parse()?;
        let Expr::Path(function) = &*call.func else {
            return Err(input.error("a setting is a call"));
        };
        Ok(Self {
            description,
            kind: function.path.require_ident()?.to_string(),
            arguments: call.args.iter().filter_map(literal).collect(),
        })
    }
}

impl Setting {
    fn row(&self) -> String {
        let shown = |value: &str| match value {
            "" => "none".to_owned(),
            value => format!("`{value}`"),
        };
        let default = match (&*self.kind, &*self.arguments) {
            ("plain" | "secret", [_, default]) => shown(default),
            ("by_profile", [_, default, production]) => {
                format!("{} (production: {})", shown(default), shown(production))
            }
            (kind, arguments) => panic!("unknown kind of setting: {kind} {arguments:?}"),
        };
        let secret = match &*self.kind {
            "secret" => " Secret.",
            _ => "",
        };
        let name = &self.arguments[0];
        let description = cell(&self.description);
        format!("| `{name}` | {default} | {description}{secret} |")
    }
}

/// The section of a table: the heading and introduction in its doc comment, and a row for each setting.
fn section(item: &syn::ItemConst) -> String {
    let text = doc(&item.attrs);
    let (heading, introduction) = text.split_once('\n').unwrap_or((&text, ""));
    let Expr::Macro(table) = &*item.expr else {
        panic!("{} is no settings![…] table", item.ident);
    };
    let rows = table
        .mac
        .parse_body_with(Punctuated::<Setting, Token![,]>::parse_terminated)
        .unwrap();
    let mut section = format!("\n## {heading}\n\n");
    if !introduction.trim().is_empty() {
        writeln!(section, "{}\n", introduction.trim()).unwrap();
    }
    section.push_str("| setting | default | description |\n| --- | --- | --- |\n");
    for row in &rows {
        writeln!(section, "{}", row.row()).unwrap();
    }
    section
}

/// The files and names in `TABLES`, in order.
fn tables() -> Vec<(String, String)> {
    let file = syn::parse_file(&read("src/config/settings/tables.rs")).unwrap();
    let table = file.items.iter().find_map(|item| match item {
        Item::Const(it) if it.ident == "TABLES" => Some(&it.expr),
        _ => None,
    });
    let Expr::Reference(list) = &**table.unwrap() else {
        panic!("TABLES is a list")
    };
    let Expr::Array(list) = &*list.expr else {
        panic!("TABLES is a list")
    };
    let names = list.elems.iter().map(|element| {
        let Expr::Path(it) = element else {
            panic!("TABLES holds names")
        };
        let segments: Vec<String> = it
            .path
            .segments
            .iter()
            .map(|s| s.ident.to_string())
            .collect();
        (segments[0].clone(), segments[1].clone())
    });
    names.collect()
}

#[test]
fn settings_reference_is_current() {
    let mut sections = HashMap::new();
    let tables = tables();
    for (file, _) in &tables {
        let text = read(&format!("src/config/settings/{file}.rs"));
        for item in syn::parse_file(&text).unwrap().items {
            if let Item::Const(item) = item {
                sections.insert((file.clone(), item.ident.to_string()), section(&item));
            }
        }
    }
    let body: String = tables.iter().map(|table| &*sections[table]).collect();
    assert_current("settings.md", &format!("{INTRODUCTION}{body}"));
}
