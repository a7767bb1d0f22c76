//! Any text as a policy with METADATA: loaded, or refused with places in the file; never a panic, never without end.
#![no_main]

use dbkeel::policy::{PolicyFile, load};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let path = "policies/retention/fuzzed.rego".into();
    let _ = load(&[PolicyFile { path, text: text.into(), user: true }]);
});
