//! Any bytes inside a state, raw or shown: read and mapped, or refused; never a panic, never without end.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for (before, after) in [
        ("", ""),
        (r#"{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"x","outputs":{},"resources":["#, "]}"),
        (r#"{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{"resources":["#, "]}}}"),
    ] {
        let document = [before.as_bytes(), data, after.as_bytes()].concat();
        let _ = dbkeel::source::terraform::read("state", &document, dbkeel::source::Digests::LeftOut, &|kind| kind.starts_with("aws_"), |resource| resource);
    }
});
