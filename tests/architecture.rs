//! Checks `src/` against docs/contribute/architecture.md: the imports that each layer may have, and the size of files.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod source;

use std::fs;
use std::path::Path;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;

use source::sources;

/// Each layer and what it may use beside itself. What is not listed may not be used.
const LAYERS: &[(&str, &str)] = &[
    ("main", "cli"),
    (
        "cli",
        "server personal_data accounts app config db metrics graphql tokens traces private_files secret_file",
    ),
    ("server", "http graphql workers connections tls app config"),
    (
        "workers",
        "personal_data accounts sessions security_events mail tokens lockout factors app db errors",
    ),
    (
        "http",
        "graphql sessions mail app client config metrics traces errors",
    ),
    (
        "graphql",
        "personal_data accounts sessions security_events passwords tokens factors app client config db metrics traces errors",
    ),
    (
        "personal_data",
        "accounts sessions security_events mail tokens lockout factors app client db errors",
    ),
    (
        "accounts",
        "sessions security_events passwords mail tokens lockout rate_limits factors webauthn app client config db metrics errors",
    ),
    (
        "sessions",
        "security_events mail tokens lockout rate_limits factors app client db metrics errors",
    ),
    (
        "app",
        "passwords tokens mail lockout rate_limits factors secret_file clock config db entropy errors metrics secret",
    ),
    (
        "secret_file",
        "tokens config db entropy errors private_files secret",
    ),
    ("security_events", "client db entropy"),
    ("passwords", "config entropy errors metrics traces secret"),
    ("tokens", "config db entropy errors metrics secret"),
    (
        "mail",
        "jobs client clock config db entropy errors metrics traces private_files secret",
    ),
    ("jobs", "clock db entropy errors"),
    ("lockout", "client db entropy errors secret"),
    ("rate_limits", "client clock config errors metrics secret"),
    ("factors", "webauthn client config db entropy errors secret"),
    ("webauthn", "errors secret"),
    ("tls", "config metrics"),
    ("connections", "config client"),
    ("db", "config entropy errors metrics traces private_files"),
    ("traces", "config"),
    ("config", "secret"),
    ("secret", "entropy errors"),
    ("private_files", ""),
    ("metrics", ""),
    ("client", ""),
    ("errors", "entropy"),
    ("clock", ""),
    ("entropy", ""),
];

/// Libraries that a layer must not know.
const UNKNOWN_TO: &[(&str, &[&str])] = &[
    ("graphql", &["sea_orm", "db::entity", "axum"]),
    ("http", &["sea_orm", "db::entity"]),
    ("personal_data", &["async_graphql", "axum"]),
    ("accounts", &["async_graphql", "axum"]),
    ("sessions", &["async_graphql", "axum"]),
    ("passwords", &["async_graphql", "axum", "sea_orm"]),
    ("tokens", &["async_graphql", "axum"]),
    ("mail", &["async_graphql", "axum"]),
    ("lockout", &["async_graphql", "axum"]),
    ("rate_limits", &["async_graphql", "axum", "sea_orm"]),
    ("security_events", &["async_graphql", "axum"]),
    ("factors", &["async_graphql", "axum"]),
    ("webauthn", &["async_graphql", "axum", "sea_orm", "chrono"]),
];

/// Which module's files may name which entity: the owner of the table.
const OWNERS: &[(&str, &str)] = &[
    ("users", "accounts"),
    ("passwords", "accounts"),
    ("sessions", "sessions"),
    ("security_events", "security_events"),
    ("signing_keys", "tokens"),
    ("mail_counts", "mail"),
    ("one_time_tokens", "tokens"),
    ("pending_registrations", "accounts"),
    ("outbox", "mail"),
    ("mail_requests", "mail"),
    ("username_reservations", "accounts"),
    ("login_failures", "lockout"),
    ("known_devices", "lockout"),
    ("account_deletions", "personal_data"),
    ("totp_secrets", "factors"),
    ("recovery_codes", "factors"),
    ("passkeys", "factors"),
    ("factor_removals", "factors"),
    ("sign_in_challenges", "factors"),
    ("used_ceremonies", "factors"),
];

/// The first folder, or the file, under `src/`.
fn layer(path: &str) -> &str {
    let first = path.trim_start_matches("src/").split('/').next().unwrap();
    first.trim_end_matches(".rs")
}

/// The paths that a file of `src/` names in imports, code and macros. Groups of imports are written out, and paths with
/// `super` start with `crate`.
fn names(path: &str, file: &syn::File) -> Vec<String> {
    let module = path.trim_start_matches("src/").trim_end_matches(".rs");
    let module: Vec<&str> = module.trim_end_matches("/mod").split('/').collect();
    let mut found = Vec::new();
    collect_names(file.to_token_stream(), "", &mut found);
    let resolved = found.into_iter().map(|name| {
        let rest = name.trim_start_matches("super::");
        let levels = (name.len() - rest.len()) / "super::".len();
        if levels == 0 {
            return name;
        }
        let parent = &module[..module.len().saturating_sub(levels)];
        [&["crate"], parent, &[rest]].concat().join("::")
    });
    resolved.collect()
}

