//! Sources: what yields an inventory. The kind of a file is detected from its content, never from its name.
//!
//! [`load`] and [`open`] touch the world; what they return is given to [`terraform::read`] or [`inventory_file::read`], which
//! are functions of the bytes. [`import`] walks folders by itself.

pub mod aws;
mod error;
pub mod import;
pub mod inventory_file;
pub mod terraform;
pub(crate) mod text;

use std::io::Read;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

pub(crate) use error::CONFIGURATION;
pub use error::{Problem, SourceError};

/// The bytes of a file, or of standard input for `-`.
pub fn load(path: &str) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    let read = open(path)?.read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|error| SourceError::new(path, Problem::Unreadable(error)))
}

/// A file as a stream, or standard input for `-`.
pub fn open(path: &str) -> Result<Box<dyn Read + Send>, SourceError> {
    if path == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    let file = std::fs::File::open(path).map_err(|error| SourceError::new(path, Problem::Unreadable(error)))?;
    Ok(Box::new(file))
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> Arc<str> {
    hexadecimal(&Sha256::digest(bytes))
}

/// A digest in lower-case hexadecimal.
fn hexadecimal(digest: &[u8]) -> Arc<str> {
    digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
}
