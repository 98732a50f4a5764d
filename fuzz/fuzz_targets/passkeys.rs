//! What a browser sends after a passkey was created or used.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| gatehouse::fuzzing::passkeys(data));
