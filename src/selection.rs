//! Which resources somebody means: patterns over addresses, ids and names, and over tags. Waivers and the ignore rules of
//! drift select by them.

use std::sync::Arc;

use globset::{GlobBuilder, GlobSet};

use crate::model::{FactMap, FactState, Value};
use crate::yaml::fields;
use crate::yaml::problems::Problems;
use crate::yaml::{At, Node, Tree};

/// No address, ARN or tag is this long; a longer pattern only costs memory.
const MAX_PATTERN: usize = 2048;

/// Tags, all of which must be known and match.
#[derive(Debug, Default)]
pub(crate) struct TagPatterns(Vec<(Arc<str>, Patterns)>);

impl TagPatterns {
    /// Reads a mapping from keys to a value or several, of which one must match.
    pub(crate) fn read(node: &Node, problems: &mut Problems) -> Self {
        let entries = fields::entries(node, "`tags`", problems);
        if entries.is_empty() && matches!(node.value, Tree::Map(_)) {
            problems.add(node.place, "`tags` is empty");
        }
        let mut tags = Vec::with_capacity(entries.len());
        for (key, values) in entries {
            let values = fields::texts(values, &format!("tag `{}`", key.value), problems);
            tags.push((Arc::from(key.value.as_str()), Patterns::new(&values, Case::Ignored, problems)));
        }
        Self(tags)
    }

    /// The keys of the tags.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_ref())
    }

    /// Whether it asks nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether tags have them all. What is not known does not match.
    pub(crate) fn match_all(&self, tags: &FactMap) -> bool {
        self.0.iter().all(|(key, patterns)| {
            // Keys match whatever their case, as they do in baselines.
            let mut named = tags.entries.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
            named.any(|(_, fact)| match &fact.state {
                FactState::Known(Value::String(value)) => patterns.matches(value),
                _ => false,
            })
        })
    }
}

/// Whether case matters to a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Addresses and ids.
    Matters,
    /// Values of tags.
    Ignored,
}

/// Texts in which `*` stands for anything and `?` for one character. Every other character stands for itself: brackets and
/// quotes are parts of Terraform's addresses.
#[derive(Debug)]
pub(crate) struct Patterns {
    plain: Vec<String>,
    globs: GlobSet,
    case: Case,
}

impl Patterns {
    /// Compiles patterns.
    pub(crate) fn new(texts: &[At<String>], case: Case, problems: &mut Problems) -> Self {
        let (globs, plain): (Vec<_>, Vec<_>) = texts.iter().partition(|text| text.value.contains(['*', '?']));
        let globs: Vec<globset::Glob> = globs.into_iter().filter_map(|text| glob(text, case, problems)).collect();
        let globs = GlobSet::new(globs).unwrap_or_else(|error| {
            problems.add(texts.first().map_or((1, 1), |text| text.place), format!("the globs are too many: {error}"));
            GlobSet::empty()
        });
        Self { plain: plain.into_iter().map(|text| text.value.clone()).collect(), globs, case }
    }

    /// Whether one of them matches a text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let is_same = |plain: &String| match self.case {
            Case::Matters => plain == text,
            Case::Ignored => plain.eq_ignore_ascii_case(text),
        };
        self.plain.iter().any(is_same) || (!self.globs.is_empty() && self.globs.is_match(text))
    }
}

fn glob(text: &At<String>, case: Case, problems: &mut Problems) -> Option<globset::Glob> {
    if text.value.len() > MAX_PATTERN {
        problems.add(text.place, format!("the glob is longer than {MAX_PATTERN} bytes"));
        return None;
    }
    let mut escaped = String::with_capacity(text.value.len());
    for character in text.value.chars() {
        match character {
            // Two stars would say no more than one.
            '*' if escaped.ends_with('*') && !escaped.ends_with("\\*") => {}
            '*' | '?' => escaped.push(character),
            other => {
                if "[]{}!\\,-".contains(other) {
                    escaped.push('\\');
                }
                escaped.push(other);
            }
        }
    }
    let mut builder = GlobBuilder::new(&escaped);
    let glob = builder.case_insensitive(case == Case::Ignored).literal_separator(false).backslash_escape(true).build();
    // Alone it must compile too, so that the error has the place of the one that is too large.
    match glob.and_then(|glob| GlobSet::new([glob.clone()]).map(|_| glob)) {
        Ok(glob) => Some(glob),
        Err(error) => {
            problems.add(text.place, format!("`{}` is not a glob: {}", text.value, error.kind()));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        let mut problems = Problems::new("w.yaml", pattern);
        let at = At { place: (1, 1), value: pattern.to_owned() };
        let patterns = Patterns::new(&[at], Case::Matters, &mut problems);
        assert_eq!(problems.into_diagnostics(), []);
        patterns.matches(text)
    }

    #[test]
    fn brackets_are_parts_of_addresses() {
        assert!(matches("aws_db_instance.b[0]", "aws_db_instance.b[0]"));
        assert!(!matches("aws_db_instance.b[0]", "aws_db_instance.b0"));
        assert!(matches("module.a[\"eu-*\"].aws_db_instance.{x}*", "module.a[\"eu-1\"].aws_db_instance.{x}[\"y\"]"));
        assert!(!matches("aws_db_instance.b[?]", "aws_db_instance.b[10]"));
        assert!(matches("aws_db_instance.b[*]", "aws_db_instance.b[10]"));
    }

    #[test]
    fn a_star_crosses_dots_slashes_and_colons() {
        assert!(matches("arn:aws:rds:*:111122223333:db:*", "arn:aws:rds:eu-central-1:111122223333:db:a/b"));
        assert!(matches("**.main", "module.a.aws_db_instance.main"));
        assert!(!matches("*.main", "module.a.aws_db_instance.mains"));
    }

    #[test]
    fn an_address_keeps_its_case() {
        assert!(!matches("aws_db_instance.Main", "aws_db_instance.main"));
        assert!(!matches("aws_db_instance.M*", "aws_db_instance.main"));
    }
}
