//! Globs that a text is held against, each with the reason to give when it matches.

use std::sync::Arc;

use globset::{Glob, GlobBuilder, GlobSet};

use crate::yaml::At;
use crate::yaml::problems::Problems;

/// No identifier, address or tag value is this long; a longer glob only costs memory.
const MAX_GLOB: usize = 256;

/// Alternatives: the first that matches gives the reason. Case does not matter.
#[derive(Debug)]
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    /// All globs at once: most texts match none, and one pass over the text says so.
    globs: GlobSet,
}

#[derive(Debug)]
struct Pattern {
    text: String,
    /// `None` for a plain text, which is compared without the machinery of globs.
    glob: Option<GlobSet>,
    reason: Arc<str>,
}

impl Patterns {
    /// Compiles patterns. `reason` makes the reason of a pattern from its text and whether it is a glob.
    pub(super) fn new(raw: &[At<String>], reason: impl Fn(&str, bool) -> String, problems: &mut Problems) -> Self {
        let mut patterns = Vec::with_capacity(raw.len());
        let mut globs = Vec::new();
        for text in raw {
            let is_glob = text.value.contains(['*', '?', '[', '{', '\\']);
            let glob = if is_glob { glob(text, problems) } else { None };
            let reason = reason(&text.value, is_glob).into();
            patterns.push(Pattern {
                text: text.value.clone(),
                glob: glob.as_ref().map(|(_, set)| set.clone()),
                reason,
            });
            globs.extend(glob.map(|(glob, _)| glob));
        }
        let all = GlobSet::new(globs).unwrap_or_else(|error| {
            problems.add(raw.first().map_or((1, 1), |text| text.place), format!("the globs are too many: {error}"));
            GlobSet::empty()
        });
        Self { patterns, globs: all }
    }

    /// The reason of the first pattern that matches.
    pub(super) fn find(&self, text: &str) -> Option<&Arc<str>> {
        let any_glob = !self.globs.is_empty() && self.globs.is_match(text);
        let found = self.patterns.iter().find(|pattern| match &pattern.glob {
            Some(glob) => any_glob && glob.is_match(text),
            None => pattern.text.eq_ignore_ascii_case(text),
        });
        found.map(|pattern| &pattern.reason)
    }

    /// The texts of the patterns, for people.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.patterns.iter().map(|pattern| pattern.text.as_str()).collect()
    }
}

/// Compiles one glob, alone and as a member of larger sets.
pub(super) fn glob(text: &At<String>, problems: &mut Problems) -> Option<(Glob, GlobSet)> {
    if text.value.len() > MAX_GLOB {
        let title = format!("the glob is longer than {MAX_GLOB} bytes");
        problems.add_with_help(text.place, title, "write several shorter ones");
        return None;
    }
    let mut builder = GlobBuilder::new(&text.value);
    // The same on every platform: `\[` is a bracket of a Terraform address.
    let glob = builder.case_insensitive(true).literal_separator(false).backslash_escape(true).build();
    // Not `compile_matcher`, which panics when the glob is too large for the regex engine.
    match glob.and_then(|glob| Ok((glob.clone(), GlobSet::new([glob])?))) {
        Ok(compiled) => Some(compiled),
        Err(error) => {
            let title = format!("`{}` is not a glob: {}", text.value, error.kind());
            problems.add_with_help(text.place, title, "write `\\` before a bracket or a brace that stands for itself");
            None
        }
    }
}
