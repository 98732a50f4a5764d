//! Rules for the code in `src/` and `migration/` that neither the compiler nor a lint checks.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod source;

use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use source::sources;

/// The code of every file of `src/` and `migration/src/` by its path, without tests and comments, with white space only
/// between words.
fn code() -> Vec<(String, String)> {
    let parsed = sources(&["src", "migration/src"]).into_iter();
    parsed
        .map(|(path, file)| {
            let mut code = String::new();
            write(file.to_token_stream(), &mut code);
            (path, code)
        })
        .collect()
}

fn write(tokens: TokenStream, code: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let documents = |next: &TokenTree| next.to_string().starts_with("[doc");
                if tokens.next_if(documents).is_none() {
                    code.push('#');
                }
            }
            TokenTree::Group(group) => {
                let whole = group.to_string();
                code.extend(whole.chars().next());
                write(group.stream(), code);
                code.extend(whole.chars().next_back());
            }
            TokenTree::Punct(punct) => code.push(punct.as_char()),
            word => {
                if code.ends_with(|it: char| it.is_alphanumeric() || it == '_' || it == '"') {
                    code.push(' ');
                }
                code.push_str(&word.to_string());
            }
        }
    }
}

/// Fails if one of `words` is in code outside `exempt`.
fn assert_nowhere(words: &[&str], exempt: &[&str]) {
    let code = code();
    assert!(code.len() > 150, "{} files read", code.len());
    for (path, text) in code
        .iter()
        .filter(|(path, _)| !exempt.iter().any(|it| path.starts_with(it)))
    {
        let text = text.to_lowercase();
        for word in words {
            assert!(!text.contains(&word.to_lowercase()), "{word} in {path}");
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
        &["md5", "sha_1", "rc4", "3des", "ecb", "hs256", "aes_128_cbc"],
        &[],
    );
    // TOTP: authenticator apps know no other hash, and HMAC-SHA-1 is not broken.
    assert_nowhere(&["sha1"], &["src/factors/"]);
    // Windows Hello: passkeys in older TPMs sign with RSA.
    assert_nowhere(&["pkcs1"], &["src/webauthn/public_key.rs"]);
    assert_nowhere(
        &["rs256"],
        &["src/webauthn/public_key.rs", "src/webauthn/algorithm.rs"],
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
            "!bcrypt-lanes",
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
