//! Why an inventory file could not be written.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// Why an inventory file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The operating system refused.
    #[error("`{}` cannot be written: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// Another process writes it.
    #[error("another dbkeel is writing `{}`", .0.display())]
    Busy(PathBuf),
    /// A collection was cut off, and nobody said whether to go on with it.
    #[error("`{}` is of a collection that was cut off; finished accounts and regions in it: {scopes}", path.display())]
    Unfinished {
        /// The journal.
        path: PathBuf,
        /// How many scopes are finished.
        scopes: usize,
    },
    /// What was cut off was another collection.
    #[error("`{}` is of a collection {what}", path.display())]
    OtherRequest {
        /// The journal.
        path: PathBuf,
        /// How it differs.
        what: &'static str,
    },
    /// A file of that name is there, and it is no journal.
    #[error("`{}` is not what a collection leaves when it is cut off", .0.display())]
    NotJournal(PathBuf),
}

impl JournalError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |error| Self::Io { path: path.to_path_buf(), error }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Io { .. } => "check that the folder exists, that you may write to it and that there is room",
            Self::Busy(_) => "wait until it is done, or write to another file",
            Self::Unfinished { .. } => "go on with `--resume`, or remove the file to begin anew",
            Self::OtherRequest { .. } => "give the same options as then, or remove the file to begin anew",
            Self::NotJournal(_) => "move it away, or write to another file",
        }
    }
}

impl From<JournalError> for Diagnostic {
    fn from(error: JournalError) -> Self {
        Diagnostic::new(error.to_string()).help(error.help())
    }
}
