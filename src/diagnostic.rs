//! Errors in the user's own files, shown with the line that they are about.
//!
//! ```text
//! error: baseline `standard` sets `min_backup_days`, which no rule takes
//!   --> baselines/standard.yaml:14:7
//!    = help: rule `backup_retention` takes `min_backup_retention_days`
//! ```

use std::fmt;
use std::sync::Arc;

/// A file's name and text, shared by every diagnostic about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The name, as the user gave it.
    pub name: Arc<str>,
    /// The text.
    pub text: Arc<str>,
}

/// One error in one file. The title is lower case, without a full stop, with the user's words in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub title: String,
    /// The file.
    pub source: Option<SourceText>,
    /// Line and column of the place, from 1; columns count Unicode code points.
    pub place: Option<(u32, u32)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), source: None, place: None, help: None }
    }

    /// Adds the file and the place in it.
    #[must_use]
    pub fn at(mut self, source: &SourceText, line: u32, column: u32) -> Self {
        self.source = Some(source.clone());
        self.place = Some((line, column));
        self
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.title)?;
        if let Some(source) = &self.source {
            write!(f, "\n  --> {}", source.name)?;
            if let Some((line, column)) = self.place {
                write!(f, ":{line}:{column}")?;
            }
        }
        if let Some(help) = &self.help {
            write!(f, "\n   = help: {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}
