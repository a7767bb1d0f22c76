//! Taking away: what happens to every rule's verdict when an attribute is not there, not known, or not to be seen.
//!
//! `testdata/whole` has one database of each engine in good order, each with everything that it refers to. Here every
//! attribute of every resource is taken away in turn:
//!
//! - **unknown**: known only after apply, set by an expression that leads nowhere, or with no configuration to tell;
//! - **denied**: there, but withheld, as a sensitive value is;
//! - **omitted**: the configuration does not set it, so that the provider decides.
//!
//! What the verdicts must then be is not taken from the code under test. The attribute is also given other values, and
//! omitted: these are the values that an unknown attribute may turn out to have. So:
//!
//! 1. An attribute that is unknown or denied gives `pass` or `not_applicable` only if no possible value fails: a pass that
//!    no value supports is a lie. It gives `fail` only if no possible value passes: a failure must not be invented.
//! 2. An attribute that is omitted gives the verdict of the provider's default, where the provider has one (`DEFAULTS`);
//!    otherwise it obeys the first law, for the provider may choose any value. Where the default depends on other
//!    attributes, the two ways in which a plan writes that nothing is set give the same verdict.
//!
//! All variants of a file are scanned in one plan: each is a module of its own, with names of its own.

mod defaults;
mod unit;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::command::{AS_OF, Scanned, dbkeel, list, root, text};
use defaults::{EXCEPTIONS, default_of, has_dependent_default};
use unit::{Edit, Unit, Variant};
use values::possible_values;

/// A baseline that leaves no rule out.
const STRICT: &str = "testdata/strict-baseline.yaml";

/// Rules about resources that the plan destroys: those have no attributes left to take away.
const OF_THE_DESTROYED: [&str; 2] = ["last_snapshot_taken", "snapshot_kept"];

/// Rules about what only a running database tells: a plan has no attributes for them. What their facts are when a reply lacks
/// something, the tests of the mapping of replies say.
const OF_WHAT_RUNS: [&str; 14] = [
    "air_gapped_backup",
    "blue_green_finished",
    "certificate_not_expiring",
    "engine_version_offered",
    "groups_in_force",
    "in_backup_plan",
    "internet_gateway_off",
    "manual_snapshot_age",
    "no_classic_security_groups",
    "no_overdue_maintenance",
    "not_left_stopped",
    "recent_recovery_point",
    "secret_in_use",
    "table_in_use",
];

/// Rules that one resource of an unknown owner leaves open for all owners of a plan, so that no variant of one plan shows a
/// pass of another; the tests of `link` do.
const OPEN_FOR_ALL: [&str; 1] = ["members_agree"];

/// Rules about whether there is a resource at all, whatever its attributes.
const OF_PRESENCE: [&str; 1] = ["backup_plan_exists"];

/// The verdicts of one variant: by rule and by address within the variant.
type Verdicts = BTreeMap<(String, String), String>;

#[test]
fn no_pass_without_a_value_and_no_invented_failure() {
    let mut complaints = BTreeMap::new();
    let (mut passed, mut moved) = (BTreeSet::new(), BTreeSet::new());
    for path in files() {
        let unit = Unit::read(&path);
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let trials = trials(&unit);
        let variants: Vec<Variant> = trials.iter().flat_map(Trial::variants).collect();
        let verdicts = judge(&unit, &variants);
        let (untouched, rest) = verdicts.split_first().expect("the first variant changes nothing");
        passed.extend(untouched.iter().filter(|(_, verdict)| *verdict == "pass").map(|((rule, _), _)| rule.clone()));
        let mut rest = rest.iter();
        let (mut checked, before) = (0, complaints.len());
        for trial in &trials {
            let of_trial: Vec<&Verdicts> = rest.by_ref().take(trial.edits.len()).collect();
            for ((rule, resource), verdict) in untouched {
                let at = |position: usize| {
                    of_trial[position].get(&(rule.clone(), resource.clone())).map_or("none", String::as_str)
                };
                checked += 1;
                for position in 0..trial.edits.len() {
                    if at(position) != verdict {
                        moved.insert(rule.clone());
                    }
                    if at(position) == "pass" {
                        passed.insert(rule.clone());
                    }
                }
                let excepted = EXCEPTIONS.iter().any(|(of, attribute, _)| of == rule && *attribute == trial.attribute);
                for complaint in trial.check(verdict, &at).into_iter().filter(|_| !excepted) {
                    let place = format!("{name}: {} of `{}`: {rule} on {resource}", trial.attribute, trial.resource);
                    complaints.entry(place).or_insert(complaint);
                }
            }
        }
        let found = complaints.len() - before;
        eprintln!("taking away: {name}: {} variants, {checked} verdicts, {found} complaints", variants.len());
    }
    let shown: Vec<String> = complaints.iter().map(|(place, complaint)| format!("{place}: {complaint}")).collect();
    assert!(shown.is_empty(), "{} complaints\n{}", shown.len(), shown.join("\n"));
    assert_all_rules(&passed, &moved);
}

