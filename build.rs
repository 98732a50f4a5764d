//! Builds again where GraphiQL was built after the last time: a release holds what was there when it was compiled.
#![expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script everything by variables"
)]

use std::fs;
use std::path::Path;
use std::time::SystemTime;

const BUILT: &str = "playground/dist";
/// What it is built from.
const SOURCES: [&str; 4] = [
    "playground/src",
    "playground/index.html",
    "playground/package-lock.json",
    "playground/vite.config.ts",
];

fn main() {
    // A debug build reads the files when they are asked for.
    if std::env::var("PROFILE").is_ok_and(|it| it != "release") {
        println!("cargo::rerun-if-changed=build.rs");
        return;
    }
    let remedy = "run `npm ci && npm run build` in playground/, then build again";
    let Some(built) = newest(Path::new(BUILT)) else {
        // A path that is not there would count as changed at every build; its folder is.
        println!("cargo::rerun-if-changed=playground");
        println!(
            "cargo::warning=GraphiQL was not built, browsers will load it from unpkg.com: {remedy}"
        );
        return;
    };
    println!("cargo::rerun-if-changed={BUILT}");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        if newest(Path::new(source)).is_some_and(|changed| changed > built) {
            println!("cargo::warning={source} has changed since GraphiQL was built: {remedy}");
        }
    }
}

/// When the newest file below `path` was written.
fn newest(path: &Path) -> Option<SystemTime> {
    let Ok(entries) = fs::read_dir(path) else {
        return fs::metadata(path).ok()?.modified().ok();
    };
    entries
        .flatten()
        .filter_map(|entry| newest(&entry.path()))
        .max()
}
