//! The Rego tests as JUnit XML: a suite for each file, a test case for each test. There are no times, so that the same rules
//! give the same bytes.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::policy::{TestOutcome, TestReport, TestResult};
use crate::report::text::clean;

/// The document.
pub(super) fn of(report: &TestReport) -> std::io::Result<String> {
    let mut document = Report::new("dbkeel policy test");
    let mut suites: Vec<TestSuite> = Vec::new();
    let mut path = "";
    for result in &report.results {
        if *path != *result.path {
            path = &result.path;
            suites.push(TestSuite::new(clean(path)));
        }
        if let Some(suite) = suites.last_mut() {
            suite.add_test_case(case(result));
        }
    }
    document.add_test_suites(suites);
    document.to_string().map_err(std::io::Error::other)
}

fn case(result: &TestResult) -> TestCase {
    let (package, name) = result.name.rsplit_once('.').unwrap_or(("", &result.name));
    let mut case = TestCase::new(clean(name), status(result));
    case.set_classname(clean(package));
    case.extra.insert("file".into(), clean(&result.path).as_ref().into());
    case.extra.insert("line".into(), result.line.to_string().into());
    case
}

fn status(result: &TestResult) -> TestCaseStatus {
    let place = format!("{}:{}", clean(&result.path), result.line);
    let (kind, message) = match &result.outcome {
        TestOutcome::Passed => return TestCaseStatus::success(),
        TestOutcome::Failed => (NonSuccessKind::Failure, "it does not hold".to_owned()),
        TestOutcome::Error(why) => (NonSuccessKind::Error, clean(why).into_owned()),
    };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message).set_type("rego").set_description(format!("place: {place}"));
    status
}
