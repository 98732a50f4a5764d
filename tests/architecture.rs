//! Holds `src/` to docs/contribute/architecture.md: who may import whom, and how large things may grow.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and what it may use beside itself. What is not listed may not be used.
const LAYERS: &[(&str, &str)] = &[
    ("main", "cli"),
    (
        "cli",
        "server personal_data app config db metrics graphql tokens private_files",
    ),
    ("server", "http graphql workers connections tls app config"),
    (
        "workers",
        "personal_data accounts sessions security_events mail tokens lockout app db errors",
    ),
    (
        "http",
        "graphql sessions mail app client config metrics errors",
    ),
    (
        "graphql",
        "personal_data accounts sessions security_events passwords tokens app client db metrics errors",
    ),
    (
        "personal_data",
        "accounts sessions security_events mail tokens lockout app client db errors",
    ),
    (
        "accounts",
        "sessions security_events passwords mail tokens lockout rate_limits app client config db metrics errors",
    ),
    (
        "sessions",
        "security_events mail tokens lockout rate_limits app client db metrics errors",
    ),
    (
        "app",
        "passwords tokens mail lockout rate_limits clock config db entropy errors metrics private_files secret",
    ),
    ("security_events", "client db entropy"),
    ("passwords", "config entropy errors metrics secret"),
    ("tokens", "config db entropy errors secret"),
    (
        "mail",
        "jobs client clock config db entropy errors metrics private_files secret",
    ),
    ("jobs", "clock db entropy errors"),
    ("lockout", "client db entropy errors secret"),
    ("rate_limits", "client clock config errors metrics secret"),
    ("tls", "config"),
    ("connections", "config client"),
    ("db", "config entropy errors metrics private_files"),
    ("config", "secret"),
    ("secret", "entropy errors"),
    ("private_files", ""),
    ("metrics", ""),
    ("client", ""),
    ("errors", ""),
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
];

fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR"))
        .unwrap()
        .display()
        .to_string()
}

/// The first folder, or the file, under `src/`.
fn layer(path: &Path) -> String {
    let name = relative(path);
    let first = name.trim_start_matches("src/").split('/').next().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without comments and its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules of ours that a file names: `crate::x`, and each of `crate::{x, y}`.
fn named_modules(code: &str) -> Vec<String> {
    let mut named = Vec::new();
    for part in code.split("crate::").skip(1) {
        let group = part
            .strip_prefix('{')
            .map(|rest| rest.split('}').next().unwrap());
        for item in group.unwrap_or(part).split(',') {
            let name: String = item
                .trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            named.push(name);
            if group.is_none() {
                break;
            }
        }
    }
    named
}

#[test]
fn layers_use_only_what_stands_behind_them() {
    let mut faults = Vec::new();
    for path in files("src") {
        let layer = layer(&path);
        // The doors for fuzzing lead to every layer; no release has them.
        if layer == "lib" || layer == "fuzzing" {
            continue;
        }
        let allowed = LAYERS.iter().find(|(name, _)| *name == layer);
        let (_, allowed) =
            allowed.unwrap_or_else(|| panic!("{layer} is not in the table of layers"));
        for name in named_modules(&code(&path).replace("gatehouse::", "crate::")) {
            if name != layer && !name.is_empty() && !allowed.split_whitespace().any(|it| it == name)
            {
                faults.push(format!("{} uses {name}", relative(&path)));
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
                "{layer} may use {name}, which stands before it"
            );
        }
    }
}

#[test]
fn layers_do_not_know_the_libraries_of_others() {
    let mut faults = Vec::new();
    for path in files("src") {
        let layer = layer(&path);
        let code = code(&path);
        for (_, libraries) in UNKNOWN_TO.iter().filter(|(name, _)| *name == layer) {
            for library in *libraries {
                if code.contains(library) {
                    faults.push(format!("{} names {library}", relative(&path)));
                }
            }
        }
        if layer != "graphql" && layer != "http" && code.contains("async_graphql") {
            faults.push(format!("{} names async_graphql", relative(&path)));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_table_has_one_owner() {
    let mut faults = Vec::new();
    for path in files("src") {
        let layer = layer(&path);
        let code = code(&path);
        for (table, owner) in OWNERS {
            if layer != "db" && layer != *owner && code.contains(&format!("entity::{table}")) {
                faults.push(format!(
                    "{} names the table {table} of {owner}",
                    relative(&path)
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn files_stay_small() {
    let mut faults = Vec::new();
    for path in files("src").into_iter().chain(files("migration/src")) {
        let name = relative(&path);
        if name.ends_with("_tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let lines = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap()
            .lines()
            .count();
        let operation = !name.ends_with("mod.rs")
            && ["accounts/", "sessions/", "personal_data/"]
                .iter()
                .any(|feature| name.contains(feature));
        let most = match operation {
            true if name.starts_with("src/graphql/") => 200,
            true => 250,
            false => 300,
        };
        if lines > most {
            faults.push(format!("{name}: {lines} lines, at most {most}"));
        }
    }
    for path in files("tests") {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        if lines > 400 {
            faults.push(format!("{}: {lines} lines, at most 400", relative(&path)));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let described = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        text.starts_with("//!")
            // A file of the schema or of a migration says it by its type's documentation or its name.
            || relative(path).contains("graphql/objects/")
            || relative(path).contains("graphql/scalars/")
            || relative(path).contains("migration/src/m2")
    };
    let bare: Vec<String> = files("src")
        .iter()
        .filter(|path| !described(path))
        .map(|path| relative(path))
        .collect();
    assert!(bare.is_empty(), "{bare:#?}");
}

#[test]
fn no_file_is_named_after_nothing() {
    let vague = [
        "utils", "util", "helpers", "helper", "common", "misc", "types", "services", "models",
    ];
    for path in files("src") {
        let name = relative(&path);
        assert!(
            !name.split(['/', '.']).any(|part| vague.contains(&part)),
            "{name}"
        );
    }
}

#[test]
fn mod_files_hold_only_the_table_of_contents() {
    for path in files("src").iter().filter(|path| path.ends_with("mod.rs")) {
        let code = code(path);
        assert!(
            !code.contains("fn ") && !code.contains("struct "),
            "{}",
            relative(path)
        );
    }
}
