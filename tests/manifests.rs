//! Holds the manifests to what is promised of every build.

use std::fs;
use std::path::Path;

/// Fuzzing is a workspace of its own, so it has its own line.
#[test]
fn no_crate_of_ours_may_hold_unsafe_code() {
    let manifest = |path: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        fs::read_to_string(path).unwrap()
    };
    let has = |text: &str, section: &str, line: &str| {
        let after = text.split(&format!("\n{section}\n")).nth(1);
        let lines = after.and_then(|rest| rest.split("\n[").next());
        lines.is_some_and(|lines| lines.lines().any(|it| it == line))
    };
    let forbid = "unsafe_code = \"forbid\"";
    let workspace = manifest("Cargo.toml");
    assert!(has(&workspace, "[workspace.lints.rust]", forbid));
    assert!(
        workspace.contains("members = [\"bcrypt-lanes\", \"migration\"]"),
        "a new member belongs into this test"
    );
    for path in [
        "Cargo.toml",
        "bcrypt-lanes/Cargo.toml",
        "migration/Cargo.toml",
    ] {
        assert!(
            has(&manifest(path), "[lints]", "workspace = true"),
            "{path}"
        );
    }
    assert!(has(&manifest("fuzz/Cargo.toml"), "[lints.rust]", forbid));
    assert!(has(
        &workspace,
        "[profile.release]",
        "overflow-checks = true"
    ));
}