/// Collects the paths in `tokens`; each starts with `prefix`, the path in front of a group of imports.
fn collect_names(tokens: TokenStream, prefix: &str, found: &mut Vec<String>) {
    let mut path = prefix.to_owned();
    let mut end = |path: &mut String| {
        if path != prefix {
            found.push(std::mem::replace(path, prefix.to_owned()));
        }
    };
    let mut groups = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if !path.ends_with("::") {
                    end(&mut path);
                }
                path.push_str(&ident.to_string());
            }
            TokenTree::Punct(it) if it.as_char() == ':' && it.spacing() == Spacing::Joint => {
                path.push_str("::");
            }
            TokenTree::Punct(it) if it.as_char() == ':' && path.ends_with("::") => {}
            TokenTree::Group(group) if path.ends_with("::") => {
                groups.push((
                    group.stream(),
                    std::mem::replace(&mut path, prefix.to_owned()),
                ));
            }
            TokenTree::Group(group) => {
                end(&mut path);
                groups.push((group.stream(), String::new()));
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => end(&mut path),
        }
    }
    end(&mut path);
    for (tokens, prefix) in groups {
        collect_names(tokens, &prefix, found);
    }
}

/// Whether a path has `part` among its segments.
fn has(name: &str, part: &str) -> bool {
    format!("::{name}::").contains(&format!("::{part}::"))
}

#[test]
fn layers_use_only_what_stands_behind_them() {
    let mut faults = Vec::new();
    for (path, file) in sources(&["src"]) {
        let layer = layer(&path);
        // The entry points for fuzzing use every layer; no release has them.
        if layer == "lib" || layer == "fuzzing" {
            continue;
        }
        let allowed = LAYERS.iter().find(|(name, _)| *name == layer);
        let (_, allowed) =
            allowed.unwrap_or_else(|| panic!("{layer} is not in the table of layers"));
        for name in names(&path, &file) {
            let mut segments = name.split("::");
            if !matches!(segments.next(), Some("crate" | "gatehouse")) {
                continue;
            }
            let used = segments.next().unwrap_or_default();
            if used != layer && !used.is_empty() && !allowed.split_whitespace().any(|it| it == used)
            {
                faults.push(format!("{path} uses {used}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_table_of_layers_has_no_circle() {
    for (place, (layer, allowed)) in LAYERS.iter().enumerate() {
        for name in allowed.split_whitespace() {
            let other = LAYERS.iter().position(|(known, _)| *known == name);
            assert!(
                other.is_some_and(|other| other > place),
                "{layer} may use {name}, which is above it"
            );
        }
    }
}

#[test]
fn layers_do_not_know_the_libraries_of_others() {
    let mut faults = Vec::new();
    for (path, file) in sources(&["src"]) {
        let layer = layer(&path);
        let mut forbidden: Vec<&str> = UNKNOWN_TO
            .iter()
            .filter(|(name, _)| *name == layer)
            .flat_map(|(_, libraries)| libraries.iter().copied())
            .collect();
        if layer != "graphql" && layer != "http" {
            forbidden.push("async_graphql");
        }
        let names = names(&path, &file);
        let named = forbidden
            .iter()
            .filter(|library| names.iter().any(|name| name.contains(**library)));
        faults.extend(named.map(|library| format!("{path} names {library}")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_table_has_one_owner() {
    let mut faults = Vec::new();
    for (path, file) in sources(&["src"]) {
        let layer = layer(&path);
        let names = names(&path, &file);
        for (table, owner) in OWNERS {
            let entity = format!("entity::{table}");
            if layer != "db" && layer != *owner && names.iter().any(|name| has(name, &entity)) {
                faults.push(format!("{path} names the table {table} of {owner}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn files_stay_small() {
    let mut faults = Vec::new();
    for (path, _) in sources(&["src", "migration/src", "tests"]) {
        let operation = !path.ends_with("mod.rs")
            && ["accounts/", "sessions/", "personal_data/"]
                .iter()
                .any(|feature| path.contains(feature));
        let max = match operation {
            _ if path.starts_with("tests/") => 400,
            true if path.starts_with("src/graphql/") => 200,
            true => 250,
            false => 300,
        };
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
        // Unit tests are at the end of a file and are not counted.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = code.lines().count();
        if lines > max {
            faults.push(format!("{path}: {lines} lines, at most {max}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    // The documentation of its type describes a file of the schema.
    let exempt = ["src/graphql/objects/", "src/graphql/scalars/"];
    let bare: Vec<String> = sources(&["src"])
        .into_iter()
        .filter(|(path, file)| {
            let documented = file
                .attrs
                .first()
                .is_some_and(|it| it.path().is_ident("doc"));
            !documented && !exempt.iter().any(|folder| path.starts_with(folder))
        })
        .map(|(path, _)| path)
        .collect();
    assert!(bare.is_empty(), "{bare:#?}");
}

#[test]
fn no_file_is_named_after_nothing() {
    let vague = [
        "utils", "util", "helpers", "helper", "common", "misc", "types", "services", "models",
    ];
    for (path, _) in sources(&["src"]) {
        assert!(
            !path.split(['/', '.']).any(|part| vague.contains(&part)),
            "{path}"
        );
    }
}

#[test]
fn mod_files_hold_only_the_table_of_contents() {
    for (path, file) in sources(&["src"]) {
        let is_contents = |item: &Item| matches!(item, Item::Mod(_) | Item::Use(_));
        if path.ends_with("mod.rs") {
            assert!(file.items.iter().all(is_contents), "{path}");
        }
    }
}
