//! Any bytes as the lists and the facts of a bundle: read, or refused; never a panic, never without end.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| dbkeel::evidence::read_untrusted(bytes));
