//! Collects what is wrong with one file, so that a user sees everything at once.

use crate::diagnostic::{Diagnostic, SourceText};

/// Line and column, from 1.
pub(crate) type Place = (u32, u32);

/// What is wrong with one file.
pub(crate) struct Problems {
    source: SourceText,
    found: Vec<Diagnostic>,
}

impl Problems {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        Self { source: SourceText { name: name.into(), text: text.into() }, found: Vec::new() }
    }

    /// What is wrong with a file whose text is shared.
    pub(crate) fn of(source: SourceText) -> Self {
        Self { source, found: Vec::new() }
    }

    /// The name of the file.
    pub(crate) fn file(&self) -> &str {
        &self.source.name
    }

    /// An error at a place.
    pub(crate) fn add(&mut self, place: Place, title: impl Into<String>) {
        self.found.push(self.diagnostic(place, title));
    }

    /// An error at a place, with its remedy.
    pub(crate) fn add_with_help(&mut self, place: Place, title: impl Into<String>, help: impl Into<String>) {
        self.found.push(self.diagnostic(place, title).help(help));
    }

    /// An error that belongs to another file.
    pub(crate) fn adopt(&mut self, diagnostics: Vec<Diagnostic>) {
        self.found.extend(diagnostics);
    }

    /// A diagnostic about this file that is not collected here.
    pub(crate) fn diagnostic(&self, place: Place, title: impl Into<String>) -> Diagnostic {
        Diagnostic::new(title).at(&self.source, place.0, place.1)
    }

    /// The value, when nothing is wrong; otherwise everything that is, in the order of the file.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Vec<Diagnostic>> {
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => {
                self.found.sort_by(|a, b| (a.place, &a.title).cmp(&(b.place, &b.title)));
                Err(self.found)
            }
        }
    }

    /// Everything that is wrong, in the order in which it was found.
    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found
    }
}
