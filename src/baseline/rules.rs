//! Which rules a baseline uses: by id, by an earlier id, or by a glob over `<domain>/<name>`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::pattern::glob;
use super::raw::{RawBase, RawRules};
use crate::diagnostic::Diagnostic;
use crate::model::Rule;
use crate::nearest::nearest;
use crate::yaml::At;
use crate::yaml::problems::Problems;

/// Ids of rules.
pub(super) type Ids = BTreeSet<Arc<str>>;

/// The loaded rules, and how they are named.
pub(super) struct Names<'r> {
    pub(super) rules: &'r [Arc<Rule>],
    /// What a baseline's author should know of how it names them.
    pub(super) notes: Vec<Diagnostic>,
}

/// What one part of a baseline says of the rules that are used.
#[derive(Debug, Default)]
pub(super) struct RuleChange {
    /// `None` begins with those that were used before.
    base: Option<Ids>,
    add: Ids,
    exclude: Ids,
}

impl RuleChange {
    /// The rules that are used after it.
    pub(super) fn apply(&self, before: &Ids) -> Ids {
        let base = self.base.as_ref().unwrap_or(before);
        base.union(&self.add).filter(|id| !self.exclude.contains(*id)).cloned().collect()
    }
}

impl<'r> Names<'r> {
    pub(super) fn new(rules: &'r [Arc<Rule>]) -> Self {
        Self { rules, notes: Vec::new() }
    }

    /// Every rule.
    pub(super) fn all(&self) -> Ids {
        self.rules.iter().map(|rule| rule.id.clone()).collect()
    }

    /// Reads which rules are used; a name that matches none is an error, because a rule left out by a typing error proves
    /// nothing.
    pub(super) fn change(&mut self, raw: &RawRules, problems: &mut Problems) -> RuleChange {
        let base = match &raw.base {
            None => None,
            Some(RawBase::All) => Some(self.all()),
            Some(RawBase::Only(names)) => Some(self.matching(names, problems)),
        };
        RuleChange { base, add: self.matching(&raw.add, problems), exclude: self.matching(&raw.exclude, problems) }
    }

    fn matching(&mut self, names: &[At<String>], problems: &mut Problems) -> Ids {
        names.iter().flat_map(|name| self.ids(name, problems)).collect()
    }

    /// The rules that a name stands for.
    pub(super) fn ids(&mut self, name: &At<String>, problems: &mut Problems) -> Vec<Arc<str>> {
        if let Some(id) = self.exact(name, problems) {
            return vec![id];
        }
        let Some((_, glob)) = glob(name, problems) else { return Vec::new() };
        let found: Vec<Arc<str>> =
            self.rules.iter().filter(|rule| glob.is_match(path(rule))).map(|rule| rule.id.clone()).collect();
        if found.is_empty() {
            problems.add_with_help(
                name.place,
                format!("no rule matches `{}`", name.value),
                self.suggestion(&name.value),
            );
        }
        found
    }

    /// The rule of an id, or of an earlier one.
    pub(super) fn exact(&mut self, name: &At<String>, problems: &Problems) -> Option<Arc<str>> {
        let word = name.value.as_str();
        if let Some(rule) = self.rules.iter().find(|rule| *rule.id == *word) {
            return Some(rule.id.clone());
        }
        let rule = self.rules.iter().find(|rule| rule.aliases.iter().any(|alias| **alias == *word))?;
        let note = problems.diagnostic(name.place, format!("rule `{word}` has a new id"));
        self.notes.push(note.help(format!("write `{}`", rule.id)));
        Some(rule.id.clone())
    }

    fn suggestion(&self, word: &str) -> String {
        let paths: Vec<String> = self.rules.iter().map(|rule| path(rule)).collect();
        // A misspelt domain is nearer to the domain than to any of its rules.
        let domains: BTreeSet<String> = self.rules.iter().map(|rule| format!("{}/*", rule.domain)).collect();
        let ids = self.rules.iter().flat_map(|rule| [&*rule.id, &*rule.name]);
        let names = ids.chain(paths.iter().chain(&domains).map(String::as_str));
        match nearest(word, names) {
            Some(near) => match self.rules.iter().find(|rule| *rule.name == *near) {
                Some(rule) => format!("did you mean `{}` ({})?", rule.id, path(rule)),
                None => format!("did you mean `{near}`?"),
            },
            None => "a rule is named by its id, or by a glob such as `retention/*`".to_owned(),
        }
    }
}

fn path(rule: &Rule) -> String {
    format!("{}/{}", rule.domain, rule.name)
}
