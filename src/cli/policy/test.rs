//! `dbkeel policy test`: runs the Rego tests of the rules.

use std::fmt::Write as _;

use super::TestArgs;
use crate::cli::shared::{self, Context};
use crate::cli::{CliError, ExitStatus};
use crate::policy::{self, FileCoverage, TestOutcome, TestReport};

pub(super) fn run(args: &TestArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let files = shared::policy_files(&args.dirs.dirs)?;
    let report = policy::test(&files, args.filter.as_deref(), true)?;
    if report.results.is_empty() {
        let wanted = args.filter.as_deref().unwrap_or_default();
        return Err(CliError::Usage {
            message: format!("no test's name contains `{wanted}`"),
            help: "the full name of a test is that of its package and of itself".into(),
        });
    }
    context.print(text(&report, args).as_bytes())?;
    let covered = args.fail_under.is_none_or(|least| report.coverage_percent() >= least);
    Ok(if report.passed() && covered { ExitStatus::Clean } else { ExitStatus::Failed })
}

fn text(report: &TestReport, args: &TestArgs) -> String {
    let mut text = String::new();
    let (mut passed, mut failed) = (0, 0);
    for result in &report.results {
        let place = format!("{}:{}", result.path, result.line);
        // Writing to a String cannot fail.
        let _ = match &result.outcome {
            TestOutcome::Passed => {
                passed += 1;
                if args.verbose { writeln!(text, "ok    {}", result.name) } else { Ok(()) }
            }
            TestOutcome::Failed => {
                failed += 1;
                writeln!(text, "FAIL  {} ({place})", result.name)
            }
            TestOutcome::Error(why) => {
                failed += 1;
                writeln!(text, "ERROR {} ({place}): {why}", result.name)
            }
        };
    }
    if args.filter.is_none() {
        coverage(&mut text, report);
    }
    let _ = writeln!(text, "{passed} passed, {failed} failed");
    text
}

/// The share of lines that ran; after a filter it would say nothing.
fn coverage(text: &mut String, report: &TestReport) {
    for file in report.coverage.iter().filter(|file| !file.not_covered.is_empty()) {
        let FileCoverage { path, not_covered, .. } = file;
        let lines: Vec<String> = not_covered.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "not run: {path}: line {}", lines.join(", "));
    }
    let _ = writeln!(text, "{} % of the rules' lines were run", report.coverage_percent());
}
