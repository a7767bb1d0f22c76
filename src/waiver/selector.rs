//! Which resources a waiver is for.

use std::sync::Arc;

use globset::{GlobBuilder, GlobSet};

use crate::facts::catalogue::TAGS;
use crate::model::{Before, ChangeAction, FactMap, FactState, Resource, Value};
use crate::yaml::At;
use crate::yaml::problems::Problems;

/// No address, ARN or tag is this long; a longer pattern only costs memory.
const MAX_PATTERN: usize = 2048;

/// Which resources a waiver is for: all that is given must match.
#[derive(Debug, Default)]
pub(crate) struct Selector {
    /// Addresses or ids, of which one must match.
    pub(super) resources: Option<Patterns>,
    /// Tags, all of which must be known and match.
    pub(super) tags: Vec<(Arc<str>, Patterns)>,
    /// Names of tiers, of which one must be the resource's.
    pub(super) tiers: Vec<Arc<str>>,
}

impl Selector {
    /// Whether it asks anything of a resource.
    pub(super) fn is_empty(&self) -> bool {
        self.resources.is_none() && self.tags.is_empty() && self.tiers.is_empty()
    }

    /// Whether a resource of a tier is selected. What is not known selects nothing: a waiver must not reach further than
    /// the person who approved it could see.
    pub(super) fn matches(&self, resource: &Resource, tier: &str) -> bool {
        self.resources.as_ref().is_none_or(|patterns| patterns.matches(&resource.id))
            && (self.tiers.is_empty() || self.tiers.iter().any(|name| **name == *tier))
            && (self.tags.is_empty() || tags(resource).is_some_and(|tags| self.have(tags)))
    }

    fn have(&self, tags: &FactMap) -> bool {
        self.tags.iter().all(|(key, patterns)| {
            // Keys match whatever their case, as they do in baselines.
            let mut named = tags.entries.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
            named.any(|(_, fact)| match &fact.state {
                FactState::Known(Value::String(value)) => patterns.matches(value),
                _ => false,
            })
        })
    }
}

/// What a plan deletes or forgets has no tags of its own left; it is selected by those that it had.
fn tags(resource: &Resource) -> Option<&FactMap> {
    let action = resource.change.as_ref().map(|change| change.action);
    match (&resource.before, action) {
        (Before::Facts(before), Some(ChangeAction::Delete | ChangeAction::Forget)) => before.map(TAGS),
        _ => resource.facts.map(TAGS),
    }
}

/// Whether case matters to a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Addresses and ids.
    Matters,
    /// Values of tags.
    Ignored,
}

/// Texts in which `*` stands for anything and `?` for one character. Every other character stands for itself: brackets and
/// quotes are parts of Terraform's addresses.
#[derive(Debug)]
pub(super) struct Patterns {
    plain: Vec<String>,
    globs: GlobSet,
    case: Case,
}

impl Patterns {
    /// Compiles patterns.
    pub(super) fn new(texts: &[At<String>], case: Case, problems: &mut Problems) -> Self {
        let (globs, plain): (Vec<_>, Vec<_>) = texts.iter().partition(|text| text.value.contains(['*', '?']));
        let globs: Vec<globset::Glob> = globs.into_iter().filter_map(|text| glob(text, case, problems)).collect();
        let globs = GlobSet::new(globs).unwrap_or_else(|error| {
            problems.add(texts.first().map_or((1, 1), |text| text.place), format!("the globs are too many: {error}"));
            GlobSet::empty()
        });
        Self { plain: plain.into_iter().map(|text| text.value.clone()).collect(), globs, case }
    }

    fn matches(&self, text: &str) -> bool {
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
