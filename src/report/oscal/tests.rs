//! Golden documents, and what no validator catches: dangling references, names of hash algorithms, what a status claims.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value as Json;

use crate::model::{ControlStatus, FactState, Results, Severity, Unknown, Verdict};
use crate::report::ReportOptions;
use crate::report::hostile::{hostile_text, with_text};
use crate::report::testing::{audited, drifted, everything, many, nothing, render, render_with, uncompared, undrifted};

fn document(results: &Results) -> Json {
    serde_json::from_str(&render("oscal", results)).unwrap()
}

fn result_of(document: &Json) -> &Json {
    &document["assessment-results"]["results"][0]
}

fn list<'d>(of: &'d Json, name: &str) -> Vec<&'d Json> {
    of.get(name).and_then(Json::as_array).into_iter().flatten().collect()
}

/// The value of a property of ours.
fn property<'d>(of: &'d Json, name: &str) -> Option<&'d str> {
    list(of, "props").into_iter().find(|one| one["name"] == name)?["value"].as_str()
}

/// Every member of every object of the document, with its name.
fn members<'d>(json: &'d Json, found: &mut Vec<(&'d str, &'d Json)>) {
    match json {
        Json::Object(object) => object.iter().for_each(|(name, value)| {
            found.push((name, value));
            members(value, found);
        }),
        Json::Array(values) => values.iter().for_each(|value| members(value, found)),
        _ => {}
    }
}

/// NIST's names: <https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/assessment-results/json-reference/>.
const ALGORITHMS: [&str; 8] =
    ["SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512"];

/// What is wrong with a document that a schema or a validator might let pass.
fn problems(document: &Json) -> Vec<String> {
    let mut all = Vec::new();
    members(document, &mut all);
    let mut defined = BTreeSet::new();
    let mut problems = Vec::new();
    for (_, uuid) in all.iter().filter(|(name, _)| *name == "uuid") {
        let uuid = uuid.as_str().unwrap();
        if !defined.insert(uuid) {
            problems.push(format!("{uuid} is given twice"));
        }
        if uuid::Uuid::try_parse(uuid).map(|uuid| uuid.get_version_num()).ok() != Some(5) {
            problems.push(format!("{uuid} is not of version 5"));
        }
    }
    for (name, value) in &all {
        problems.extend(problem_of(name, value, &defined).map(|what| format!("{name}: {value} {what}")));
    }
    problems
}

fn problem_of(name: &str, value: &Json, defined: &BTreeSet<&str>) -> Option<&'static str> {
    if value.as_array().is_some_and(Vec::is_empty) {
        return Some("is empty");
    }
    let text = value.as_str()?;
    let is_token = || {
        let first = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
        first && text.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c))
    };
    let is_bad = match name {
        name if name.ends_with("-uuid") => !defined.contains(text),
        "href" if text.starts_with('#') => !defined.contains(&text[1..]),
        "href" => text.contains([':', ' ']) || text.starts_with('/'),
        "algorithm" => !ALGORITHMS.contains(&text),
        "name" | "control-id" | "target-id" | "id" => !is_token(),
        // A value has no space around it, and nothing has a second line or what a viewer obeys.
        "value" => text.is_empty() || text.trim() != text || text.contains(char::is_control),
        _ => text.is_empty() || text.contains(char::is_control),
    };
    is_bad.then_some("is bad")
}

