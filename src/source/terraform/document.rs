//! The top level of a document: what kind it is, and its parts as unparsed slices.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::error::Category;

use super::json::{Pairs, Raw, Str, elements, reason};
use super::outline::Outline;
use crate::source::text::{offset_of, offset_of_error, place};
use crate::source::{CONFIGURATION, Problem, SourceError};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentKind {
    /// `terraform show -json` of a plan, whole or in part.
    Plan,
    /// `terraform show -json` of a state.
    State,
    /// A state file of version 4.
    RawState,
}

/// A document, split into its top-level parts.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) kind: DocumentKind,
    outline: Outline<'a>,
}

impl<'a> Document<'a> {
    /// Splits a document and says what it is.
    pub(super) fn split(path: &'a str, text: &'a str) -> Result<Self, SourceError> {
        let start = text.len() - text.trim_ascii_start().len();
        if !text.get(start..).is_some_and(|rest| rest.starts_with(['{', '['])) {
            return Err(not_json(path, text, start));
        }
        if text.get(start..).is_some_and(|rest| rest.starts_with('[')) {
            return Err(a_list(path, text));
        }
        let outline = match Outline::of(text) {
            Some(outline) => outline,
            None => {
                let parts = serde_json::from_str(text).map_err(|error| invalid(path, text, text, &error))?;
                Outline { parts, entries: Vec::new() }
            }
        };
        let parts = &outline.parts;
        let kind = kind_of(parts).ok_or_else(|| not_terraform(path, text, start, parts))?;
        let document = Self { path, text, kind, outline };
        document.check_version()?;
        Ok(document)
    }

    /// A part, unparsed; null counts as absent.
    pub(super) fn part(&self, name: &str) -> Option<Raw<'a>> {
        self.outline.parts.get(name).copied().filter(|raw| raw.get() != "null")
    }

    /// The elements of a part that is a list; none when it is not there.
    pub(super) fn list(&self, part: &'static str) -> Result<Cow<'_, [Raw<'a>]>, SourceError> {
        if let Some(entries) = self.entries(part) {
            return Ok(Cow::Borrowed(entries));
        }
        let Some(raw) = self.part(part) else { return Ok(Cow::default()) };
        elements(raw).map(Cow::Owned).map_err(|error| self.layout(part, raw, &error))
    }

    /// The entries of a part, if they were found already. Of a part that is there twice they are looked for anew.
    pub(super) fn entries(&self, name: &str) -> Option<&[Raw<'a>]> {
        let of_part = |(part, _): &&(&str, Vec<Raw<'a>>)| *part == name;
        let mut same = self.outline.parts.0.iter().filter(|(part, _)| part == name);
        same.next().filter(|_| same.next().is_none())?;
        self.outline.entries.iter().find(of_part).map(|(_, entries)| entries.as_slice())
    }

    /// A part that is text.
    pub(super) fn text_part(&self, name: &str) -> Option<String> {
        Some(serde_json::from_str::<Str<'_>>(self.part(name)?.get()).ok()?.0.into_owned())
    }

    /// A part that is a truth value.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        serde_json::from_str(self.part(name)?.get()).ok()
    }

    /// An error about a part that cannot be read at all.
    pub(super) fn layout(&self, part: &'static str, raw: Raw<'_>, error: &serde_json::Error) -> SourceError {
        let problem = Problem::Layout { part, reason: reason(error) };
        SourceError::at(self.path, self.place_of_error(raw, error), problem)
    }

    /// What is wrong with a slice of the document, and where, for a gap.
    pub(super) fn reason(&self, slice: Raw<'_>, error: &serde_json::Error) -> String {
        let (line, column) = self.place_of_error(slice, error);
        format!("not laid out as Terraform writes it: {} (line {line}, column {column})", reason(error))
    }

    /// Line and column of an error inside a slice of the document.
    fn place_of_error(&self, slice: Raw<'_>, error: &serde_json::Error) -> (u32, u32) {
        place(self.text, offset_of(self.text, slice.get()) + offset_of_error(slice.get(), error))
    }

    fn check_version(&self) -> Result<(), SourceError> {
        let problem = match self.kind {
            DocumentKind::RawState => {
                let version = state_version(&self.outline.parts).filter(|version| *version != 4);
                version.map(|version| (Problem::StateVersion { version }, "version"))
            }
            DocumentKind::Plan | DocumentKind::State => {
                let version = self.part("format_version").map(|raw| raw.get().trim_matches('"'));
                let newer = version.filter(|version| major(version).is_some_and(|major| major > 1));
                newer.map(|version| (Problem::FormatVersion { version: version.to_owned() }, "format_version"))
            }
        };
        match problem {
            None => Ok(()),
            Some((problem, part)) => {
                let offset = self.part(part).map_or(0, |raw| offset_of(self.text, raw.get()));
                Err(SourceError::at(self.path, place(self.text, offset), problem))
            }
        }
    }
}

fn major(version: &str) -> Option<u64> {
    version.split('.').next()?.parse().ok()
}

fn state_version(parts: &Pairs<'_, Raw<'_>>) -> Option<u64> {
    serde_json::from_str(parts.get("version")?.get()).ok()
}

fn kind_of(parts: &Pairs<'_, Raw<'_>>) -> Option<DocumentKind> {
    let has = |name: &str| parts.get(name).is_some();
    let is_object = |name: &str| parts.get(name).is_some_and(|raw| raw.get().starts_with('{'));
    // `prior_state` and `configuration` alone make a plan that changes nothing: Terraform leaves empty parts out.
    let of_plan = ["resource_changes", "planned_values", "resource_drift", "prior_state"];
    if of_plan.iter().any(|name| has(name)) || (has("configuration") && has("format_version")) {
        return Some(DocumentKind::Plan);
    }
    if is_object("values") {
        return Some(DocumentKind::State);
    }
    // Version 3 and older have `modules` instead of `resources`.
    if state_version(parts).is_some() && (has("resources") || has("modules") || has("lineage")) {
        return Some(DocumentKind::RawState);
    }
    // `terraform show -json` without a state prints `{"format_version":"1.0"}`.
    let of_empty_state = ["format_version", "terraform_version", "values", "checks"];
    let is_empty_state =
        has("format_version") && parts.0.iter().all(|(name, _)| of_empty_state.contains(&name.as_ref()));
    is_empty_state.then_some(DocumentKind::State)
}

/// The text does not begin like JSON: says what it is instead.
fn not_json(path: &str, text: &str, start: usize) -> SourceError {
    let later = text.lines().position(|line| line.starts_with('{'));
    let head = text.get(start..).unwrap_or_default();
    let what = what_text_is(head);
    let problem = match (what, later) {
        (Some(what), _) => Problem::OtherText { what },
        // The runner of GitHub's setup-terraform action prints `[command]…` before the output of the command.
        (None, Some(line)) => Problem::TextBefore { line: u32::try_from(line + 1).unwrap_or(u32::MAX) },
        (None, None) if serde_json::from_str::<IgnoredAny>(text).is_ok() => Problem::NotTerraform,
        (None, None) => Problem::OtherText { what: "text" },
    };
    SourceError::at(path, place(text, start), problem)
}

fn what_text_is(head: &str) -> Option<&'static str> {
    let blocks =
        ["resource \"", "data \"", "variable \"", "module \"", "provider \"", "output \"", "terraform {", "locals {"];
    let for_people = [
        "Terraform used the selected providers",
        "Terraform will perform",
        "OpenTofu used the selected providers",
        "OpenTofu will perform",
        "No changes.",
    ];
    let lines =
        || head.lines().take(50).map(|line| line.trim_start_matches(|c: char| !c.is_ascii_alphabetic() && c != '#'));
    let starts_any = |words: &[&str]| lines().any(|line| words.iter().any(|word| line.starts_with(word)));
    let first = head.lines().next().unwrap_or_default();
    let is_yaml_key = |line: &str| {
        line.split_once(':').is_some_and(|(key, rest)| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
            !key.is_empty() && key.chars().all(plain) && (rest.is_empty() || rest.starts_with(' '))
        })
    };
    if starts_any(&for_people) {
        Some("what Terraform prints for people")
    } else if starts_any(&blocks) {
        Some(CONFIGURATION)
    } else if first.starts_with("---") || (is_yaml_key(first) && !head.contains("\n{")) {
        Some("YAML")
    } else {
        None
    }
}

