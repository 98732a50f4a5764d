//! Generates docs/reference/ from the code, and fails if a page is out of date.
//!
//! `just reference` writes the pages: it runs these tests with `UPDATE_REFERENCE=1`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod cli;
mod log_events;
mod metrics;
mod schema;
mod settings;

use std::fs;
use std::path::{Path, PathBuf};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// Compares the page with what the code gives, or writes it.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "no setting: how the test runs")]
fn assert_current(page: &str, body: &str) {
    let text =
        format!("<!-- Generated from the code by `just reference`. Do not edit. -->\n\n{body}");
    let name = format!("docs/reference/{page}");
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::write(path(&name), &text).unwrap();
        return;
    }
    let written = fs::read_to_string(path(&name)).unwrap_or_default();
    let difference = written
        .lines()
        .zip(text.lines())
        .enumerate()
        .find(|(_, (old, new))| old != new);
    assert!(
        written == text,
        "{name} is out of date: run `just reference`. First difference (line, page, code): {difference:?}"
    );
}

/// Text for a table cell: one line, with vertical bars escaped.
fn cell(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}

/// The text of a doc comment, one line for each line.
fn doc(attributes: &[syn::Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes {
        let syn::Meta::NameValue(pair) = &attribute.meta else {
            continue;
        };
        if let (true, Some(line)) = (pair.path.is_ident("doc"), literal(&pair.value)) {
            lines.push(line.strip_prefix(' ').unwrap_or(&line).to_owned());
        }
    }
    lines.join("\n")
}

/// The text of a string literal.
fn literal(expression: &syn::Expr) -> Option<String> {
    let syn::Expr::Lit(syn::ExprLit { lit, .. }) = expression else {
        return None;
    };
    let syn::Lit::Str(text) = lit else {
        return None;
    };
    Some(text.value())
}
