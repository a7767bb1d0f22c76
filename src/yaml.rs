//! YAML that people write, as a tree in which every value and key knows its place.
//!
//! Baselines and the METADATA of rules are read in two steps, text -> tree -> what it means, because a derived reader stops
//! at its first error and a user wants all of them. What the first step promises: it never panics, it ends soon whatever
//! the text is (nesting, size and aliases have limits), and it loses no duplicate key. [`fields`] is for the second.

pub(crate) mod fields;
pub(crate) mod problems;
#[cfg(test)]
pub(crate) mod testing;

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy};
use serde_saphyr::{Error, Spanned};

use problems::{Place, Problems};

/// Nobody writes a baseline of this size by hand; a file beyond it is a mistake or an attack.
const MAX_BYTES: usize = 1024 * 1024;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct At<T> {
    pub(crate) place: Place,
    pub(crate) value: T,
}

/// A YAML value and its place.
pub(crate) type Node = At<Tree>;

/// A YAML value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    Integer(i64),
    /// A number that is no 64-bit integer, as it is written: `8.0`.
    Number(String),
    Text(String),
    List(Vec<Node>),
    /// In the order of the file, duplicates and all.
    Map(Vec<(At<String>, Node)>),
}

impl Tree {
    /// What it is, for a message that says what was found instead of what is wanted.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "an integer",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }

    /// How many elements a list has.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::List(items) => items.len(),
            _ => 0,
        }
    }

    /// The word to put in quotes when a text was meant.
    pub(crate) fn unquoted(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Integer(value) => Some(value.to_string()),
            Self::Number(value) => Some(value.clone()),
            _ => None,
        }
    }
}

/// Reads text; what is wrong with it goes to `problems`.
pub(crate) fn read(text: &str, problems: &mut Problems) -> Option<Node> {
    if text.len() > MAX_BYTES {
        problems.add((1, 1), "the file is larger than 1 MiB");
        return None;
    }
    match serde_saphyr::from_str_with_options::<Spanned<Tree>>(text, options()) {
        Ok(spanned) => {
            let mut node = located(spanned);
            restore_numbers(&mut node, &text.lines().collect::<Vec<_>>());
            Some(node)
        }
        Err(error) => {
            report(&error, problems);
            None
        }
    }
}

fn options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 16,
            max_nodes: 100_000,
            max_events: 300_000,
            max_documents: 2,
            max_anchors: 1_000,
            max_aliases: 1_000,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 20_000,
            max_replay_stack_depth: 8,
        },
        // Both places of a duplicate are reported by whoever reads the mapping.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        // YAML 1.2 has no merge keys; without them every value has one place.
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        emit_comments: false,
    }
}

fn report(error: &Error, problems: &mut Problems) {
    let error = innermost(error);
    let place = error.location().and_then(place_of).unwrap_or((1, 1));
    let (title, help) = match error {
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => (
            "the YAML is nested too deeply, is too large, or repeats too much through aliases".to_owned(),
            "split the file, or write out what the aliases stand for",
        ),
        Error::MergeKeyNotAllowed { .. } => {
            ("merge keys (`<<`) are not supported".to_owned(), "write the keys out where they are needed")
        }
        Error::MultipleDocuments { .. } => {
            ("the file holds more than one YAML document".to_owned(), "take out the line `---`, or split the file")
        }
        other => (
            format!("not valid YAML: {}", message(other)),
            "look for a tab, a colon, a bracket or a quote that is missing or too much, here or in the lines above",
        ),
    };
    problems.add_with_help(place, title, help);
}

fn innermost(error: &Error) -> &Error {
    match error.without_snippet() {
        Error::AliasError { error, .. } => innermost(error),
        other => other,
    }
}

/// The parser's own words on one line, without its place, which the diagnostic has already.
fn message(error: &Error) -> String {
    let rendered = error.render();
    let line = rendered.lines().next().unwrap_or_default();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    let end = line.find(" at line ").or_else(|| line.find(" line ")).unwrap_or(line.len());
    line.get(..end).unwrap_or(line).trim_end_matches([':', '.', ',']).to_owned()
}

fn place_of(location: serde_saphyr::Location) -> Option<Place> {
    let line = u32::try_from(location.line()).ok().filter(|line| *line > 0)?;
    Some((line, u32::try_from(location.column()).unwrap_or(1).max(1)))
}

fn located<T>(spanned: Spanned<T>) -> At<T> {
    At { place: place_of(spanned.referenced).unwrap_or((1, 1)), value: spanned.value }
}

/// `8.0` arrives as the number 8: messages show what the user wrote.
fn restore_numbers(node: &mut Node, lines: &[&str]) {
    match &mut node.value {
        Tree::Number(shown) => {
            if let Some(written) = as_written(node.place, lines) {
                *shown = written;
            }
        }
        Tree::List(items) => items.iter_mut().for_each(|item| restore_numbers(item, lines)),
        Tree::Map(entries) => entries.iter_mut().for_each(|(_, value)| restore_numbers(value, lines)),
        _ => {}
    }
}

fn as_written((line, column): Place, lines: &[&str]) -> Option<String> {
    let line = lines.get(usize::try_from(line).ok()?.checked_sub(1)?)?;
    let rest = line.chars().skip(usize::try_from(column).ok()?.saturating_sub(1));
    let word: String = rest.take_while(|c| !c.is_whitespace() && !",]}#".contains(*c)).collect();
    word.parse::<f64>().is_ok().then_some(word)
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(i64::try_from(value).map_or_else(|_| Tree::Number(value.to_string()), Tree::Integer))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(i64::try_from(value).map_or_else(|_| Tree::Number(value.to_string()), Tree::Integer))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Tree, E> {
        Ok(i64::try_from(value).map_or_else(|_| Tree::Number(value.to_string()), Tree::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element::<Spanned<Tree>>()? {
            items.push(located(item));
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key::<Spanned<String>>()? {
            entries.push((located(key), located(access.next_value()?)));
        }
        Ok(Tree::Map(entries))
    }
}
