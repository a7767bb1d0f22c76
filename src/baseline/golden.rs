//! The engine parameters that a baseline wants: `golden_parameters`.
//!
//! ```yaml
//! golden_parameters:
//!   - family: [postgres16, aurora-postgresql16]   # parameter group families, or globs
//!     tiers: [tier-1]                             # all, when left out
//!     parameters: {rds.force_ssl: 1, log_statement: ddl}
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use super::build::Tiers;
use crate::drift::golden::GoldenSet;
use crate::selection::{Case, Patterns};
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{At, Node, Tree};

/// Nobody keeps more sets by hand, and every database is held against each.
const MAX_SETS: usize = 1_000;

/// One entry, before its tiers are looked up.
pub(super) struct RawGolden {
    families: Vec<At<String>>,
    tiers: Vec<At<String>>,
    parameters: Vec<(At<String>, String)>,
}

/// Reads `golden_parameters`; what is wrong with it goes to `problems`.
pub(super) fn read(node: &Node, problems: &mut Problems) -> Vec<RawGolden> {
    let Tree::List(items) = &node.value else {
        let title = format!("`golden_parameters` is {}, not a list", node.value.kind());
        problems.add_with_help(node.place, title, "list sets of `family`, `tiers` and `parameters`");
        return Vec::new();
    };
    if let Some(beyond) = items.get(MAX_SETS) {
        problems.add(beyond.place, format!("there are more than {MAX_SETS} sets of golden parameters"));
        return Vec::new();
    }
    items.iter().filter_map(|item| entry(item, problems)).collect()
}

fn entry(node: &Node, problems: &mut Problems) -> Option<RawGolden> {
    let fields = Fields::read(node, "a set of golden parameters", &["family", "tiers", "parameters"], problems)?;
    let family = fields.required("family", problems);
    let parameters = fields.required("parameters", problems);
    Some(RawGolden {
        families: fields::texts(family?, "`family`", problems),
        tiers: fields.get("tiers").map(|node| fields::texts(node, "`tiers`", problems)).unwrap_or_default(),
        parameters: read_parameters(parameters?, problems),
    })
}

fn read_parameters(node: &Node, problems: &mut Problems) -> Vec<(At<String>, String)> {
    let entries = fields::entries(node, "`parameters`", problems);
    if entries.is_empty() && matches!(node.value, Tree::Map(_)) {
        problems.add(node.place, "`parameters` is empty");
    }
    let mut first: BTreeMap<String, Place> = BTreeMap::new();
    let mut all = Vec::with_capacity(entries.len());
    for (name, value) in entries {
        let named = At { place: name.place, value: name.value.to_lowercase() };
        // The names differ in case, or the mapping would have been refused as a whole.
        if let Some(earlier) = first.insert(named.value.clone(), name.place) {
            let title = format!("parameter `{}` is given twice", named.value);
            problems.add_with_help(name.place, title, format!("the first is at line {}", earlier.0));
        }
        all.extend(value_of(&named, value, problems).map(|value| (named, value)));
    }
    all
}

/// A value as parameter groups hold it: text.
fn value_of(name: &At<String>, node: &Node, problems: &mut Problems) -> Option<String> {
    match &node.value {
        Tree::Text(text) => Some(text.clone()),
        Tree::List(_) | Tree::Map(_) | Tree::Null => {
            let title = format!("parameter `{}` is {}", name.value, node.value.kind());
            let help = "write a text, a number, or true or false; a list as one text: `\"a,b\"`";
            problems.add_with_help(node.place, title, help);
            None
        }
        scalar => scalar.unquoted(),
    }
}

/// Gives the entries their meaning.
pub(super) fn build(raw: Vec<RawGolden>, tiers: &Tiers, problems: &mut Problems) -> Vec<GoldenSet> {
    raw.into_iter()
        .map(|raw| {
            for tier in &raw.tiers {
                tiers.known(tier, problems);
            }
            GoldenSet::new(
                Patterns::new(&raw.families, Case::Ignored, problems),
                raw.families.into_iter().map(|family| family.value).collect(),
                raw.tiers.into_iter().map(|tier| Arc::from(tier.value)).collect(),
                raw.parameters.into_iter().map(|(name, value)| (name.value, value)),
            )
        })
        .collect()
}
