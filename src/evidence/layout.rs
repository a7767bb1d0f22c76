//! Where in a bundle each file is: whoever looks for the rules that judged, or for who accepted what, finds them there and
//! nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::{IngredientRows, Manifest, NamedRow};
use super::{FACTS, RESULTS, names};

/// The reports of a bundle: the format's name, and the file. Those that a dbkeel does not have are left out.
pub(super) const REPORTS: &[(&str, &str)] = &[
    ("json", RESULTS),
    ("table", "reports/report.txt"),
    ("markdown", "reports/report.md"),
    ("csv", "reports/report.csv"),
    ("sarif-full", "reports/report.sarif"),
    ("html", "reports/report.html"),
    ("oscal", "reports/assessment-results.json"),
];

pub(super) const ENGINES: &str = "baseline/embedded/engines.yaml";
pub(super) const WAIVERS: &str = "waivers/waivers.yaml";

/// The file of a baseline; numbers count from 1.
pub(super) fn baseline(number: usize, name: &str, embedded: bool) -> String {
    match embedded {
        true => format!("baseline/embedded/{}.yaml", names::step(name)),
        false => numbered("baseline", number, name),
    }
}

/// The file of a framework.
pub(super) fn framework(number: usize, name: &str) -> String {
    numbered("frameworks", number, name)
}

/// The file of a rule. Those of the binary keep their paths; those of the user get a number, since their paths may be anything.
pub(super) fn policy(number: usize, path: &str, embedded: bool) -> String {
    let steps: Vec<String> = path.split('/').map(names::step).collect();
    match (embedded, steps.as_slice()) {
        (true, [_, rest @ ..]) => format!("policies/embedded/{}", rest.join("/")),
        (_, [.., folder, file]) => format!("policies/own/{number}/{folder}/{file}"),
        _ => format!("policies/own/{number}/{}", names::last_step(path)),
    }
}

fn numbered(folder: &str, number: usize, name: &str) -> String {
    format!("{folder}/{number}-{}", names::last_step(name))
}

/// What is wrong with where things are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Misplaced {
    /// What no dbkeel packs.
    pub(super) wrong: Vec<String>,
    /// What this dbkeel does not pack, and another may.
    pub(super) unknown: Vec<String>,
}

/// Whether each ingredient is where it belongs, and every file something that judged or a report.
pub(super) fn check(manifest: &Manifest) -> Misplaced {
    let mut misplaced = Misplaced::default();
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, place) in places(&manifest.ingredients) {
        *owners.entry(row.file.as_str()).or_default() += 1;
        if row.file != place {
            misplaced.wrong.push(format!("manifest.json names `{}`, and its place is `{place}`", row.file));
        }
    }
    let twice = owners.iter().filter(|(_, count)| **count > 1);
    misplaced.wrong.extend(twice.map(|(file, _)| format!("manifest.json names `{file}` for two things")));
    let reports: BTreeSet<&str> = REPORTS.iter().map(|(_, file)| *file).collect();
    for file in &manifest.files {
        let path = file.path.as_str();
        if path == FACTS || reports.contains(path) || owners.contains_key(path) {
            continue;
        }
        match path.starts_with("reports/") {
            true => misplaced.unknown.push(format!("`{path}` is no report that this dbkeel packs")),
            false => misplaced.wrong.push(format!("`{path}` is listed, and nothing was judged by it")),
        }
    }
    let files: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
    let missing = reports.difference(&files).map(|report| format!("`{report}` is missing, which this dbkeel packs"));
    misplaced.unknown.extend(missing);
    misplaced
}

/// Every ingredient, and where it belongs.
fn places(rows: &IngredientRows) -> Vec<(&NamedRow, String)> {
    let numbered = |rows| (1..).zip::<&Vec<NamedRow>>(rows);
    let baselines = numbered(&rows.baselines).map(|(number, row)| (row, baseline(number, &row.name, row.embedded)));
    let frameworks = numbered(&rows.frameworks).map(|(number, row)| (row, framework(number, &row.name)));
    let policies = numbered(&rows.policies).map(|(number, row)| (row, policy(number, &row.name, row.embedded)));
    let engines = rows.engines.iter().map(|row| (row, ENGINES.to_owned()));
    let waivers = rows.waivers.iter().map(|row| (row, WAIVERS.to_owned()));
    baselines.chain(engines).chain(policies).chain(waivers).chain(frameworks).collect()
}
