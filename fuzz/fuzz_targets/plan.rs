//! Any bytes as a plan: read, mapped and linked, or refused; never a panic, never without end.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = dbkeel::source::terraform::read("plan.json", data, dbkeel::source::Digests::LeftOut, &|kind| kind.starts_with("aws_"), |resource| resource);
});
