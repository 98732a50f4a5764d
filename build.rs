//! Builds again where GraphiQL was built after the last time: a release holds what was there when it was compiled.
#![expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script everything by variables"
)]

use std::path::Path;

fn main() {
    // A path that is not there would count as changed at every build; its folder is.
    let built = "playground/dist";
    let watched = if Path::new(built).exists() {
        built
    } else {
        "playground"
    };
    // A debug build reads the files when they are asked for.
    let is_release = std::env::var("PROFILE").is_ok_and(|it| it == "release");
    println!(
        "cargo::rerun-if-changed={}",
        if is_release { watched } else { "build.rs" }
    );
}
