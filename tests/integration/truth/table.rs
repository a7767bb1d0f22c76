//! `testdata/peer-rules.yaml`: what other tools' rules have to do with ours, and where we differ on purpose.

use std::collections::BTreeMap;

use globset::Glob;
use serde::Deserialize;
use serde_json::Value;

use super::rows::Row;
use crate::integration::command::{Scanned, dbkeel, list, root, shared, text};
use crate::integration::inputs::SAMPLE;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) rules: Vec<Line>,
    pub(super) differences: Vec<Difference>,
}

/// What a peer's rule has to do with ours.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    /// A glob.
    pub(super) peer: String,
    /// A glob of the filters of a peer that counts matches, as JSON.
    #[serde(default)]
    filter: Option<String>,
    /// A glob of the name of the peer's test.
    #[serde(default)]
    test: Option<String>,
    /// The names of our rules.
    #[serde(default)]
    pub(super) ours: Vec<String>,
    /// The controls of the catalogue, whose rules are ours as soon as there are some.
    #[serde(default)]
    pub(super) controls: Vec<String>,
    #[serde(default)]
    pub(super) relation: Relation,
    /// The verdict of ours that a peer's matches are counted against.
    #[serde(default = "fail")]
    pub(super) counts: String,
    /// In place of verdicts, what a peer's matches are counted against: resources of a kind, with the name that its filter wants.
    #[serde(default)]
    pub(super) reads: Option<Vec<String>>,
    pub(super) why: String,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Relation {
    #[default]
    Same,
    Stricter,
    Laxer,
}

/// One row in which the relation does not hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Difference {
    pub(super) case: String,
    pub(super) peer: String,
    #[serde(default)]
    resource: Option<String>,
    /// The peer's test, where it has several on one case.
    #[serde(default)]
    test: Option<String>,
    pub(super) ours: String,
    pub(super) why: String,
}

fn fail() -> String {
    "fail".to_owned()
}

fn fits(glob: &str, text: &str) -> bool {
    Glob::new(glob).expect("a glob").compile_matcher().is_match(text)
}

impl Line {
    /// A line that corresponds to nothing.
    pub(super) fn of_what_cannot_be_read() -> Self {
        Self {
            peer: String::new(),
            filter: None,
            test: None,
            ours: Vec::new(),
            controls: Vec::new(),
            relation: Relation::Same,
            counts: fail(),
            reads: None,
            why: "what cannot be read has no verdict".to_owned(),
        }
    }

    /// A line by the controls that the catalogue gives a check.
    pub(super) fn of_controls(controls: &[String]) -> Self {
        let why = "both answer the same control".to_owned();
        Self { controls: controls.to_vec(), why, ..Self::of_what_cannot_be_read() }
    }

    fn is_about(&self, row: &Row) -> bool {
        let or_none = |glob: &Option<String>, text: &str| glob.as_ref().is_none_or(|glob| fits(glob, text));
        fits(&self.peer, &row.peer) && or_none(&self.filter, &row.filters) && or_none(&self.test, &row.test)
    }
}

impl Table {
    pub(super) fn read() -> Self {
        let text = std::fs::read_to_string(root().join("testdata/peer-rules.yaml")).expect("the table is here");
        serde_saphyr::from_str(&text).expect("the table is well-formed")
    }

    /// The first line about a row.
    pub(super) fn line(&self, row: &Row) -> Option<&Line> {
        self.rules.iter().find(|line| line.is_about(row))
    }

    pub(super) fn difference(&self, row: &Row) -> Option<&Difference> {
        self.differences.iter().find(|one| {
            one.case == row.case
                && one.peer == row.peer
                && one.resource == row.resource
                && one.test.as_ref().is_none_or(|test| fits(test, &row.test))
        })
    }
}

/// Our rules, as the controls of the catalogue and the checks of peers that they answer name them.
pub(super) struct Catalogue {
    rules_of: BTreeMap<String, Vec<String>>,
    controls_of: BTreeMap<String, Vec<String>>,
}

impl Catalogue {
    pub(super) fn read() -> Self {
        let ran = dbkeel(["scan", SAMPLE, "--output", "json", "--quiet"]).judged();
        let ours = Scanned::read(&ran.stdout).document;
        let mut all = Self { rules_of: BTreeMap::new(), controls_of: BTreeMap::new() };
        for rule in list(&ours["rules"]) {
            for control in list(&rule["covers"]) {
                all.rules_of.entry(text(control).to_owned()).or_default().push(text(&rule["name"]).to_owned());
            }
        }
        if let Some(path) = shared("controls/catalogue.json") {
            let controls: Value = serde_json::from_slice(&std::fs::read(path).expect("readable")).expect("JSON");
            for control in list(&controls) {
                let peers = control["peers"].as_object().into_iter().flatten();
                for peer in peers.flat_map(|(tool, ids)| list(ids).iter().map(move |id| format!("{tool}:{}", text(id))))
                {
                    all.controls_of.entry(peer).or_default().push(text(&control["id"]).to_owned());
                }
            }
        }
        all
    }

    /// The names of the rules that answer some controls.
    pub(super) fn rules(&self, controls: &[String]) -> Vec<String> {
        let mut rules: Vec<String> =
            controls.iter().filter_map(|control| self.rules_of.get(control)).flatten().cloned().collect();
        rules.sort();
        rules.dedup();
        rules
    }

    /// The controls that a peer's check stands for.
    pub(super) fn controls(&self, peer: &str) -> &[String] {
        self.controls_of.get(peer).map_or(&[], Vec::as_slice)
    }
}
