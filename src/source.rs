//! Sources: what yields an inventory. The kind of a file is detected from its content, never from its name.
//!
//! Two functions here touch the world: [`load`], whose bytes are given to [`terraform::read`], a function of them, and
//! [`aws::collect()`], which is the only one that reaches a network.

pub mod aws;
mod error;
pub mod terraform;
pub(crate) mod text;

use std::io::Read;

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