fn invalid(path: &str, text: &str, slice: &str, error: &serde_json::Error) -> SourceError {
    let at = place(text, offset_of(text, slice) + offset_of_error(slice, error));
    let problem = match error.classify() {
        Category::Eof => Problem::Truncated,
        _ if text.lines().next().is_some_and(|line| line.contains("\"@level\"")) => Problem::EventStream,
        _ if is_of_inventory(text) => Problem::NotInventory { what: "it has no header" },
        _ if reason(error) == "trailing characters" => Problem::TextAfter,
        _ => Problem::Syntax { reason: reason(error) },
    };
    SourceError::at(path, at, problem)
}

/// Whether the text begins with a line that stands further down in an inventory.
fn is_of_inventory(text: &str) -> bool {
    ["{\"manifest\":", "{\"scope\":", "{\"call\":", "{\"item\":"].iter().any(|start| text.starts_with(start))
}

fn a_list(path: &str, text: &str) -> SourceError {
    let items = match serde_json::from_str::<Vec<Raw<'_>>>(text) {
        Ok(items) => items,
        // `[command]terraform show -json` before the document is no list.
        Err(error) if error.classify() != Category::Eof && text.lines().skip(1).any(|line| line.starts_with('{')) => {
            return not_json(path, text, text.len() - text.trim_ascii_start().len());
        }
        Err(error) => return invalid(path, text, text, &error),
    };
    let nested = items.iter().enumerate().find(|(_, item)| is_terraform(**item));
    let (problem, offset) = match nested {
        Some((index, item)) => (Problem::Nested { under: format!(".[{index}]") }, offset_of(text, item.get())),
        None => (Problem::NotTerraform, 0),
    };
    SourceError::at(path, place(text, offset), problem)
}

fn not_terraform(path: &str, text: &str, start: usize, parts: &Pairs<'_, Raw<'_>>) -> SourceError {
    let (problem, offset) = match parts.0.iter().find(|(_, raw)| is_terraform(*raw)) {
        _ if parts.get("@level").is_some() => (Problem::EventStream, start),
        Some((under, raw)) => (Problem::Nested { under: format!(".\"{under}\"") }, offset_of(text, raw.get())),
        None => (Problem::NotTerraform, start),
    };
    SourceError::at(path, place(text, offset), problem)
}

fn is_terraform(raw: Raw<'_>) -> bool {
    raw.get().starts_with('{') && serde_json::from_str(raw.get()).is_ok_and(|parts| kind_of(&parts).is_some())
}
