//! A framework as it is written: types and keys are checked, meaning is not.
//!
//! ```yaml
//! id: own-1
//! name: Own
//! edition: "1"
//! publisher: Us
//! numbering: free
//! source: our handbook
//! sources: {handbook: chapter 4}
//! requires:                        # for every control whose rules take the parameter
//!   min_days: {minimum: 30, source: handbook, why: we promised it}
//! controls:
//!   - id: DB-1
//!     title: Backups are kept
//!     assessment: partial
//!     remainder: that they can be restored
//!     evidence: [{rules: [DBK-RET-001], sources: [handbook]}]
//! set_aside: [{ids: [DB-9], reason: about something else}]
//! ```

use std::collections::BTreeSet;
use std::sync::Arc;

use super::demand::{Bar, Demand};
use super::number::Numbering;
use crate::model::Assessment;
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{At, Node, Tree};

/// A framework file, before anything in it is looked up.
pub(super) struct RawFramework {
    pub(super) id: At<String>,
    pub(super) name: String,
    pub(super) edition: String,
    pub(super) publisher: String,
    pub(super) numbering: Numbering,
    pub(super) source: String,
    pub(super) sources: Vec<(At<String>, String)>,
    pub(super) requires: Vec<RawDemand>,
    pub(super) controls: Vec<RawControl>,
    /// Whether every control could be read: what the others name is not known otherwise.
    pub(super) is_complete: bool,
    pub(super) set_aside: Vec<RawAside>,
}

pub(super) struct RawControl {
    pub(super) id: At<String>,
    pub(super) title: String,
    pub(super) assessment: At<Assessment>,
    pub(super) remainder: Option<At<String>>,
    pub(super) unconfirmed: Option<String>,
    pub(super) types: Vec<At<String>>,
    pub(super) topics: Vec<At<String>>,
    pub(super) requires: Vec<RawDemand>,
    pub(super) evidence: Vec<RawEvidence>,
    /// Whether all of its evidence could be read.
    pub(super) is_complete: bool,
}

pub(super) struct RawEvidence {
    pub(super) rules: Vec<At<String>>,
    pub(super) sources: Vec<At<String>>,
}

pub(super) struct RawDemand {
    pub(super) parameter: At<String>,
    pub(super) demand: Demand,
    pub(super) source: Place,
}

pub(super) struct RawAside {
    pub(super) ids: Vec<At<String>>,
    pub(super) reason: String,
}

const KEYS: &[&str] =
    &["id", "name", "edition", "publisher", "numbering", "source", "sources", "requires", "controls", "set_aside"];
const OF_CONTROL: &[&str] =
    &["id", "title", "assessment", "remainder", "unconfirmed", "types", "topics", "requires", "evidence"];

/// Reads the root of a file.
pub(super) fn read(root: &Node, problems: &mut Problems) -> Option<RawFramework> {
    let keys = Fields::read(root, "a framework", KEYS, problems)?;
    let id = keys.required("id", problems).and_then(|node| fields::text(node, "`id`", problems));
    if let Some(id) = &id {
        fields::is_word(id, "the framework's id", problems);
    }
    let name = text(&keys, "name", problems);
    let edition = text(&keys, "edition", problems);
    let publisher = text(&keys, "publisher", problems);
    let numbering = keys.required("numbering", problems).and_then(|node| word(node, "`numbering`", problems));
    let source = text(&keys, "source", problems);
    let sources = keys.required("sources", problems).map(|node| named_texts(node, problems));
    let requires = keys.get("requires").map_or_else(Vec::new, |node| demands(node, problems));
    let controls = keys.required("controls", problems).map(|node| list(node, "`controls`", problems, control));
    let set_aside = keys.get("set_aside").map_or_else(Vec::new, |node| list(node, "`set_aside`", problems, aside));
    let is_complete = controls.as_ref().is_some_and(|read| {
        let given = keys.get("controls").map_or(0, |node| node.value.len());
        read.len() == given && read.iter().all(|control| control.is_complete)
    });
    Some(RawFramework {
        is_complete,
        id: id?,
        name: name?.value,
        edition: edition?.value,
        publisher: publisher?.value,
        numbering: numbering?.value,
        source: source?.value,
        sources: sources?,
        requires,
        controls: controls?,
        set_aside,
    })
}

