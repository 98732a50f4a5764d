//! docs/reference/log-events.md, from every call of `tracing` in src/.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, Ident, LitStr, Token};

use super::{assert_current, cell, literal, path};

const INTRODUCTION: &str = "\
# Log events

Every line that Gatehouse logs, by the module that logs it (`target` in the log). Braces stand for values in the text.
[The log](../operate/observe.md#the-log) explains levels, fields and reason codes. Lines about a request also have the fields of
the span `request`: `id`, `method` and `path`.
";
const LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];

struct Event {
    message: String,
    level: String,
    fields: Vec<String>,
}

/// Parses the arguments of one call: fields, then the message and what it interpolates.
fn parse(level: &str, input: ParseStream<'_>) -> syn::Result<Event> {
    let mut fields = Vec::new();
    while !input.peek(LitStr) {
        sigil(input)?;
        let name: Ident = input.parse()?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            sigil(input)?;
            literal(&input.parse::<Expr>()?)
        } else {
            None
        };
        fields.push(match value {
            Some(value) => format!("`{name}=\"{value}\"`"),
            None => format!("`{name}`"),
        });
        input.parse::<Token![,]>()?;
    }
    let message = input.parse::<LitStr>()?.value();
    input.parse::<TokenStream>()?;
    Ok(Event {
        message,
        level: level.to_owned(),
        fields,
    })
}

/// Skips `%` or `?`, which say how a field is formatted.
fn sigil(input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(Token![%]) {
        input.parse::<Token![%]>()?;
    } else if input.peek(Token![?]) {
        input.parse::<Token![?]>()?;
    }
    Ok(())
}

/// Finds `tracing::LEVEL!(…)` anywhere in the tokens, also inside of other macros.
fn collect(tokens: TokenStream, file: &str, events: &mut Vec<Event>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let before: Vec<String> = tokens[at.saturating_sub(5)..at]
            .iter()
            .map(ToString::to_string)
            .collect();
        let level = match &before[..] {
            [krate, a, b, level, bang] if [krate, a, b, bang] == ["tracing", ":", ":", "!"] => {
                level
            }
            _ => "",
        };
        if LEVELS.contains(&level) && group.delimiter() == Delimiter::Parenthesis {
            let parsed = (|input: ParseStream<'_>| parse(level, input)).parse2(group.stream());
            events.push(parsed.unwrap_or_else(|error| {
                panic!("{file}: tracing::{level}!({}): {error}", group.stream())
            }));
        } else {
            collect(group.stream(), file, events);
        }
    }
}

/// Every event by the top-level module that logs it.
fn events(folder: &Path, found: &mut BTreeMap<String, Vec<Event>>) {
    let root = path("src");
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if file.is_dir() {
            events(&file, found);
        } else if file.extension().is_some_and(|it| it == "rs") {
            let relative = file.strip_prefix(&root).unwrap().to_str().unwrap();
            let module = relative.split('/').next().unwrap().trim_end_matches(".rs");
            let tokens = fs::read_to_string(&file).unwrap().parse().unwrap();
            let of_module = found.entry(module.to_owned()).or_default();
            collect(tokens, relative, of_module);
        }
    }
}

#[test]
fn log_events_reference_is_current() {
    let mut found = BTreeMap::new();
    events(&path("src"), &mut found);
    let mut text = INTRODUCTION.to_owned();
    for (module, mut events) in found {
        if events.is_empty() {
            continue;
        }
        write!(text, "\n## {module}\n\n| event | level | fields |\n").unwrap();
        text.push_str("| --- | --- | --- |\n");
        events.sort_by(|a, b| (&a.message, &a.level).cmp(&(&b.message, &b.level)));
        let mut rows: Vec<String> = events
            .iter()
            .map(|event| {
                let message = cell(&event.message);
                format!(
                    "| {message} | {} | {} |\n",
                    event.level,
                    event.fields.join(", ")
                )
            })
            .collect();
        rows.dedup();
        text.extend(rows);
    }
    assert_current("log-events.md", &text);
}

#[test]
fn log_calls_are_found_inside_of_other_macros() {
    let source = r#"
        fn f() {
            tokio::select! {
                _ = g() => tracing::warn!(reason = "late", %user, count = ?n, "took {seconds} s"),
            }
            tracing::debug!("plain");
        }"#;
    let mut found = Vec::new();
    collect(source.parse().unwrap(), "f.rs", &mut found);
    let found: Vec<_> = found
        .iter()
        .map(|it| (&*it.level, &*it.message, it.fields.join(" ")))
        .collect();
    let fields = "`reason=\"late\"` `user` `count`".to_owned();
    assert_eq!(
        found,
        [
            ("warn", "took {seconds} s", fields),
            ("debug", "plain", String::new())
        ]
    );
}
