//! Reads mappings with a closed set of keys, and values of one type, from a tree.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::problems::{Place, Problems};
use super::{At, Node, Tree};
use crate::nearest::nearest;

/// A mapping all of whose keys are known.
pub(crate) struct Fields<'n> {
    place: Place,
    what: String,
    entries: Vec<(&'n At<String>, &'n Node)>,
    /// The known keys that unknown ones are taken for: that they are not there is told already.
    meant: Vec<String>,
}

impl<'n> Fields<'n> {
    /// Reads a mapping; reports keys that are not among the known ones.
    pub(crate) fn read(node: &'n Node, what: &str, known: &[&str], problems: &mut Problems) -> Option<Self> {
        let Tree::Map(_) = node.value else {
            let title = format!("{what} is {}, not a mapping", node.value.kind());
            problems.add_with_help(node.place, title, format!("it takes {}", listed(known)));
            return None;
        };
        let mut entries = entries(node, what, problems);
        let mut meant = Vec::new();
        entries.retain(|(key, _)| {
            let is_known = known.contains(&key.value.as_str());
            if !is_known {
                meant.extend(nearest(&key.value, known.iter().copied()).map(str::to_owned));
                problems.add_with_help(key.place, unknown(what, &key.value), did_you_mean(&key.value, known));
            }
            is_known
        });
        Some(Self { place: node.place, what: what.to_owned(), entries, meant })
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| *node)
    }

    /// The value of a key that must be there.
    pub(crate) fn required(&self, key: &str, problems: &mut Problems) -> Option<&'n Node> {
        let found = self.get(key);
        if found.is_none() && !self.meant.iter().any(|meant| meant == key) {
            problems.add_with_help(
                self.place,
                format!("{} has no `{key}`", self.what),
                format!("add `{key}`, which must be there"),
            );
        }
        found
    }
}

fn unknown(what: &str, key: &str) -> String {
    format!("{what} has no key `{key}`")
}

/// What to write instead of a word that is not in a closed set.
pub(crate) fn did_you_mean(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => format!("expected one of {}", listed(known)),
    }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The entries of a mapping with any keys; reports duplicates and keeps the first of them.
pub(crate) fn entries<'n>(node: &'n Node, what: &str, problems: &mut Problems) -> Vec<(&'n At<String>, &'n Node)> {
    let Tree::Map(all) = &node.value else {
        let title = format!("{what} is {}, not a mapping", node.value.kind());
        problems.add_with_help(node.place, title, "write `name: value`, one a line");
        return Vec::new();
    };
    let mut kept: Vec<(&At<String>, &Node)> = Vec::with_capacity(all.len());
    let mut first: BTreeMap<&str, Place> = BTreeMap::new();
    for (key, value) in all {
        if let Some(earlier) = first.get(key.value.as_str()) {
            let title = format!("`{}` is given twice in {what}", key.value);
            problems.add_with_help(key.place, title, format!("the first is at line {}", earlier.0));
        } else {
            first.insert(&key.value, key.place);
            kept.push((key, value));
        }
    }
    kept
}

/// A text that is not empty.
pub(crate) fn text(node: &Node, what: &str, problems: &mut Problems) -> Option<At<String>> {
    match &node.value {
        Tree::Text(text) if text.trim().is_empty() => {
            problems.add_with_help(node.place, format!("{what} is empty"), "write a text");
            None
        }
        Tree::Text(text) => Some(At { place: node.place, value: text.clone() }),
        other => {
            let diagnostic = format!("{what} is {}, not a text", other.kind());
            match other.unquoted() {
                Some(word) => problems.add_with_help(node.place, diagnostic, format!("quote it: `\"{word}\"`")),
                None => problems.add_with_help(node.place, diagnostic, "write one text"),
            }
            None
        }
    }
}

/// A list of texts, or one text for a list of one.
pub(crate) fn texts(node: &Node, what: &str, problems: &mut Problems) -> Vec<At<String>> {
    let Tree::List(items) = &node.value else {
        return text(node, what, problems).into_iter().collect();
    };
    if items.is_empty() {
        problems.add_with_help(node.place, format!("{what} is empty"), "name at least one, or leave it out");
    }
    let element = format!("an element of {what}");
    items.iter().filter_map(|item| text(item, &element, problems)).collect()
}

/// True or false.
pub(crate) fn boolean(node: &Node, what: &str, problems: &mut Problems) -> Option<bool> {
    match &node.value {
        Tree::Bool(value) => Some(*value),
        other => {
            let title = format!("{what} is {}", other.kind());
            problems.add_with_help(node.place, title, "write `true` or `false`");
            None
        }
    }
}

/// An integer from 1 to some limit.
pub(crate) fn number<N: TryFrom<i64>>(node: &Node, what: &str, most: i64, problems: &mut Problems) -> Option<N> {
    number_in(node, what, &(1..=most), problems)
}

/// An integer in a range.
pub(crate) fn number_in<N: TryFrom<i64>>(
    node: &Node,
    what: &str,
    range: &RangeInclusive<i64>,
    problems: &mut Problems,
) -> Option<N> {
    let (least, most) = (range.start(), range.end());
    match &node.value {
        Tree::Integer(value) if range.contains(value) => N::try_from(*value).ok(),
        Tree::Integer(value) => {
            let help = format!("write an integer from {least} to {most}, or leave it out");
            problems.add_with_help(node.place, format!("{what} is {value}; it takes {least} to {most}"), help);
            None
        }
        other => {
            let title = format!("{what} is {}", other.kind());
            problems.add_with_help(node.place, title, format!("write an integer from {least} to {most}"));
            None
        }
    }
}

/// A day, as RFC 3339 writes it. Longer and shorter forms of ISO 8601 would not compare as text.
pub(crate) fn date(node: &Node, what: &str, problems: &mut Problems) -> Option<String> {
    match &node.value {
        Tree::Text(text) if text.len() == 10 && text.parse::<Date>().is_ok() => Some(text.clone()),
        Tree::Text(text) => {
            problems.add_with_help(node.place, format!("{what} is `{text}`, not a date"), "write it as `2026-08-22`");
            None
        }
        other => {
            let title = format!("{what} is {}, not a date", other.kind());
            problems.add_with_help(node.place, title, "write it as `\"2026-08-22\"`, or leave it out");
            None
        }
    }
}

/// A day, for arithmetic with days.
pub(crate) fn day(node: &Node, what: &str, problems: &mut Problems) -> Option<Date> {
    date(node, what, problems)?.parse().ok()
}

/// Names stand in every report and in table headings, so they are plain words.
pub(crate) fn is_word(name: &At<String>, what: &str, problems: &mut Problems) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_word = (1..=64).contains(&name.value.len()) && name.value.chars().all(plain);
    if !is_word {
        let title = format!("{what} is `{}`", name.value.escape_debug());
        problems.add_with_help(name.place, title, "use up to 64 of the letters a to z, digits, `-`, `_` and `.`");
    }
    is_word
}
