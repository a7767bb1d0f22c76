//! Any bytes as a reply of AWS, of every call: read, or refused; never a panic, never without end. A reply that was read
//! is refused once its last byte that is not blank is gone.
#![no_main]

use dbkeel::source::aws::{OPERATIONS, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for operation in OPERATIONS {
        let whole = data.trim_ascii_end();
        // A document is whole without the comment that follows it.
        if decode(operation, data).is_ok() && !whole.ends_with(b"-->") {
            assert!(decode(operation, &whole[..whole.len().saturating_sub(1)]).is_err());
        }
    }
});