fn text(keys: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<At<String>> {
    let node = keys.required(key, problems)?;
    fields::text(node, &format!("`{key}`"), problems)
        .map(|text| At { place: text.place, value: text.value.trim().into() })
}

fn word<T: std::str::FromStr<Err = String>>(node: &Node, what: &str, problems: &mut Problems) -> Option<At<T>> {
    let text = fields::text(node, what, problems)?;
    let value = text.value.parse().map_err(|why: String| problems.add(text.place, why)).ok()?;
    Some(At { place: text.place, value })
}

/// The elements of a list that must be one.
fn list<T>(node: &Node, what: &str, problems: &mut Problems, read: fn(&Node, &mut Problems) -> Option<T>) -> Vec<T> {
    let Tree::List(items) = &node.value else {
        problems.add(node.place, format!("{what} is {}, not a list", node.value.kind()));
        return Vec::new();
    };
    items.iter().filter_map(|item| read(item, problems)).collect()
}

fn named_texts(node: &Node, problems: &mut Problems) -> Vec<(At<String>, String)> {
    let entries = fields::entries(node, "`sources`", problems);
    let read = |(name, node): (&At<String>, &Node)| {
        let text = fields::text(node, &format!("`{}`", name.value), problems)?;
        Some((name.clone(), text.value.trim().to_owned()))
    };
    entries.into_iter().filter_map(read).collect()
}

fn control(node: &Node, problems: &mut Problems) -> Option<RawControl> {
    let keys = Fields::read(node, "a control", OF_CONTROL, problems)?;
    let id = keys.required("id", problems).and_then(|node| fields::text(node, "`id`", problems));
    let title = text(&keys, "title", problems);
    let assessment = keys.required("assessment", problems).and_then(|node| word(node, "`assessment`", problems));
    let optional = |key: &str, problems: &mut Problems| {
        keys.get(key).and_then(|node| fields::text(node, &format!("`{key}`"), problems))
    };
    let remainder = optional("remainder", problems);
    let unconfirmed = optional("unconfirmed", problems).map(|text| text.value);
    let types = keys.get("types").map_or_else(Vec::new, |node| fields::texts(node, "`types`", problems));
    let topics = keys.get("topics").map_or_else(Vec::new, |node| fields::texts(node, "`topics`", problems));
    let requires = keys.get("requires").map_or_else(Vec::new, |node| demands(node, problems));
    let given = keys.get("evidence").map_or_else(Vec::new, |node| list(node, "`evidence`", problems, evidence));
    let is_complete = keys.get("evidence").is_none_or(|node| node.value.len() == given.len());
    Some(RawControl {
        is_complete,
        id: id?,
        title: title?.value,
        assessment: assessment?,
        remainder,
        unconfirmed,
        types,
        topics,
        requires,
        evidence: given,
    })
}

fn evidence(node: &Node, problems: &mut Problems) -> Option<RawEvidence> {
    let keys = Fields::read(node, "evidence", &["rules", "sources"], problems)?;
    let mut texts = |key: &str| {
        let node = keys.required(key, problems)?;
        Some(fields::texts(node, &format!("`{key}`"), problems))
    };
    let (rules, sources) = (texts("rules"), texts("sources"));
    Some(RawEvidence { rules: rules?, sources: sources? })
}

fn aside(node: &Node, problems: &mut Problems) -> Option<RawAside> {
    let keys = Fields::read(node, "an element of `set_aside`", &["ids", "reason"], problems)?;
    let ids = keys.required("ids", problems).map(|node| fields::texts(node, "`ids`", problems));
    let reason = text(&keys, "reason", problems);
    Some(RawAside { ids: ids?, reason: reason?.value })
}

fn demands(node: &Node, problems: &mut Problems) -> Vec<RawDemand> {
    let entries = fields::entries(node, "`requires`", problems);
    entries.into_iter().filter_map(|(name, node)| demand(name, node, problems)).collect()
}

const BARS: &[&str] = &["minimum", "maximum", "equals", "contains", "within"];

fn demand(name: &At<String>, node: &Node, problems: &mut Problems) -> Option<RawDemand> {
    let what = format!("the demand on `{}`", name.value);
    let keys = Fields::read(node, &what, &[BARS, &["source", "why"]].concat(), problems)?;
    let source = text(&keys, "source", problems);
    let why = text(&keys, "why", problems);
    let mut given = BARS.iter().filter_map(|key| keys.get(key).map(|node| (*key, node)));
    let (first, second) = (given.next(), given.next());
    let Some((key, node)) = first.filter(|_| second.is_none()) else {
        let problem = if first.is_some() { "asks more than one thing" } else { "asks nothing" };
        let help = "give one of `minimum`, `maximum`, `equals`, `contains`, `within`";
        problems.add_with_help(name.place, format!("{what} {problem}"), help);
        return None;
    };
    let bar = bar(key, node, problems);
    let source = source?;
    let demand = Demand { bar: bar?, source: source.value.as_str().into(), why: why?.value.into() };
    Some(RawDemand { parameter: name.clone(), demand, source: source.place })
}

fn bar(key: &str, node: &Node, problems: &mut Problems) -> Option<Bar> {
    let what = format!("`{key}`");
    match key {
        "equals" => fields::boolean(node, &what, problems).map(Bar::Equals),
        "contains" => set(node, &what, problems).map(Bar::Contains),
        "within" => set(node, &what, problems).map(Bar::Within),
        _ => {
            let Tree::Integer(value) = node.value else {
                problems.add(node.place, format!("{what} is {}, not an integer", node.value.kind()));
                return None;
            };
            Some(if key == "minimum" { Bar::Minimum(value) } else { Bar::Maximum(value) })
        }
    }
}

fn set(node: &Node, what: &str, problems: &mut Problems) -> Option<BTreeSet<Arc<str>>> {
    let texts = fields::texts(node, what, problems);
    (!texts.is_empty()).then(|| texts.into_iter().map(|text| text.value.into()).collect())
}
