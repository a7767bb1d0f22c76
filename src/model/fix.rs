//! An edit of the source that makes a finding pass.

use std::sync::Arc;

use super::Location;

/// What mends a finding: all of the edits together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words.
    pub description: Arc<str>,
    /// By file and place.
    pub edits: Vec<FixEdit>,
}

/// A stretch of a file, and what stands there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixEdit {
    /// What is taken out; nothing, where the region is empty.
    pub location: Location,
    /// What is put in.
    pub text: Arc<str>,
}
