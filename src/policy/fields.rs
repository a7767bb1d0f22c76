//! The entries of a YAML map with a closed set of keys: what is asked for is known, what is left over is an error.

use std::sync::Arc;

use super::metadata::At;
use super::suggest::nearest;
use super::text::Places;
use super::yaml::{Entry, Node, Yaml};
use crate::diagnostic::Diagnostic;

/// The entries of one map.
pub(super) struct Fields<'a> {
    what: &'static str,
    place: (u32, u32),
    entries: Vec<Entry>,
    known: Vec<&'static str>,
    places: &'a Places,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Takes a map apart; reports anything else.
    pub(super) fn new(
        node: Node,
        what: &'static str,
        places: &'a Places,
        problems: &'a mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let place = (node.line, node.column);
        match node.value {
            Yaml::Map(entries) => Some(Self { what, place, entries, known: Vec::new(), places, problems }),
            other => {
                let title = format!("{what} is {}; expected a map", other.described());
                problems.push(places.error_at(place.0, place.1, title));
                None
            }
        }
    }

    fn problem(&mut self, place: (u32, u32), title: String) {
        self.problems.push(self.places.error_at(place.0, place.1, title));
    }

    /// The value of a key that may be absent.
    pub(super) fn optional(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
        let position = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(position).value)
    }

    /// The value of a key that must be there.
    pub(super) fn required(&mut self, key: &'static str) -> Option<Node> {
        let found = self.optional(key);
        if found.is_none() {
            self.problem(self.place, format!("{} has no `{key}`", self.what));
        }
        found
    }

    /// A text that must be there and not be empty.
    pub(super) fn required_text(&mut self, key: &'static str) -> Arc<str> {
        self.required_text_at(key).map_or_else(|| Arc::from(""), |text| text.value)
    }

    /// A text that must be there and not be empty, with its place.
    pub(super) fn required_text_at(&mut self, key: &'static str) -> Option<At<Arc<str>>> {
        let found = self.required(key)?;
        let text = self.text(found, key)?;
        if text.value.is_empty() {
            self.problem((text.line, text.column), format!("`{key}` is empty"));
        }
        Some(text)
    }

    /// A text that may be absent.
    pub(super) fn optional_text(&mut self, key: &'static str) -> Option<Arc<str>> {
        let found = self.optional(key)?;
        self.text(found, key).map(|text| text.value)
    }

    /// A whole number that may be absent.
    pub(super) fn optional_integer(&mut self, key: &'static str) -> Option<At<i64>> {
        let node = self.optional(key)?;
        match node.value {
            Yaml::Integer(value) => Some(At { value, line: node.line, column: node.column }),
            other => {
                self.problem(
                    (node.line, node.column),
                    format!("`{key}` is {}; expected a whole number", other.described()),
                );
                None
            }
        }
    }

    /// A list of texts that may be absent.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<At<Arc<str>>> {
        let Some(found) = self.optional(key) else { return Vec::new() };
        match found.value {
            Yaml::List(items) => items.into_iter().filter_map(|item| self.text(item, key)).collect(),
            other => {
                let place = (found.line, found.column);
                self.problem(place, format!("`{key}` is {}; expected a list of texts", other.described()));
                Vec::new()
            }
        }
    }

    fn text(&mut self, node: Node, key: &str) -> Option<At<Arc<str>>> {
        match node.value {
            Yaml::String(text) => Some(At { value: text.trim().into(), line: node.line, column: node.column }),
            other => {
                self.problem((node.line, node.column), format!("`{key}` is {}; expected text", other.described()));
                None
            }
        }
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(mut self) {
        for entry in std::mem::take(&mut self.entries) {
            let title = format!("{} has no key `{}`", self.what, entry.key);
            let help = nearest(&entry.key, self.known.iter().copied()).map_or_else(
                || format!("its keys are {}", self.known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            self.problems.push(self.places.error_at(entry.line, entry.column, title).help(help));
        }
    }
}
