//! The suite of drift.

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::set_line;
use crate::model::{Comparison, Drift, Results};
use crate::report::drift::{self, Standing};
use crate::report::text::clean;

/// A test case for each drift; for a comparison without any, one that says how it ended. `None` when nothing was compared and
/// no plan reports drift.
pub(super) fn suite(results: &Results) -> Option<TestSuite> {
    let report = &results.drift;
    let comparison = report.comparison.as_ref();
    let mut suite = TestSuite::new("drift");
    if let Some(comparison) = comparison {
        suite.add_test_cases(of_all(results, comparison));
    }
    suite.add_test_cases(report.drifts.iter().map(|drift| test_case(drift, comparison)));
    (suite.tests > 0).then_some(suite)
}

/// A suite without tests is taken for one that did not run.
fn of_all(results: &Results, comparison: &Comparison) -> Option<TestCase> {
    let status = match drift::standing(&results.drift, comparison) {
        Standing::Drifted => return None,
        Standing::NothingDrifted => TestCaseStatus::success(),
        Standing::NothingCompared => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_type("nothing compared").set_message(drift::NOTHING_COMPARED);
            status
        }
    };
    let mut case = TestCase::new("compare", status);
    case.set_classname("drift");
    Some(case)
}

fn test_case(drift: &Drift, comparison: Option<&Comparison>) -> TestCase {
    let name = format!("{} {}", drift.rule_id(), drift.subject);
    let mut case = TestCase::new(clean(&name), status(drift, comparison));
    case.set_classname(clean(&drift.resource.id));
    set_line(&mut case, drift.location());
    case
}

fn status(drift: &Drift, comparison: Option<&Comparison>) -> TestCaseStatus {
    let message = clean(&format!("{}: {}", drift.class, drift::what(drift))).into_owned();
    match comparison.is_some_and(|comparison| comparison.fails(drift)) {
        true => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(drift.rule_id()).set_description(description(drift)).set_message(message);
            status
        }
        false => {
            let mut status = TestCaseStatus::skipped();
            let reason = drift.reason.as_ref().map(|reason| format!(": {}", clean(reason.as_str())));
            status.set_message(format!("{message}{}", reason.unwrap_or_default()));
            status
        }
    }
}

/// What a person reads when the test case is opened.
fn description(drift: &Drift) -> String {
    let resource = &drift.resource;
    let mut lines = vec![format!("resource: {}", clean(&resource.id))];
    lines.extend(resource.running_id.as_ref().map(|running| format!("runs as: {}", clean(running))));
    lines.push(format!("drift: {}: {}", drift.class, clean(&drift::what(drift))));
    lines.extend(drift::notes(drift).iter().map(|note| format!("note: {}", clean(note))));
    let effects = drift.effects.iter();
    lines.extend(
        effects.map(|effect| format!("effect: {}: {}", effect.severity, clean(&drift::effect_on_rule(drift, effect)))),
    );
    if let Some(region) = drift.location().region {
        lines.push(format!("place: {}:{}", clean(&drift.location().file), region.start_line));
    }
    lines.join("\n")
}
