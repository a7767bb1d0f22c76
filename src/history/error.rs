//! What stops work with a history file: one clear error each.

use std::sync::Arc;

use rusqlite::ErrorCode;
use thiserror::Error;

use crate::diagnostic::Diagnostic;

/// What is wrong, and with which file.
#[derive(Debug, Error)]
#[error("history `{file}`: {problem}")]
pub struct HistoryError {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What is wrong with a history file, or with what was asked of it.
#[derive(Debug, Error)]
pub enum Problem {
    /// There is no such file.
    #[error("there is no such file")]
    None,
    /// It is SQLite's, but not a history.
    #[error("it is a database of something else")]
    SomethingElse,
    /// It is no SQLite file at all.
    #[error("it is not a database")]
    NotADatabase,
    /// A later dbkeel wrote it.
    #[error("it has version {found} of the layout, and this dbkeel knows versions up to {known}")]
    Newer {
        /// The file's version.
        found: i64,
        /// The newest that is known.
        known: i64,
    },
    /// It is damaged.
    #[error("it is damaged: {0}")]
    Corrupt(String),
    /// It may not be written.
    #[error("it may not be written: {0}")]
    ReadOnly(String),
    /// Another process writes to it.
    #[error("another process has been writing to it for too long")]
    Busy,
    /// It holds another sort of runs.
    #[error("it is the history of {found}, not of {asked}")]
    OtherSubject {
        /// Whose history it is.
        found: String,
        /// Whose was meant.
        asked: String,
    },
    /// There is no such run.
    #[error("there is no run {0}")]
    NoRun(String),
    /// The run's verdicts were taken out.
    #[error("run {0} was pruned")]
    Pruned(i64),
    /// Something else that SQLite says.
    #[error("{0}")]
    Sqlite(rusqlite::Error),
}

impl Problem {
    fn help(&self) -> &'static str {
        match self {
            Self::None => "`dbkeel audit` makes it beside the fleet file; name it with `--history FILE`",
            Self::SomethingElse | Self::NotADatabase => {
                "give `--history` a file of its own; nothing was written to this one"
            }
            Self::Newer { .. } => "use the dbkeel that wrote it, or a later one; nothing was written",
            Self::Corrupt(_) => {
                "take the last good copy of it, or move it away so that the next run begins a new one; nothing was written"
            }
            Self::ReadOnly(_) => {
                "give the file and its folder write permission, or leave the history out with `--no-history`"
            }
            Self::Busy => "wait until the other run is over, and run again",
            Self::OtherSubject { .. } => "give each sort of runs a history of its own",
            Self::NoRun(_) => "`dbkeel history runs` lists the runs",
            Self::Pruned(_) => "`dbkeel history runs` lists the runs that can be compared",
            Self::Sqlite(_) => "check that there is room and that the file's folder exists",
        }
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase,
            Some(ErrorCode::DatabaseCorrupt) => Self::Corrupt(error.to_string()),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(error.to_string()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}

impl HistoryError {
    pub(super) fn new(file: &Arc<str>, problem: impl Into<Problem>) -> Self {
        Self { file: Arc::clone(file), problem: problem.into() }
    }
}

impl From<HistoryError> for Diagnostic {
    fn from(error: HistoryError) -> Self {
        Self::new(error.to_string()).help(error.problem.help())
    }
}
