//! What stops a run: one clear error each, exit status 2.

use std::io;

use thiserror::Error;

use crate::diagnostic::Diagnostic;

/// What stops a run.
#[derive(Debug, Error)]
pub enum CliError {
    /// Errors in the user's files: input, policies, baselines.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Diagnostics(Vec<Diagnostic>),
    /// The command line asks for something that cannot be.
    #[error("{message}\n   = help: {help}")]
    Usage {
        /// What is wrong.
        message: String,
        /// The remedy.
        help: String,
    },
    /// A result could not be written.
    #[error(
        "cannot write {place}: {error}\n   = help: nothing was left half-written; check that the folder exists and that there is room"
    )]
    Output {
        /// Where to.
        place: String,
        /// Why not.
        error: io::Error,
    },
}

impl CliError {
    /// The text for stderr, with the line of the user's file where there is one.
    pub fn render(&self, color: bool) -> String {
        match self {
            Self::Diagnostics(diagnostics) => {
                diagnostics.iter().map(|diagnostic| format!("{}\n", diagnostic.render(color))).collect()
            }
            other => format!("error: {other}\n"),
        }
    }
}

impl From<Vec<Diagnostic>> for CliError {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Diagnostics(diagnostics)
    }
}

impl From<Diagnostic> for CliError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Diagnostics(vec![diagnostic])
    }
}
