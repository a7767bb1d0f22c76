//! Sources: what yields an inventory. The kind of a file is detected from its content, never from its name.
//!
//! [`open`] is the only function here that touches files, and [`aws::collect()`] the only one that reaches a network. What
//! they yield is given to [`terraform::read`], which is a function of the bytes, or to [`inventory_file::read`], which
//! streams; [`import`] walks folders by itself.

pub mod aws;
mod content;
mod error;
pub mod import;
pub mod inventory_file;
mod skip;
pub mod terraform;
pub(crate) mod text;

use std::fs::File;
#[cfg(unix)]
use std::io::Seek as _;
use std::io::{self, Read};
use std::sync::Arc;

#[cfg(unix)]
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

pub use content::Content;
pub(crate) use error::CONFIGURATION;
pub use error::{Problem, SourceError};

/// Whether the digests of sources are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digests {
    /// They are.
    Taken,
    /// They are not: nothing that is written tells them.
    LeftOut,
}

/// A file, or standard input, that was looked into.
pub enum Opened {
    /// An inventory file, which is read as a stream.
    Inventory(Box<dyn Read + Send>),
    /// Anything else, read as a whole.
    Whole(Content),
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
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    let size = usize::try_from(metadata.len()).unwrap_or_default();
    if metadata.is_file() && size >= LARGE {
        return large(file, size).map_err(unreadable);
    }
    opened(file, size).map_err(unreadable)
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
pub fn load(path: &str) -> Result<Content, SourceError> {
    let mut bytes = Vec::new();
    match open(path)? {
        Opened::Whole(whole) => return Ok(whole),
        Opened::Inventory(mut input) => input.read_to_end(&mut bytes),
    }
    .map_err(|error| SourceError::new(path, Problem::Unreadable(error)))?;
    Ok(bytes.into())
}

/// By so many bytes a file shows how it is to be read.
const START: usize = 64;

/// `size` is how much there probably is, so that a large file is not moved about while it grows. Nothing is read twice: it
/// may be a pipe.
fn opened(mut input: impl Read + Send + 'static, size: usize) -> io::Result<Opened> {
    let mut bytes = Vec::new();
    (&mut input).take(START as u64).read_to_end(&mut bytes)?;
    if inventory_file::is_inventory(&bytes) {
        return Ok(Opened::Inventory(Box::new(std::io::Cursor::new(bytes).chain(input))));
    }
    // One more byte than the file has, lest the last read makes room for what does not come.
    bytes.try_reserve_exact((size + 1).saturating_sub(bytes.len()))?;
    input.read_to_end(&mut bytes)?;
    Ok(Opened::Whole(bytes.into()))
}

/// A file from this size on is read by all threads: what takes time is to make room for it.
const LARGE: usize = 8 << 20;

/// A large file, unless it is an inventory, read in pieces side by side.
#[cfg(unix)]
fn large(mut file: File, size: usize) -> io::Result<Opened> {
    use std::os::unix::fs::FileExt as _;

    const PIECE: usize = 2 << 20;
    let mut start = [0; START];
    file.read_exact_at(&mut start, 0)?;
    if inventory_file::is_inventory(&start) {
        return Ok(Opened::Inventory(Box::new(file)));
    }
    let mut content = Content::zeroed(size)?;
    let pieces = content.par_chunks_mut(PIECE).enumerate();
    pieces.try_for_each(|(position, piece)| file.read_exact_at(piece, (position * PIECE) as u64))?;
    let mut added = Vec::new();
    file.seek(io::SeekFrom::Start(size as u64))?;
    file.read_to_end(&mut added)?;
    // It was written to meanwhile.
    if !added.is_empty() {
        content = [&*content, &added].concat().into();
    }
    Ok(Opened::Whole(content))
}

#[cfg(not(unix))]
fn large(file: File, size: usize) -> io::Result<Opened> {
    opened(file, size)
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> Arc<str> {
    hexadecimal(&Sha256::digest(bytes))
}

/// A digest in lower-case hexadecimal.
fn hexadecimal(digest: &[u8]) -> Arc<str> {
    digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_large_file_is_read_as_it_stands() {
        // Neither a multiple of the pieces nor of the pages, and no two pages alike.
        let bytes: Vec<u8> = (0u32..).flat_map(u32::to_le_bytes).take(LARGE + 100_001).collect();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        let path = file.path().to_str().unwrap();
        assert!(matches!(open(path), Ok(Opened::Whole(read)) if *read == bytes));
        // As if it had grown since its size was asked for, or had been cut.
        let less = large(File::open(path).unwrap(), bytes.len() - 3).unwrap();
        assert!(matches!(less, Opened::Whole(read) if *read == bytes));
        #[cfg(unix)]
        assert!(large(File::open(path).unwrap(), bytes.len() + 1).is_err());
    }

    #[test]
    fn a_large_inventory_is_a_stream_from_its_first_byte_on() {
        let mut bytes = br#"{"inventory":"#.to_vec();
        bytes.resize(LARGE + 1, b' ');
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        let path = file.path().to_str().unwrap();
        assert!(matches!(open(path), Ok(Opened::Inventory(_))));
        assert_eq!(*load(path).unwrap(), bytes);
    }
}
