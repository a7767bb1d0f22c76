//! Any bytes as a file of Terraform configuration, in both syntaxes: read, or refused with places in the file; never a
//! panic, never without end.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["main.tf", "main.tf.json", "override.tf"] {
        for diagnostic in dbkeel::source::terraform::diagnose(name, bytes) {
            let _ = diagnostic.render(false);
        }
    }
});
