//! Any bytes as a file of Terraform configuration, in both syntaxes: read, or refused with places in the file; never a
//! panic, never without end. What its outline takes, the parser takes, and finds the same in it.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["main.tf", "main.tf.json", "override.tf"] {
        for diagnostic in dbkeel::source::terraform::diagnose(name, bytes) {
            let _ = diagnostic.render(false);
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert!(dbkeel::source::terraform::outline_holds(text), "the outline is not that of the parser");
    }
});
