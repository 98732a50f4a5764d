//! What no line of `src/` may do, read from its text: rules that neither the compiler nor a lint knows.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// The code of every file of `src/` and `migration/src/`, without tests and comments, and its path.
fn code() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "migration/src"] {
        collect(&root.join(folder), &mut files);
    }
    let texts = files
        .iter()
        .filter(|path| !path.to_str().unwrap().ends_with("_tests.rs"));
    texts
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let code: String = text
                .split("#[cfg(test)]")
                .next()
                .unwrap()
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n");
            let shown = path.strip_prefix(root).unwrap().display().to_string();
            (shown, code)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

/// Fails where one of `words` stands in code outside `exempt`.
fn assert_nowhere(words: &[&str], exempt: &[&str]) {
    let code = code();
    assert!(code.len() > 150, "the rule reads the code");
    for (path, text) in code
        .iter()
        .filter(|(path, _)| !exempt.iter().any(|it| path.starts_with(it)))
    {
        for word in words {
            assert!(
                !text.to_lowercase().contains(&word.to_lowercase()),
                "{word} in {path}"
            );
        }
    }
}

#[test]
fn statements_are_built_with_bound_values_never_glued() {
    let raw = [
        "from_string",
        "from_sql_and_values",
        "execute_unprepared",
        "Expr::cust",
        "raw_sql",
        "sqlx::query",
    ];
    assert_nowhere(&raw, &["src/db/", "migration/"]);
    assert_nowhere(
        &[
            "execute_unprepared(&format!",
            "from_string(self",
            "raw_sql(&format!",
        ],
        &[],
    );
}

#[test]
fn no_broken_cryptography_is_named() {
    assert_nowhere(
        &[
            "md5",
            "sha1",
            "sha_1",
            "rc4",
            "3des",
            "ecb",
            "pkcs1",
            "rs256",
            "hs256",
            "aes_128_cbc",
        ],
        &[],
    );
}

#[test]
fn chance_comes_from_the_operating_system_alone() {
    assert_nowhere(
        &[
            "rand::rng",
            "rand::random",
            "thread_rng",
            "fastrand",
            "smallrng",
            "new_v4",
            "now_v7",
        ],
        &[],
    );
    assert_nowhere(
        &["aws_lc_rs::rand", "systemrandom", "chacha"],
        &["src/entropy.rs", "src/tokens/signing_keys.rs"],
    );
}

#[test]
fn json_is_written_by_a_library() {
    assert_nowhere(&["format!(\"{{\\\"", "format!(r#\"{{"], &[]);
}

/// The image is built from what is let in here, and holds the binary alone.
#[test]
fn nothing_but_the_code_goes_into_the_image() {
    let read =
        |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let ignored = read(".dockerignore");
    let rules: Vec<&str> = ignored
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    assert_eq!(
        rules,
        [
            "*",
            "!Cargo.toml",
            "!Cargo.lock",
            "!.cargo",
            "!build.rs",
            "!src",
            "!migration",
            "!playground",
            "playground/dist",
            "playground/tests",
            "**/node_modules",
        ]
    );
    let dockerfile = read("Dockerfile");
    let last = dockerfile.rsplit("\nFROM ").next().unwrap();
    let copied: Vec<&str> = last
        .lines()
        .filter(|line| line.starts_with("COPY") || line.starts_with("ADD"))
        .collect();
    assert!(
        copied
            .iter()
            .all(|line| line.starts_with("COPY --from=build /src/target/")),
        "{copied:?}"
    );
    assert!(last.contains("USER nonroot"));
}
