//! Whatever stands in a file, reading it ends, without a panic, in a value or in an error with a place; and the same
//! file always gives the same answer. The fuzz targets under `fuzz/` look longer and harder for the same.

use std::sync::{Arc, LazyLock};

use dbkeel::model::Rule;
use dbkeel::policy::{self, PolicyFile};
use dbkeel::{baseline, source};
use proptest::prelude::*;

use super::command::root;

static PLAN: LazyLock<String> = LazyLock::new(|| file("testdata/whole/update.json"));
static STATE: LazyLock<String> = LazyLock::new(|| {
    let plan: serde_json::Value = serde_json::from_str(&PLAN).expect("JSON");
    let resources: Vec<serde_json::Value> =
        plan["resource_changes"].as_array().expect("changes").iter().map(raw_state_of).collect();
    serde_json::json!({"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}, "resources": resources}).to_string()
});
static BASELINE: LazyLock<String> = LazyLock::new(|| file("baselines/standard.yaml"));
static RICH: LazyLock<String> = LazyLock::new(|| file("testdata/baselines/rich.yaml"));
static COMPANY: LazyLock<String> = LazyLock::new(|| file("testdata/baselines/company.yaml"));
static POLICY: LazyLock<String> = LazyLock::new(|| file("policies/retention/backup_retention.rego"));
static RULES: LazyLock<Vec<Arc<Rule>>> = LazyLock::new(|| {
    let policies = policy::load(&policy::embedded()).unwrap_or_default();
    policies.iter().map(|policy| policy.rule.clone()).collect()
});

fn file(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("the file is in the project")
}

fn raw_state_of(change: &serde_json::Value) -> serde_json::Value {
    serde_json::json!({
        "mode": "managed", "type": change["type"], "name": change["name"],
        "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
        "instances": [{"schema_version": 2, "attributes": change["change"]["after"], "sensitive_attributes": [], "private": "eyJ9"}],
    })
}

/// One way to spoil a text; the numbers are shares of its length.
#[derive(Clone, Debug)]
enum Spoil {
    Cut(f64, f64),
    Repeat(f64, f64),
    Put(f64, &'static str),
    Instead(f64, &'static str),
}

const SCRAPS: [&str; 26] = [
    "null",
    "true",
    "-1",
    "1e999",
    "18446744073709551616",
    "\"\"",
    "[]",
    "{}",
    "[[[[",
    "{\"a\":",
    "\"\\ud800\"",
    "\u{0}",
    "\u{feff}",
    "é",
    "\n",
    "  ",
    ": ",
    "- ",
    "|",
    "&a",
    "*a",
    "# METADATA",
    "{",
    "]",
    "input.",
    "\"aws_db_instance\"",
];

fn spoils() -> impl Strategy<Value = Vec<Spoil>> {
    let at = || 0.0..1.0_f64;
    let one = prop_oneof![
        (at(), 0.0..0.02_f64).prop_map(|(from, share)| Spoil::Cut(from, share)),
        (at(), 0.0..0.02_f64).prop_map(|(from, share)| Spoil::Repeat(from, share)),
        (at(), proptest::sample::select(&SCRAPS[..])).prop_map(|(at, scrap)| Spoil::Put(at, scrap)),
        (at(), proptest::sample::select(&SCRAPS[..])).prop_map(|(at, scrap)| Spoil::Instead(at, scrap)),
    ];
    proptest::collection::vec(one, 0..4)
}

fn spoiled(text: &str, spoils: &[Spoil]) -> String {
    let mut text = text.to_owned();
    for spoil in spoils {
        let at = |share: f64| {
            let position = (text.len() as f64 * share) as usize;
            (position..=text.len()).find(|position| text.is_char_boundary(*position)).unwrap_or(text.len())
        };
        let end = |from: f64, share: f64| at((from + share).min(1.0));
        match *spoil {
            Spoil::Cut(from, share) => text.replace_range(at(from)..end(from, share), ""),
            Spoil::Repeat(from, share) => {
                let part = text[at(from)..end(from, share)].to_owned();
                text.insert_str(at(from), &part);
            }
            Spoil::Put(from, scrap) => text.insert_str(at(from), scrap),
            Spoil::Instead(from, scrap) => {
                // The next JSON or YAML value, so that the text often stays well-formed and only its meaning is spoiled.
                let start = text[at(from)..].find([':', ',', '[']).map_or(text.len(), |found| at(from) + found + 1);
                let end = text[start..].find([',', '}', ']', '\n']).map_or(text.len(), |found| start + found);
                text.replace_range(start..end, scrap);
            }
        }
    }
    text
}

fn read(bytes: &[u8]) -> String {
    let wanted = |kind: &str| kind.starts_with("aws_");
    format!("{:?}", source::terraform::read("file", bytes, source::Digests::LeftOut, &wanted, |resource| resource))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoiled_plan_is_read_or_refused(spoils in spoils()) {
        let text = spoiled(&PLAN, &spoils);
        prop_assert_eq!(read(text.as_bytes()), read(text.as_bytes()));
    }

    #[test]
    fn a_spoiled_state_is_read_or_refused(spoils in spoils()) {
        let text = spoiled(&STATE, &spoils);
        prop_assert_eq!(read(text.as_bytes()), read(text.as_bytes()));
    }

    #[test]
    fn a_spoiled_baseline_is_read_or_refused_with_a_place(spoils in spoils()) {
        let text = spoiled(&BASELINE, &spoils);
        if let Err(problems) = baseline::parse("spoiled.yaml", &text, &RULES) {
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.iter().all(|problem| problem.source.is_some()), "{problems:?}");
        }
    }

    #[test]
    fn spoiled_baselines_that_extend_each_other_are_read_or_refused_with_a_place(
        child in spoils(), parent in spoils(), both in any::<bool>()
    ) {
        let child = spoiled(&RICH, &child);
        let parent = if both { spoiled(&COMPANY, &parent) } else { COMPANY.clone() };
        let read = |path: &str| match path {
            "rich.yaml" => Ok(child.clone().into_bytes()),
            "company.yaml" => Ok(parent.clone().into_bytes()),
            _ => Err(std::io::ErrorKind::NotFound.into()),
        };
        match baseline::load("rich.yaml", &read, &RULES) {
            Ok(baseline) => for day in ["", "2026-11-22T00:00:00Z", "2027-01-01"] {
                prop_assert!(!baseline.describe(day).to_string().is_empty());
                prop_assert_eq!(baseline.on(day).tiers().len(), baseline.tiers().len());
            },
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|problem| problem.source.is_some()), "{problems:?}");
            }
        }
    }

    #[test]
    fn spoiled_metadata_is_read_or_refused_with_a_place(spoils in spoils()) {
        let text = spoiled(&POLICY, &spoils);
        let path = "policies/retention/backup_retention.rego".into();
        if let Err(problems) = policy::load(&[PolicyFile { path, text: text.into(), user: true }]) {
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.iter().all(|problem| problem.source.is_some()), "{problems:?}");
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(read(&bytes), read(&bytes));
    }
}
