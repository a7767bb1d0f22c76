//! Engine versions and when their support ends: `data.engines` of the rules.
//!
//! ```yaml
//! retrieved: "2026-08-22"
//! engines:
//!   postgres:
//!     "16": {standard_support_ends: "2029-02-28", newest_minor: "16.14"}
//! ```
//!
//! What is not known is left out: an end that the vendor has not announced has no key. `ended: true` says that standard
//! support is over since a day that is not known.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::policy;
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::Problems;
use crate::yaml::{self, At, Node};

const KEYS: &[&str] =
    &["released", "standard_support_ends", "extended_support_ends", "ended", "newest_minor", "newest_minor_released"];

/// Engine -> major version -> what is known of it.
type Table = BTreeMap<String, BTreeMap<String, Value>>;

/// Engine versions, with where they come from.
#[derive(Clone, Debug)]
pub(super) struct Engines {
    /// The file.
    pub(super) file: Arc<str>,
    /// The day on which the file's dates were taken from their sources.
    pub(super) retrieved: Arc<str>,
    /// What rules read.
    pub(super) value: Value,
}

/// Reads a file of engine versions.
pub(super) fn read(name: &str, text: &str) -> Result<Engines, Vec<Diagnostic>> {
    let mut problems = Problems::new(name, text);
    let engines = yaml::read(text, &mut problems).and_then(|root| file(name, &root, &mut problems));
    problems.finish(engines)
}

/// Adds engine versions that a baseline states itself; they replace those of the same engine and major version.
pub(super) fn overlay(engines: &mut Engines, node: &Node, problems: &mut Problems) {
    let Value::Object(known) = &mut engines.value else { return };
    for (engine, majors) in table(node, problems) {
        let slot = known.entry(engine).or_insert_with(|| Value::Object(serde_json::Map::new()));
        if let Value::Object(slot) = slot {
            slot.extend(majors);
        }
    }
}

fn file(name: &str, root: &Node, problems: &mut Problems) -> Option<Engines> {
    let fields = Fields::read(root, "a file of engine versions", &["retrieved", "engines"], problems)?;
    let retrieved = fields.required("retrieved", problems).and_then(|node| fields::date(node, "`retrieved`", problems));
    let engines = fields.required("engines", problems).map(|node| table(node, problems))?;
    let value = engines.into_iter().map(|(engine, majors)| (engine, Value::Object(majors.into_iter().collect())));
    Some(Engines { file: name.into(), retrieved: retrieved?.into(), value: Value::Object(value.collect()) })
}

fn table(node: &Node, problems: &mut Problems) -> Table {
    let mut table = Table::new();
    for (engine, majors) in fields::entries(node, "`engines`", problems) {
        let what = format!("engine `{}`", engine.value);
        let majors = fields::entries(majors, &what, problems);
        let rows =
            majors.into_iter().filter_map(|(major, row)| Some((major.value.clone(), version(major, row, problems)?)));
        table.insert(engine.value.clone(), rows.collect());
    }
    table
}

fn version(major: &At<String>, row: &Node, problems: &mut Problems) -> Option<Value> {
    let fields = Fields::read(row, &format!("version `{}`", major.value), KEYS, problems)?;
    let mut known = serde_json::Map::new();
    for key in KEYS {
        let Some(node) = fields.get(key) else { continue };
        known.extend(value(key, node, problems).map(|value| ((*key).to_owned(), value)));
    }
    let ends = |key: &str| known.get(key).and_then(Value::as_str);
    // Dates in this form sort as text.
    if let (Some(standard), Some(extended)) = (ends("standard_support_ends"), ends("extended_support_ends"))
        && extended < standard
    {
        let title = format!("extended support of `{}` ends before standard support", major.value);
        problems.add_with_help(major.place, title, "exchange the two days, or leave out the one that is not known");
    }
    Some(Value::Object(known))
}

fn value(key: &str, node: &Node, problems: &mut Problems) -> Option<Value> {
    let what = format!("`{key}`");
    match key {
        "ended" => fields::boolean(node, &what, problems).map(Value::Bool),
        "newest_minor" => fields::text(node, &what, problems).map(|text| Value::String(text.value)),
        _ => day(node, &what, problems).map(Value::String),
    }
}

/// A day that rules can reckon with: `9999-12-31` for "never" would be an error in each of them.
fn day(node: &Node, what: &str, problems: &mut Problems) -> Option<String> {
    let text = fields::date(node, what, problems)?;
    let year = text.parse().map_or(0, jiff::civil::Date::year);
    if !policy::YEARS.contains(&year) {
        let (first, last) = (policy::YEARS.start(), policy::YEARS.end());
        let title = format!("{what} is `{text}`, and rules reckon with the years {first} to {last} only");
        problems.add_with_help(node.place, title, "leave it out when no such day is announced");
        return None;
    }
    Some(text)
}
