//! The whole service: routes, schema, features, database.
#![no_main]

use std::sync::LazyLock;

use gatehouse::fuzzing::Service;
use libfuzzer_sys::fuzz_target;

static SERVICE: LazyLock<Service> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("gatehouse-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the database");
    Service::start(&folder)
});

fuzz_target!(|data: &[u8]| SERVICE.answer(data));
