//! JUnit XML, for the test tabs of Jenkins, GitLab and Azure: a suite for each source, a test case for each rule and
//! resource.
//!
//! A failure that somebody accepted, a verdict that could not be reached and one without meaning are skipped test cases, with
//! the reason; a rule that raised an error and a gap are errors. The suite `drift` has a test case for each drift: a failure
//! when the gate fails on its class, else skipped. There are no times and no run ids, so that the same results
//! give the same bytes.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as JunitReport, TestCase, TestCaseStatus, TestSuite};

use super::drift::is_all;
use super::text::clean;
use super::{Report, ReportOptions, remediation};
use crate::model::{Finding, Gap, Location, Results, Verdict};

mod drift;

/// The format.
pub(super) struct Junit;

impl Report for Junit {
    fn write(&self, results: &Results, _: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        results.find_places(|_, _| true);
        let mut report = JunitReport::new("dbkeel");
        report.add_test_suites(suites(results));
        report.add_test_suites(drift::suite(results));
        if !results.gaps.is_empty() {
            report.add_test_suite(gaps(&results.gaps));
        }
        // The crate hides why writing failed, and a reader that went away has to stay recognisable.
        let text = report.to_string().map_err(io::Error::other)?;
        out.write_all(text.as_bytes())
    }

    fn tells_digests(&self) -> bool {
        false
    }
}

fn suites(results: &Results) -> Vec<TestSuite> {
    if is_all(results) {
        return Vec::new();
    }
    let mut suites: Vec<TestSuite> = results.sources.iter().map(|source| TestSuite::new(clean(&source.path))).collect();
    for finding in results.findings(Verdict::ALL) {
        if let Some(suite) = suites.get_mut(finding.resource.source as usize) {
            suite.add_test_case(test_case(&finding));
        }
    }
    suites
}

fn test_case(finding: &Finding<'_>) -> TestCase {
    let name = format!("{} {}", finding.rule.id, finding.rule.name);
    let mut case = TestCase::new(clean(&name), status(finding));
    let of = &finding.resource.id;
    let name = finding.source_of_twin().map(|source| format!("{of} ({source})"));
    case.set_classname(clean(name.as_deref().unwrap_or(of)));
    set_line(&mut case, finding.location());
    case
}

fn set_line(case: &mut TestCase, location: &Location) {
    if let Some(region) = location.region {
        // pytest's attributes, which GitLab and Jenkins show as a link.
        case.extra.insert("file".into(), clean(&location.file).as_ref().into());
        case.extra.insert("line".into(), region.start_line.to_string().into());
    }
}

fn status(finding: &Finding<'_>) -> TestCaseStatus {
    let mut status = match finding.outcome.verdict {
        Verdict::Pass => return TestCaseStatus::success(),
        Verdict::Fail if finding.stood_before() => TestCaseStatus::skipped(),
        Verdict::Fail => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Verdict::Error => TestCaseStatus::non_success(NonSuccessKind::Error),
        Verdict::Waived | Verdict::Unknown | Verdict::NotApplicable => TestCaseStatus::skipped(),
    };
    let message = clean(&finding.message()).into_owned();
    match finding.outcome.verdict {
        Verdict::Fail if finding.stood_before() => {
            status.set_message(format!("stood before this change, which makes it no worse: {message}"));
        }
        Verdict::Fail => {
            status.set_type(clean(&finding.rule.id)).set_description(description(finding));
            status.set_message(message);
        }
        Verdict::Error => {
            status.set_type(clean(&finding.rule.id)).set_message(message);
        }
        verdict => {
            status.set_message(format!("{}: {message}", verdict.as_str().replace('_', " ")));
        }
    }
    status
}

/// What a person reads when the test case is opened.
fn description(finding: &Finding<'_>) -> String {
    let mut lines = vec![
        format!("{}: {}", finding.severity(), clean(&finding.rule.title)),
        format!("resource: {}", clean(&finding.resource.id)),
        format!("tier: {} ({})", clean(&finding.tier.name), clean(finding.tier_reason)),
    ];
    lines.extend(finding.outcome.messages.iter().map(|message| format!("finding: {}", clean(message))));
    if let Some(region) = finding.location().region {
        lines.push(format!("place: {}:{}", clean(&finding.location().file), region.start_line));
    }
    lines.extend(finding.note().map(|note| format!("note: {}", clean(note))));
    lines.extend(remediation::hint(finding).map(|hint| format!("fix: {}", clean(&hint))));
    lines.join("\n")
}

fn gaps(gaps: &[Gap]) -> TestSuite {
    let mut suite = TestSuite::new("gaps");
    for gap in gaps {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type("gap").set_message(clean(gap.reason.as_str()));
        let mut case = TestCase::new("read", status);
        case.set_classname(clean(&gap.place));
        suite.add_test_case(case);
    }
    suite
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DriftClass;
    use crate::report::testing::{audited, drifted, everything, many_drifts, nothing, render, uncompared, undrifted};

    #[test]
    fn everything_at_once() {
        insta::assert_snapshot!(render("junit", &everything()));
    }

    #[test]
    fn nothing_at_all() {
        insta::assert_snapshot!(render("junit", &nothing()));
    }

    #[test]
    fn everything_drifted() {
        insta::assert_snapshot!(render("junit", &drifted()));
    }

    #[test]
    fn nothing_drifted() {
        insta::assert_snapshot!(render("junit", &undrifted()));
    }

    #[test]
    fn a_comparison_of_nothing_is_an_error() {
        let report = JunitReport::deserialize_from_str(&render("junit", &uncompared())).unwrap();
        assert_eq!((report.tests, report.errors), (1, 1));
    }

    #[test]
    fn fifty_thousand_drifts_are_as_many_tests() {
        let report = JunitReport::deserialize_from_str(&render("junit", &many_drifts(50_000))).unwrap();
        assert_eq!((report.tests, report.failures), (50_000, 50_000));
    }

    #[test]
    fn the_document_reads_back_with_every_verdict_and_every_drift_counted() {
        let report = JunitReport::deserialize_from_str(&render("junit", &audited())).unwrap();
        let (counts, drift) = (audited().counts(), audited().drift);
        // What the comparison of `audited` fails on.
        let failing = drift.count(DriftClass::Changed) + drift.count(DriftClass::Missing);
        assert_eq!(report.tests, counts.total() + drift.drifts.len() + 1);
        assert_eq!(report.failures, counts.fail + failing);
        assert_eq!(report.errors, counts.error + 1);
        let skipped = counts.waived + counts.unknown + counts.not_applicable;
        assert_eq!(report.skipped, skipped + drift.drifts.len() - failing);
    }
}
