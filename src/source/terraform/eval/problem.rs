//! What is wrong with a configuration, for the person who wrote it.

use crate::source::terraform::hcl::Span;

/// What is wrong, or what could not be known, at one place of a configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    /// Where; `None` when it is about what is not in the configuration.
    pub(crate) span: Option<Span>,
    /// How bad it is.
    pub(crate) severity: Severity,
    /// What is wrong; holds no values.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// Terraform would refuse it: what depends on it is unknown.
    Error,
    /// It is right, but what depends on it is unknown.
    Note,
}

impl Problem {
    /// An error.
    pub(crate) fn error(span: Option<Span>, message: impl Into<String>) -> Self {
        Self { span, severity: Severity::Error, message: message.into(), help: None }
    }

    /// A note.
    pub(crate) fn note(span: Option<Span>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(span, message) }
    }

    /// The same with a remedy.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