/// A walk that does not reach a rule proves nothing about it.
fn assert_all_rules(passed: &BTreeSet<String>, moved: &BTreeSet<String>) {
    let sample = dbkeel(["scan", super::inputs::SAMPLE, "--as-of", AS_OF, "--output", "json", "--quiet"]).judged();
    let sample = Scanned::read(&sample.stdout);
    let rules: BTreeSet<String> =
        list(&sample.document["rules"]).iter().map(|rule| text(&rule["name"]).to_owned()).collect();
    let left_out = |reached: &BTreeSet<String>| -> Vec<String> {
        let lists: [&[&str]; 4] = [&OF_THE_DESTROYED, &OF_WHAT_RUNS, &OPEN_FOR_ALL, &OF_PRESENCE];
        let is_out_of_reach = |rule: &str| lists.iter().any(|list| list.contains(&rule));
        rules.difference(reached).filter(|rule| !is_out_of_reach(rule.as_str())).cloned().collect()
    };
    let (never_passed, never_moved) = (left_out(passed), left_out(moved));
    assert!(never_passed.is_empty(), "no database of testdata/whole passes {never_passed:?}");
    assert!(never_moved.is_empty(), "no attribute of testdata/whole matters to {never_moved:?}");
}

/// One attribute of one resource, and everything that is done to it.
struct Trial {
    row: usize,
    resource: String,
    attribute: String,
    /// The provider's default, where it has one.
    default: Option<Value>,
    edits: Vec<Edit>,
}

impl Trial {
    fn variants(&self) -> impl Iterator<Item = Variant> + '_ {
        self.edits.iter().map(|edit| Variant { row: self.row, attribute: self.attribute.clone(), edit: edit.clone() })
    }

    /// What is wrong with the verdicts of a rule on a resource, given its verdict on the untouched plan.
    fn check<'v>(&self, untouched: &'v str, at: &dyn Fn(usize) -> &'v str) -> Vec<String> {
        let mut possible = vec![("as it is".to_owned(), untouched)];
        for (position, edit) in self.edits.iter().enumerate() {
            if let Edit::Value(value) = edit {
                possible.push((value.to_string(), at(position)));
            }
        }
        let mut complaints = Vec::new();
        for (position, edit) in self.edits.iter().enumerate() {
            let verdict = at(position);
            match edit {
                Edit::Value(_) => {}
                Edit::Omitted | Edit::Computed if self.default.is_some() => {
                    let default = self.default.as_ref().map(Value::to_string).unwrap_or_default();
                    let expected =
                        possible.iter().find(|(value, _)| *value == default).map_or(untouched, |(_, verdict)| verdict);
                    if verdict != expected {
                        complaints.push(format!("{edit:?} is `{verdict}`, and its default {default} is `{expected}`"));
                    }
                }
                Edit::Omitted | Edit::Computed if has_dependent_default(&self.attribute) => {
                    let shapes = [Edit::Omitted, Edit::Computed]
                        .map(|shape| self.edits.iter().position(|edit| *edit == shape).map(at));
                    // A block that is not there is never computed, so a plan in that shape may well be a puzzle.
                    if shapes[0] != shapes[1] && !shapes.contains(&Some("unknown")) {
                        complaints.push(format!("not set is {shapes:?}, depending on how the plan writes it"));
                    }
                }
                _ => complaints.extend(first_law(edit, verdict, &possible)),
            }
        }
        complaints
    }
}

fn first_law(edit: &Edit, verdict: &str, possible: &[(String, &str)]) -> Option<String> {
    let contradicts = |of_value: &str| match verdict {
        "pass" | "not_applicable" => of_value == "fail",
        "fail" => matches!(of_value, "pass" | "not_applicable"),
        _ => false,
    };
    let (value, of_value) = possible.iter().find(|(_, of_value)| contradicts(of_value))?;
    Some(format!("{edit:?} is `{verdict}`, though {value} would be `{of_value}`"))
}

fn trials(unit: &Unit) -> Vec<Trial> {
    let mut trials = vec![];
    for row in 0..unit.rows.len() {
        for attribute in unit.attributes(row) {
            trials.push(trial(unit, row, attribute));
        }
    }
    trials
}

fn trial(unit: &Unit, row: usize, attribute: String) -> Trial {
    let kind = text(&unit.rows[row]["type"]);
    let resource = text(&unit.rows[row]["address"]).to_owned();
    let default = unit.creates(row).then(|| default_of(kind, &attribute)).flatten();
    let mut edits = vec![Edit::Unknown, Edit::UnknownWithoutConfiguration];
    if unit.sets(row, &attribute) {
        edits.push(Edit::Denied);
    }
    if unit.creates(row) {
        edits.extend([Edit::Omitted, Edit::Computed]);
    }
    let mut values = possible_values(&attribute, &unit.rows[row]["change"]["after"][&attribute]);
    values.extend(default.clone());
    values.dedup();
    edits.extend(values.into_iter().map(Edit::Value));
    Trial { row, resource, attribute, default, edits }
}

/// Scans all variants in one plan. The first verdicts are those of the untouched unit.
fn judge(unit: &Unit, variants: &[Variant]) -> Vec<Verdicts> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("variants.json");
    std::fs::write(&path, unit.plan(variants)).expect("written");
    let ran = dbkeel([
        "scan",
        path.to_str().expect("text"),
        "--baseline",
        STRICT,
        "--as-of",
        AS_OF,
        "--output",
        "json",
        "--quiet",
    ])
    .judged();
    let mut verdicts = vec![Verdicts::new(); variants.len() + 1];
    for ((rule, id), verdict) in Scanned::read(&ran.stdout).verdicts {
        let (module, address) =
            id.strip_prefix("module.v").and_then(|id| id.split_once('.')).expect("an address in a module");
        let number: usize = module.parse().expect("a number");
        verdicts[number].insert((rule, address.to_owned()), verdict);
    }
    verdicts
}

fn files() -> Vec<std::path::PathBuf> {
    let folder = std::fs::read_dir(root().join("testdata/whole")).expect("testdata/whole is here");
    let mut files: Vec<_> = folder.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}
