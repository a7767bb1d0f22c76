//! Sources: what yields an inventory. The kind of a file is detected from its content, never from its name.
//!
//! [`load`] is the only function here that touches the world. What it returns is given to [`terraform::read`], which is
//! a function of the bytes.

pub mod aws;
mod error;
pub mod import;
pub mod inventory_file;
pub mod terraform;
pub(crate) mod text;

use std::io::Read;
use std::sync::Arc;

pub(crate) use error::CONFIGURATION;
pub use error::{Problem, SourceError};

/// The bytes of a file, or of standard input for `-`.
pub fn load(path: &str) -> Result<Vec<u8>, SourceError> {
    let read = if path == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| SourceError::new(path, Problem::Unreadable(error)))
}

/// A digest in lower-case hexadecimal.
fn hexadecimal(digest: &[u8]) -> Arc<str> {
    digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
}
