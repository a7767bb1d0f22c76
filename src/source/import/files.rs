//! Finds and reads the files of an import.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value as Json;

use super::{Reply, detect};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::source::text::{decode, offset_of_error, place};
use crate::source::{SourceError, load};

/// Folders within folders; a loop of links would have no end.
const MAX_DEPTH: usize = 16;

/// Why something was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file that cannot be read, or is no text.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A folder that cannot be read.
    #[error("{folder}: the folder cannot be read: {error}")]
    Folder {
        /// The folder.
        folder: String,
        /// Why not.
        error: io::Error,
    },
    /// Not JSON, or not all of it.
    #[error("{file}: this is not valid JSON")]
    Syntax {
        /// The file.
        file: String,
        /// Line and column, from 1.
        place: (u32, u32),
        /// Whether the text ends too early.
        is_cut: bool,
    },
    /// JSON that is nothing to import.
    #[error("{file}: {why}")]
    Foreign {
        /// The file.
        file: String,
        /// What it is instead.
        why: String,
    },
    /// Nothing at all.
    #[error("nothing to import is in {paths}")]
    Nothing {
        /// What was looked through.
        paths: String,
        /// What was found instead, if anything.
        instead: Option<String>,
    },
}

impl ImportError {
    pub(super) fn nothing(paths: &[String], notes: &[String]) -> Self {
        let paths = paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
        Self::Nothing { paths, instead: notes.first().cloned() }
    }
}

const HELP: &str = "give what `aws rds describe-db-instances --output json` and its like print, an AWS Config snapshot, \
                    or the results of an advanced query of AWS Config, as files or a folder of `.json` files";

impl From<ImportError> for Diagnostic {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Source(error) => {
                let text = SourceText { name: error.path, text: "".into() };
                let diagnostic = Diagnostic { source: Some(text), ..Diagnostic::new(error.problem.to_string()) };
                Diagnostic { place: error.place, ..diagnostic }.help(HELP)
            }
            ImportError::Syntax { file, place, is_cut } => {
                let (title, help) = match is_cut {
                    true => ("the JSON document is cut short", "the file was not written whole; write it again"),
                    false => ("this is not valid JSON", HELP),
                };
                let text = SourceText { name: file.into(), text: "".into() };
                Diagnostic::new(title).at(&text, place.0, place.1).help(help)
            }
            ImportError::Nothing { instead: Some(instead), .. } => Diagnostic::new(instead).help(HELP),
            other => Diagnostic::new(other.to_string()).help(HELP),
        }
    }
}

/// The replies in files, and in the `.json` files of folders. What a folder holds besides is noted; what was named itself
/// must be something to import.
pub(super) fn replies(paths: &[String], notes: &mut Vec<String>) -> Result<Vec<Reply>, Vec<ImportError>> {
    let (mut replies, mut errors) = (Vec::new(), Vec::new());
    for path in paths {
        if Path::new(path).is_dir() {
            let mut files = Vec::new();
            errors.extend(walk(Path::new(path), MAX_DEPTH, &mut files).err());
            for file in files {
                match read(&file) {
                    Ok(read) => replies.extend(read),
                    Err(ImportError::Foreign { file, why }) => notes.push(format!("{file}: not imported: {why}")),
                    Err(error) => errors.push(error),
                }
            }
        } else {
            match read(path) {
                Ok(read) => replies.extend(read),
                Err(error) => errors.push(error),
            }
        }
    }
    if errors.is_empty() { Ok(replies) } else { Err(errors) }
}

/// Files in the order of their names.
fn walk(folder: &Path, depth: usize, files: &mut Vec<String>) -> Result<(), ImportError> {
    let failed = |error| ImportError::Folder { folder: folder.display().to_string(), error };
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(failed)?;
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && depth > 0 {
            walk(&path, depth - 1, files)?;
        } else if path.is_file() && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            files.push(path.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

/// The replies in one file, which may hold several documents one after the other.
fn read(path: &str) -> Result<Vec<Reply>, ImportError> {
    let bytes = load(path)?;
    let file: Arc<str> = path.replace('\\', "/").into();
    parse(&file, &bytes)
}

/// The replies in the bytes of a file.
pub(super) fn parse(file: &Arc<str>, bytes: &[u8]) -> Result<Vec<Reply>, ImportError> {
    let text = decode(file, bytes)?;
    let mut replies = Vec::new();
    for document in serde_json::Deserializer::from_str(&text).into_iter::<Json>() {
        let document = document.map_err(|error| ImportError::Syntax {
            file: file.to_string(),
            place: place(&text, offset_of_error(&text, &error)),
            is_cut: error.is_eof(),
        })?;
        let found = detect::replies(document, file);
        replies.extend(found.map_err(|why| ImportError::Foreign { file: file.to_string(), why })?);
    }
    Ok(replies)
}
