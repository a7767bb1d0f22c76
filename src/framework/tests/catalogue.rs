//! The catalogue of controls and what is said of those that no rule answers: files that the binary does not hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::yaml::problems::Problems;
use crate::yaml::testing::as_json;

/// `baselines/controls.json`.
#[derive(Deserialize)]
pub(super) struct Catalogue {
    pub(super) controls: Vec<Known>,
}

/// A control of the catalogue.
#[derive(Deserialize)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) provider: String,
    pub(super) engines: Vec<String>,
    pub(super) terraform: Vec<String>,
    pub(super) peers: BTreeMap<String, BTreeSet<String>>,
    pub(super) frameworks: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// `baselines/uncovered.yaml`.
#[derive(Deserialize)]
pub(super) struct Uncovered {
    pub(super) groups: Vec<Group>,
}

/// Controls that no rule answers for one reason.
#[derive(Deserialize)]
pub(super) struct Group {
    pub(super) kind: Why,
    pub(super) reason: String,
    pub(super) controls: Vec<String>,
}

/// Why no rule answers a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Why {
    Provider,
    Retired,
    Unknowable,
    Work,
}

/// A file of `baselines/`.
pub(super) fn path(name: &str) -> String {
    format!("{}/baselines/{name}", env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn catalogue() -> Catalogue {
    serde_json::from_str(&std::fs::read_to_string(path("controls.json")).unwrap()).unwrap()
}

/// A YAML file of `baselines/`.
pub(super) fn yaml<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let text = std::fs::read_to_string(path(name)).unwrap();
    let mut problems = Problems::new(name, &text);
    let tree = crate::yaml::read(&text, &mut problems);
    let found = problems.into_diagnostics();
    assert!(found.is_empty(), "{}", found[0]);
    serde_json::from_value(as_json(&tree.unwrap())).unwrap()
}
