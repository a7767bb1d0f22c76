//! Sources: what yields an inventory. The kind of a file is detected from its content, never from its name.
//!
//! [`open`] is the only function here that touches files, and [`aws::collect()`] the only one that reaches a network. What
//! they yield is given to [`terraform::read`], which is a function of the bytes, or to [`inventory_file::read`], which
//! streams; [`import`] walks folders by itself.

pub mod aws;
mod error;
pub mod import;
pub mod inventory_file;
mod skip;
pub mod terraform;
pub(crate) mod text;

use std::io::Read;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

pub(crate) use error::CONFIGURATION;
pub use error::{Problem, SourceError};

/// A file, or standard input, that was looked into.
pub enum Opened {
    /// An inventory file, which is read as a stream.
    Inventory(Box<dyn Read + Send>),
    /// Anything else, read as a whole.
    Whole(Vec<u8>),
}

/// Opens a file, or standard input for `-`, and tells by its first bytes how to read it.
///
/// # Errors
///
/// When it cannot be read.
pub fn open(path: &str) -> Result<Opened, SourceError> {
    let unreadable = |error| SourceError::new(path, Problem::Unreadable(error));
    if path == "-" {
        return opened(std::io::stdin(), 0).map_err(unreadable);
    }
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let size = file.metadata().map(|metadata| metadata.len()).unwrap_or_default();
    opened(file, usize::try_from(size).unwrap_or_default()).map_err(unreadable)
}

/// What is read already, as [`open`] would give it.
///
/// # Errors
///
/// None that bytes in memory could cause; the form is that of `open`.
pub fn of_bytes(path: &str, bytes: Vec<u8>) -> Result<Opened, SourceError> {
    let size = bytes.len();
    opened(std::io::Cursor::new(bytes), size).map_err(|error| SourceError::new(path, Problem::Unreadable(error)))
}

/// The bytes of a file, or of standard input for `-`.
///
/// # Errors
///
/// When it cannot be read.
pub fn load(path: &str) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    match open(path)? {
        Opened::Whole(whole) => return Ok(whole),
        Opened::Inventory(mut input) => input.read_to_end(&mut bytes),
    }
    .map_err(|error| SourceError::new(path, Problem::Unreadable(error)))?;
    Ok(bytes)
}

/// `size` is how much there probably is, so that a large file is not moved about while it grows. Nothing is read twice: it
/// may be a pipe.
fn opened(mut input: impl Read + Send + 'static, size: usize) -> std::io::Result<Opened> {
    const START: u64 = 64;
    let mut bytes = Vec::new();
    (&mut input).take(START).read_to_end(&mut bytes)?;
    if inventory_file::is_inventory(&bytes) {
        return Ok(Opened::Inventory(Box::new(std::io::Cursor::new(bytes).chain(input))));
    }
    // One more byte than the file has, lest the last read makes room for what does not come.
    bytes.try_reserve_exact((size + 1).saturating_sub(bytes.len()))?;
    input.read_to_end(&mut bytes)?;
    Ok(Opened::Whole(bytes))
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> Arc<str> {
    hexadecimal(&Sha256::digest(bytes))
}

/// A digest in lower-case hexadecimal.
fn hexadecimal(digest: &[u8]) -> Arc<str> {
    digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
}
