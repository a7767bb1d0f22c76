//! Any bytes as an inventory file, and as a reply to import: read, or refused; never a panic, never without end.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut items = 0;
    let read = dbkeel::source::inventory_file::read("fuzzed.jsonl", bytes, |_, batch| items += batch.len() as u64);
    if let Ok(info) = read {
        assert_eq!(info.items, items);
    }
    let _ = dbkeel::source::import::import_bytes("fuzzed.json", bytes, &Default::default());
});
