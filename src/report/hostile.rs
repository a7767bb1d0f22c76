//! What holds for every format, whatever a source puts into names and messages.

use std::sync::Arc;

use proptest::prelude::*;

use super::siem::is_told;
use super::testing::{HOSTILE, audited, many, render};
use super::{Format, ReportOptions};
use crate::model::{Drift, DriftSubject, DriftedResource, Location, Provider, Results, Scope, Value, Verdict};

/// The canonical results with every text from a source replaced.
pub(super) fn with_text(text: &str) -> Results {
    let mut results = audited();
    for (resource, position) in results.resources.iter_mut().zip(0..) {
        resource.id = format!("{text}{position}").into();
        resource.name = Some(text.into());
        resource.scope.account = Some(text.into());
    }
    for outcome in results.verdicts.iter_mut().flat_map(|of_rule| &mut of_rule.outcomes) {
        if outcome.verdict != Verdict::Pass {
            outcome.messages = vec![text.into()];
        }
    }
    results.gaps[0].place = text.into();
    for (drift, position) in results.drift.drifts.iter_mut().zip(0..) {
        make_hostile(drift, text, position);
    }
    results.sources[0].path = text.into();
    results.assignments[0].reason = text.into();
    results
}

/// Security Hub takes only what is of an account, so what is hostile has to be of one.
pub(super) fn in_an_account(mut results: Results) -> Results {
    let scope = Scope { account: Some("111122223333".into()), region: Some("eu-central-1".into()) };
    for resource in &mut results.resources {
        resource.scope = scope.clone();
    }
    for drift in &mut results.drift.drifts {
        let resource = drift.resource.as_ref().clone();
        drift.resource = Arc::new(DriftedResource { scope: scope.clone(), provider: Provider::Aws, ..resource });
    }
    results
}

/// Every text of a drift that comes from a source.
fn make_hostile(drift: &mut Drift, text: &str, position: usize) {
    let resource = drift.resource.as_ref().clone();
    drift.resource = Arc::new(DriftedResource {
        id: format!("{text}{position}").into(),
        running_id: Some(format!("arn:aws:rds:{text}:{text}:db:{text}").into()),
        resource_type: text.into(),
        name: Some(text.into()),
        scope: Scope { account: Some(text.into()), region: Some(text.into()) },
        tier: text.into(),
        location: Location { file: text.into(), region: resource.location.region },
        ..resource
    });
    (drift.declared, drift.running) = (Some(text.into()), Some(Value::set([text.into()])));
    drift.reason = Some(text.to_owned().into());
    if let DriftSubject::Attribute(attribute) = &mut drift.subject {
        *attribute = text.into();
    }
    for effect in &mut drift.effects {
        (effect.rule, effect.messages) = (text.into(), vec![text.into()]);
    }
}

pub(super) fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[=+@\\-\t\r\n\"',;|<>&`\\[\\](){}\\\\#:/!]{0,40}",
        Just(HOSTILE.to_owned()),
        "(#{1,3}(vso|VSO)?\\[[a-z.=;\\]:]{0,12}){1,3}",
        Just("]]>--><!--\u{fffe}\u{ffff}\u{0}\u{1b}]0;title\u{7}\u{9b}31m".to_owned()),
    ]
}

fn is_command(after: &str) -> bool {
    after.starts_with('[') || after.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("vso["))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_out_of_a_format(text in hostile_text()) {
        let results = with_text(&text);
        let (counts, drifts) = (results.counts(), results.drift.drifts.len());
        for format in ["json", "sarif-full", "sarif-github", "asff", "oscal"] {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&render(format, &results)).is_ok(), "{format}");
        }
        let events = render("ocsf", &results);
        prop_assert!(events.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
        let told = results.drift.drifts.iter().filter(|drift| is_told(drift)).count();
        prop_assert_eq!(events.lines().count(), counts.total() + told);
        let known = in_an_account(results.clone());
        let findings = serde_json::from_str::<Vec<serde_json::Value>>(&render("asff", &known));
        prop_assert_eq!(findings.map(|findings| findings.len()).ok(), Some(counts.total() + told));
        let log = render("sarif-github", &results);
        // Code scanning refuses a URI with a scheme, and a path that leads out of the repository.
        let bad = |uri: &str| uri.contains([':', ' ']) || uri.starts_with('/') || uri.split('/').any(|part| part == "..");
        let uris = log.lines().filter_map(|line| line.trim().strip_prefix("\"uri\": \""));
        prop_assert!(!uris.map(|uri| uri.trim_end_matches([',', '"'])).any(bad), "{log}");
        let junit = quick_junit::Report::deserialize_from_str(&render("junit", &results));
        prop_assert_eq!(junit.map(|report| report.tests).ok(), Some(counts.total() + drifts + results.gaps.len()));
        let csv = render("csv", &results);
        let rows: Result<Vec<_>, _> = csv::Reader::from_reader(csv.as_bytes()).into_records().collect();
        prop_assert_eq!(rows.map(|rows| rows.len()).ok(), Some(counts.total() + drifts));
    }

    #[test]
    fn no_text_steers_a_terminal_or_a_viewer(text in hostile_text()) {
        let results = with_text(&text);
        for format in [
            "table",
            "csv",
            "junit",
            "oscal",
            "gitlab-code-quality",
            "github-annotations",
            "azure-annotations",
            "ocsf",
            "asff",
        ] {
            // ASFF takes only what is of an account.
            let results = if format == "asff" { in_an_account(results.clone()) } else { results.clone() };
            let lines = render(format, &results);
            let steers = |line: &str| line.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
            prop_assert!(!lines.lines().any(steers), "{format}: {lines:?}");
            // Azure's agent obeys a command wherever it stands in a line, GitHub's runner one of its old form.
            let commands = lines.match_indices("##").filter(|(at, _)| is_command(&lines[at + 2..])).count();
            let ours = if format == "azure-annotations" { lines.lines().count() } else { 0 };
            prop_assert_eq!(commands, ours, "{}: {:?}", format, lines);
        }
        // One line more or less would be one that a name has made.
        prop_assert_eq!(render("csv", &results).lines().count(), results.counts().total() + results.drift.drifts.len() + 1);
    }
}

#[test]
fn the_same_results_give_the_same_bytes() {
    for format in Format::ALL {
        assert_eq!(render(format.name(), &audited()), render(format.name(), &audited()), "{format}");
    }
}

#[test]
fn a_large_fleet_is_counted_in_every_format_for_people() {
    for format in ["table", "markdown", "pr-comment"] {
        let last = "\n50000 failed, 0 waived, 0 passed, 0 unknown, 0 not applicable, 0 errors, 0 gaps\n";
        assert!(render(format, &many(50_000)).ends_with(last), "{format}");
    }
}

/// The one thing that a reader must not take for a pass.
#[test]
fn a_run_that_evaluated_nothing_says_so() {
    let results = super::testing::nothing();
    assert!(render("table", &results).contains("NOTHING WAS EVALUATED"));
    assert!(render("markdown", &results).contains("nothing was evaluated"));
    let options = ReportOptions::default();
    for format in ["sarif-full", "sarif-github"] {
        let log = super::testing::render_with(format, &results, &options);
        assert!(log.contains("\"executionSuccessful\": false"), "{format}");
    }
}
