//! GitLab Code Quality: what the widget of a merge request shows, on every tier of GitLab
//! (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>).
//!
//! It lists what somebody has to mend: failures, and drift that may fail a gate. GitLab shows what is new on the branch as
//! degraded, so a verdict that could not be reached is left out: a value that is known only after apply is no degradation.
//! GitLab tells entries apart by their fingerprints, and asks for a path without `./`.

use std::io;

use serde::{Serialize, Serializer};

use super::lines::OneALine;
use super::text::clean;
use super::{Report, ReportOptions, drift, uri};
use crate::model::{Drift, Finding, Location, Results, Severity, Verdict};

/// The format.
pub(super) struct CodeQuality;

impl Report for CodeQuality {
    fn write(&self, results: &Results, _: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()> {
        results.find_places(|_, verdict| verdict == Verdict::Fail);
        Entries(results).serialize(&mut serde_json::Serializer::with_formatter(&mut *out, OneALine::to_depth(0, 1)))?;
        out.write_all(b"\n")
    }

    fn tells_digests(&self) -> bool {
        false
    }
}

struct Entries<'a>(&'a Results);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let failures = self.0.findings(&[Verdict::Fail]).map(|finding| Entry::of_finding(&finding));
        let drifts = self.0.drift.drifts.iter().filter(|drift| drift.class.can_fail()).map(Entry::of_drift);
        serializer.collect_seq(failures.chain(drifts))
    }
}

#[derive(Serialize)]
struct Entry {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

impl Entry {
    fn of_finding(finding: &Finding<'_>) -> Self {
        let (title, resource, message) = (&finding.rule.title, &finding.resource.id, finding.message());
        Self {
            description: clean(&format!("{title}: {resource}: {message}")).into_owned(),
            check_name: clean(&finding.rule.id).into_owned(),
            fingerprint: finding.fingerprint(),
            severity: severity(finding.severity()),
            location: Place::of(finding.location(), &finding.resource.id),
        }
    }

    fn of_drift(drift: &Drift) -> Self {
        let (resource, what) = (&drift.resource.id, drift::what(drift));
        Self {
            description: clean(&format!("{resource}: {what}")).into_owned(),
            check_name: drift.rule_id(),
            fingerprint: drift.fingerprint(),
            severity: severity(drift.severity().unwrap_or(Severity::Info)),
            location: Place::of(drift.location(), resource),
        }
    }
}

impl Place {
    /// What was read from no file stands at a path that is made of its name.
    fn of(location: &Location, resource: &str) -> Self {
        let path = match location.file.as_ref() {
            "" => format!("live/{}", uri::plain(&resource.replace('/', "-"))),
            file => uri::plain(file),
        };
        Self { path, lines: Lines { begin: location.region.map_or(1, |region| region.start_line.max(1)) } }
    }
}

/// GitLab's five words for ours.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "blocker",
        Severity::High => "critical",
        Severity::Medium => "major",
        Severity::Low => "minor",
        Severity::Info => "info",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::Value as Json;

    use super::*;
    use crate::report::hostile::{hostile_text, with_text};
    use crate::report::testing::{audited, drifted, everything, many, nothing, render, undrifted};

    fn entries(results: &Results) -> Vec<Json> {
        serde_json::from_str(&render("gitlab-code-quality", results)).unwrap()
    }

    fn conforms(results: &Results) {
        let schema = include_str!("../../testdata/outputs/code-quality.schema.json");
        let schema: Json = serde_json::from_str(schema).unwrap();
        let document = Json::Array(entries(results));
        let errors: Vec<String> = jsonschema::validator_for(&schema)
            .unwrap()
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }

    #[test]
    fn everything_at_once() {
        insta::assert_snapshot!(render("gitlab-code-quality", &audited()));
    }

    #[test]
    fn nothing_at_all_is_an_empty_list() {
        assert!(entries(&nothing()).is_empty());
    }

    #[test]
    fn the_report_conforms_to_what_gitlab_documents() {
        for results in [everything(), nothing(), audited(), drifted(), undrifted(), many(3)] {
            conforms(&results);
        }
    }

    #[test]
    fn only_what_somebody_has_to_mend_is_listed_each_with_a_fingerprint_of_its_own() {
        let entries = entries(&audited());
        let drifts = audited().drift.drifts.iter().filter(|drift| drift.class.can_fail()).count();
        assert_eq!(entries.len(), audited().counts().fail + drifts);
        let fingerprints: BTreeSet<&str> = entries.iter().map(|one| one["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(fingerprints.len(), entries.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn no_text_leads_out_of_the_repository_or_makes_a_line(text in hostile_text()) {
            let results = with_text(&text);
            conforms(&results);
            let entries = entries(&results);
            for path in entries.iter().map(|one| one["location"]["path"].as_str().unwrap()) {
                prop_assert!(!path.split('/').any(|part| matches!(part, "" | "." | "..")), "{path}");
            }
            prop_assert_eq!(render("gitlab-code-quality", &results).lines().count(), entries.len() + 2);
        }
    }
}
