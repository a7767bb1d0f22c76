//! Which rules a baseline uses: by id, by an earlier id, or by a glob over `<domain>/<name>`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::pattern::glob;
use super::raw::RawRules;
use crate::diagnostic::Diagnostic;
use crate::model::Rule;
use crate::nearest::nearest;
use crate::yaml::At;
use crate::yaml::problems::Problems;

/// The rules that a baseline uses, sorted by id, and what its author should know about how it names them.
pub(super) struct Selection {
    pub(super) used: Vec<Arc<Rule>>,
    pub(super) notes: Vec<Diagnostic>,
}

/// Picks the rules; a name that matches none is an error, because a rule left out by a typing error proves nothing.
pub(super) fn select(raw: &RawRules, rules: &[Arc<Rule>], problems: &mut Problems) -> Selection {
    let mut notes = Vec::new();
    let mut used: Vec<Arc<Rule>> = match raw {
        RawRules::All => rules.to_vec(),
        RawRules::Some { include, exclude } => {
            let included = include.as_ref().map(|names| matching(names, rules, &mut notes, problems));
            let excluded = matching(exclude, rules, &mut notes, problems);
            let is_used = |rule: &Rule| {
                included.as_ref().is_none_or(|ids| ids.contains(&rule.id)) && !excluded.contains(&rule.id)
            };
            rules.iter().filter(|rule| is_used(rule)).cloned().collect()
        }
    };
    used.sort_by(|a, b| a.id.cmp(&b.id));
    Selection { used, notes }
}

fn matching(
    names: &[At<String>],
    rules: &[Arc<Rule>],
    notes: &mut Vec<Diagnostic>,
    problems: &mut Problems,
) -> BTreeSet<Arc<str>> {
    names.iter().flat_map(|name| ids(name, rules, notes, problems)).collect()
}

fn ids(name: &At<String>, rules: &[Arc<Rule>], notes: &mut Vec<Diagnostic>, problems: &mut Problems) -> Vec<Arc<str>> {
    let word = name.value.as_str();
    if let Some(rule) = rules.iter().find(|rule| *rule.id == *word) {
        return vec![rule.id.clone()];
    }
    if let Some(rule) = rules.iter().find(|rule| rule.aliases.iter().any(|alias| **alias == *word)) {
        let note = problems.diagnostic(name.place, format!("rule `{word}` has a new id"));
        notes.push(note.help(format!("write `{}`", rule.id)));
        return vec![rule.id.clone()];
    }
    let Some((_, glob)) = glob(name, problems) else { return Vec::new() };
    let found: Vec<Arc<str>> =
        rules.iter().filter(|rule| glob.is_match(path(rule))).map(|rule| rule.id.clone()).collect();
    if found.is_empty() {
        problems.add_with_help(name.place, format!("no rule matches `{word}`"), suggestion(word, rules));
    }
    found
}

fn path(rule: &Rule) -> String {
    format!("{}/{}", rule.domain, rule.name)
}

fn suggestion(word: &str, rules: &[Arc<Rule>]) -> String {
    let paths: Vec<String> = rules.iter().map(|rule| path(rule)).collect();
    let names = rules.iter().flat_map(|rule| [&*rule.id, &*rule.name]).chain(paths.iter().map(String::as_str));
    match nearest(word, names) {
        Some(near) => match rules.iter().find(|rule| *rule.name == *near) {
            Some(rule) => format!("did you mean `{}` ({})?", rule.id, path(rule)),
            None => format!("did you mean `{near}`?"),
        },
        None => "a rule is named by its id, or by a glob such as `retention/*`".to_owned(),
    }
}