fn is_sound(results: &Results) {
    let problems = problems(&document(results));
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn everything_at_once() {
    insta::assert_snapshot!(render("oscal", &everything()));
}

#[test]
fn nothing_at_all() {
    insta::assert_snapshot!(render("oscal", &nothing()));
}

#[test]
fn everything_drifted() {
    insta::assert_snapshot!(render("oscal", &drifted()));
}

#[test]
fn every_reference_leads_somewhere_and_every_digest_has_the_name_that_nist_gives_it() {
    for results in [everything(), nothing(), audited(), drifted(), undrifted(), uncompared(), many(3), by_rules()] {
        is_sound(&results);
    }
}

#[test]
fn what_is_wrong_is_seen() {
    let good = render("oscal", &by_rules());
    let subject =
        document(&by_rules())["assessment-results"]["results"][0]["observations"][0]["subjects"][0]["subject-uuid"]
            .as_str()
            .unwrap()
            .to_owned();
    let bad = [
        good.replace("SHA-256", "sha256"),
        good.replacen(&format!("\"uuid\":\"{subject}\""), "\"uuid\":\"00000000-0000-5000-8000-000000000000\"", 1),
        good.replace("\"control-id\":\"", "\"control-id\":\"1"),
        good.replacen("\"risk-uuid\":\"", "\"risk-uuid\":\"f", 1),
    ];
    for (at, bad) in bad.iter().enumerate() {
        assert!(!problems(&serde_json::from_str(bad).unwrap()).is_empty(), "{at}");
    }
}

#[test]
fn another_run_has_none_of_its_identifiers() {
    let uuids = |results: &Results| {
        let document = document(results);
        let mut all = Vec::new();
        members(&document, &mut all);
        let uuids = all.iter().filter(|(name, _)| *name == "uuid");
        uuids.map(|(_, uuid)| uuid.as_str().unwrap().to_owned()).collect::<BTreeSet<String>>()
    };
    assert_eq!(uuids(&everything()), uuids(&everything()));
    let other: [fn(&mut Results); 6] = [
        |results| results.run.as_of = "2026-11-23T06:00:00Z".into(),
        |results| results.run.fail_on = Severity::Critical,
        |results| results.sources[0].path = "elsewhere.json".into(),
        |results| results.gaps.clear(),
        |results| results.assignments[0].tier = 1,
        // A value that was withheld, with no other word in the outcome.
        |results| {
            let facts = results.verdicts.iter_mut().flat_map(|one| &mut one.outcomes).flat_map(|one| &mut one.facts);
            for fact in facts {
                *fact = FactState::Unknown(Unknown::Sensitive);
            }
        },
    ];
    for (at, change) in other.iter().enumerate() {
        let mut results = everything();
        change(&mut results);
        assert!(uuids(&everything()).is_disjoint(&uuids(&results)), "{at}");
    }
    let partial = ReportOptions { allow_partial: true, ..ReportOptions::default() };
    let document: Json = serde_json::from_str(&render_with("oscal", &everything(), &partial)).unwrap();
    assert!(!uuids(&everything()).contains(document["assessment-results"]["uuid"].as_str().unwrap()));
}

/// No framework was asked for, and everything was read.
fn by_rules() -> Results {
    Results { frameworks: Vec::new(), gaps: Vec::new(), ..everything() }
}

fn states(results: &Results, options: &ReportOptions) -> BTreeMap<String, String> {
    let document: Json = serde_json::from_str(&render_with("oscal", results, options)).unwrap();
    let state = |finding: &Json| {
        let control = property(finding, "control").unwrap().to_owned();
        (control, finding["target"]["status"]["state"].as_str().unwrap().to_owned())
    };
    list(result_of(&document), "findings").into_iter().map(state).collect()
}

fn words(states: &[(&str, &str)]) -> BTreeMap<String, String> {
    states.iter().map(|(control, state)| ((*control).to_owned(), (*state).to_owned())).collect()
}

#[test]
fn only_what_was_proven_is_satisfied_or_not() {
    let whole = Results { gaps: Vec::new(), ..everything() };
    let proven = words(&[("1.1", "satisfied"), ("1.2", "satisfied"), ("2.1", "not-satisfied")]);
    assert_eq!(states(&whole, &ReportOptions::default()), proven);
    // What was not read may fail.
    assert_eq!(states(&everything(), &ReportOptions::default()), words(&[("2.1", "not-satisfied")]));
    let partial = ReportOptions { allow_partial: true, ..ReportOptions::default() };
    assert_eq!(states(&everything(), &partial), proven);
}

#[test]
fn a_control_without_a_finding_is_named_with_the_reason() {
    let document = document(&everything());
    let observations = list(result_of(&document), "observations");
    let undecided: Vec<&str> = observations
        .iter()
        .filter(|one| one["title"].as_str().unwrap().ends_with("neither satisfied nor not satisfied"))
        .map(|one| property(one, "control").unwrap())
        .collect();
    assert_eq!(undecided, ["1.1", "1.2", "3.3", "4.1|`"]);
    let lines: Vec<&str> = observations.iter().filter_map(|one| one["description"].as_str()).collect();
    assert!(lines.iter().any(|line| line.contains("no rule tests it; a person has to look")), "{lines:#?}");
}

#[test]
fn the_part_of_a_control_that_rules_test_is_not_the_whole_of_it() {
    let document = document(&Results { gaps: Vec::new(), ..everything() });
    let findings = list(result_of(&document), "findings");
    let target = |control: &str| {
        let finding = findings.iter().find(|one| property(one, "control") == Some(control)).unwrap();
        (finding["target"]["target-id"].as_str().unwrap(), finding["remarks"].as_str())
    };
    assert_eq!(target("1.1"), ("pci-dss-4.0_1.1", None));
    assert_eq!(target("1.2"), ("pci-dss-4.0_1.2_part", Some("Not tested: what no rule tests.")));
    let objectives = list(&document["assessment-results"]["local-definitions"], "objectives-and-methods");
    let ids: Vec<&str> = objectives.iter().map(|one| one["parts"][0]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["pci-dss-4.0_1.1", "pci-dss-4.0_1.2_part", "pci-dss-4.0_2.1"]);
}

#[test]
fn the_rules_are_the_controls_when_no_framework_was_asked_for() {
    let proven = words(&[
        ("DBK-ACC-001", "not-satisfied"),
        ("DBK-AVA-001", "not-satisfied"),
        ("DBK-LOG-001", "not-satisfied"),
        ("DBK-OWN-001", "not-satisfied"),
        ("DBK-RET-001", "not-satisfied"),
    ]);
    assert_eq!(states(&by_rules(), &ReportOptions::default()), proven);
    assert_eq!(states(&nothing(), &ReportOptions::default()), BTreeMap::new());
    assert_eq!(states(&undrifted(), &ReportOptions::default()), words(&[("DBK-DRIFT", "satisfied")]));
    assert_eq!(states(&uncompared(), &ReportOptions::default()), BTreeMap::new());
    assert_eq!(states(&drifted(), &ReportOptions::default()), words(&[("DBK-DRIFT", "not-satisfied")]));
}

#[test]
fn a_verdict_that_is_no_failure_makes_no_control_fail() {
    let mut results = by_rules();
    for outcome in results.verdicts.iter_mut().flat_map(|of_rule| &mut of_rule.outcomes) {
        if matches!(outcome.verdict, Verdict::Fail | Verdict::Waived) {
            (outcome.verdict, outcome.waived_by) = (Verdict::NotApplicable, None);
        }
    }
    // A public address passes on some; whether the others do is not known, or does not matter.
    assert_eq!(states(&results, &ReportOptions::default()), words(&[("DBK-ACC-001", "satisfied")]));
    is_sound(&results);
}

#[test]
fn each_file_of_the_baseline_has_the_digest_of_its_own() {
    let document = document(&everything());
    let resources = list(&document["assessment-results"]["back-matter"], "resources");
    let baseline = resources.iter().find(|one| property(one, "baseline-sha256").is_some()).unwrap();
    let link = |link: &Json| {
        let digest = link["hashes"][0]["value"].as_str().unwrap();
        (link["href"].as_str().unwrap().to_owned(), digest.chars().take(1).collect::<String>(), digest.len())
    };
    let links: Vec<_> = list(baseline, "rlinks").into_iter().map(link).collect();
    let expected = [("policy/team%20baseline.yaml", "e", 64), ("baselines/standard.yaml", "b", 64)];
    assert_eq!(links, expected.map(|(href, digit, length)| (href.to_owned(), digit.to_owned(), length)));
}

#[test]
fn every_verdict_is_in_one_observation() {
    let results = audited();
    let document = document(&results);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for observation in list(result_of(&document), "observations") {
        if let Some(verdict) = property(observation, "verdict") {
            *counts.entry(verdict).or_default() += list(observation, "subjects").len();
        }
    }
    let expected = results.counts();
    let of = |verdict: Verdict| counts.get(verdict.as_str()).copied().unwrap_or(0);
    assert_eq!(of(Verdict::Pass), expected.pass);
    assert_eq!(of(Verdict::Fail), expected.fail);
    assert_eq!(of(Verdict::Waived), expected.waived);
    assert_eq!(of(Verdict::Unknown), expected.unknown);
    assert_eq!(of(Verdict::NotApplicable), expected.not_applicable);
    assert_eq!(of(Verdict::Error), expected.error);
    assert!(counts.contains_key("gap"));
    let drifts = list(result_of(&document), "observations").into_iter().filter(|one| property(one, "drift").is_some());
    assert_eq!(drifts.count(), results.drift.drifts.len());
}

#[test]
fn an_accepted_failure_is_a_risk_with_who_accepted_it_and_until_when() {
    let document = document(&everything());
    let risks = list(result_of(&document), "risks");
    assert_eq!(risks.len(), 2);
    for risk in &risks {
        assert_eq!(risk["status"], "deviation-approved");
        assert_eq!(list(risk, "related-observations").len(), 1);
    }
    let of = |name| property(risks[1], name);
    assert_eq!([of("waiver"), of("approver"), of("ticket")], [Some("W-2"), Some("Ada"), Some("RISK-1")]);
    assert_eq!([of("reason"), of("expires")], [Some("<b>vendor</b>|=1"), Some("2026-12-01")]);
    assert_eq!(risks[1]["deadline"], "2026-12-01T23:59:59Z");
}

#[test]
fn a_waiver_does_not_make_a_control_satisfied() {
    let document = document(&by_rules());
    let findings = list(result_of(&document), "findings");
    let finding = findings.iter().find(|one| property(one, "control") == Some("DBK-OWN-001")).unwrap();
    assert_eq!(finding["target"]["status"]["state"], "not-satisfied");
    assert_eq!(list(finding, "related-risks").len(), 2);
}

#[test]
fn a_control_of_some_types_is_not_about_the_failures_of_others() {
    let mut results = Results { gaps: Vec::new(), ..everything() };
    let control = &mut results.frameworks[0].controls[2];
    assert_eq!(control.status, ControlStatus::NotSatisfied);
    control.types = vec!["aws_rds_cluster".into()];
    let document = document(&results);
    let findings = list(result_of(&document), "findings");
    let finding = findings.iter().find(|one| property(one, "control") == Some("2.1")).unwrap();
    assert_eq!(list(finding, "related-observations").len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_of_a_source_makes_a_document_unsound(text in hostile_text()) {
        let mut results = with_text(&text);
        results.run.baseline = text.as_str().into();
        for waiver in results.waivers.iter_mut().flat_map(|waivers| &mut waivers.entries) {
            (waiver.id, waiver.reason, waiver.approver) = (text.as_str().into(), text.as_str().into(), Some(text.as_str().into()));
        }
        for control in &mut results.frameworks[0].controls {
            control.id = text.as_str().into();
        }
        let problems = problems(&document(&results));
        prop_assert!(problems.is_empty(), "{problems:#?}");
    }
}

/// A writer that remembers the largest piece it got.
#[derive(Default)]
struct Pieces {
    largest: usize,
    total: usize,
}

impl std::io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.largest = self.largest.max(bytes.len());
        self.total += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_document_is_written_piece_by_piece() {
    let mut pieces = Pieces::default();
    let format: crate::report::Format = "oscal".parse().unwrap();
    format.write(&many(50_000), &ReportOptions::default(), &mut pieces).unwrap();
    assert!(pieces.largest < 10_000 && pieces.total > 10_000_000, "{} {}", pieces.largest, pieces.total);
}
