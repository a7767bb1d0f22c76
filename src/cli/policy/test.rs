//! `dbkeel policy test`: runs the Rego tests of the rules.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{TestArgs, junit};
use crate::cli::shared::{self, Context};
use crate::cli::{CliError, ExitStatus};
use crate::file::write_whole;
use crate::policy::{self, FileCoverage, TestOutcome, TestReport, TestResult};
use crate::report::text::ranges;

/// A report besides the lines for people, or in their place when it goes to stdout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Output {
    format: Format,
    /// `None` is stdout.
    file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Junit,
    Json,
}

impl Output {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (format, file) = text.split_once('=').map_or((text, ""), |(format, file)| (format, file));
        let format = match format {
            "junit" => Format::Junit,
            "json" => Format::Json,
            _ => {
                return Err(format!(
                    "`{format}` is not a format; expected `junit` or `json`, or one of them with `=FILE`"
                ));
            }
        };
        let file = Some(file).filter(|file| !matches!(*file, "" | "-")).map(PathBuf::from);
        Ok(Self { format, file })
    }

    fn text(&self, report: &TestReport) -> io::Result<String> {
        match self.format {
            Format::Junit => junit::of(report),
            Format::Json => Ok(shared::json(&Document::of(report))),
        }
    }
}

pub(super) fn run(args: &TestArgs, context: &Context) -> Result<ExitStatus, CliError> {
    shared::refuse_clashes(args.outputs.iter().map(|output| output.file.as_deref()))?;
    let files = shared::policy_files(&args.dirs.dirs)?;
    let report = policy::test(&files, args.filter.as_deref(), true)?;
    if report.results.is_empty() {
        let wanted = args.filter.as_deref().unwrap_or_default();
        return Err(CliError::Usage {
            message: format!("no test's name contains `{wanted}`"),
            help: "the full name of a test is that of its package and of itself".into(),
        });
    }
    let mut for_people = true;
    for output in &args.outputs {
        let failed = |place: String| move |error| CliError::Output { place, error };
        match &output.file {
            Some(file) => {
                let place = format!("`{}`", file.display());
                write(file, &output.text(&report).map_err(failed(place.clone()))?).map_err(failed(place))?;
                context.note(&format!("wrote {}", file.display()));
            }
            None => {
                for_people = false;
                context.print(output.text(&report).map_err(failed("stdout".to_owned()))?.as_bytes())?;
            }
        }
    }
    if for_people {
        context.print(text(&report, args).as_bytes())?;
    }
    let covered = args.fail_under.is_none_or(|least| report.coverage_percent() >= least);
    Ok(if report.passed() && covered { ExitStatus::Clean } else { ExitStatus::Failed })
}

fn write(file: &Path, text: &str) -> io::Result<()> {
    write_whole(file, |out| out.write_all(text.as_bytes()))
}

fn text(report: &TestReport, args: &TestArgs) -> String {
    let mut text = String::new();
    for result in &report.results {
        let place = format!("{}:{}", result.path, result.line);
        // Writing to a String cannot fail.
        let _ = match &result.outcome {
            TestOutcome::Passed if args.verbose => writeln!(text, "ok    {}", result.name),
            TestOutcome::Passed => Ok(()),
            TestOutcome::Failed => writeln!(text, "FAIL  {} ({place})", result.name),
            TestOutcome::Error(why) => writeln!(text, "ERROR {} ({place}): {why}", result.name),
        };
    }
    coverage(&mut text, report, args);
    let failed = report.failed();
    let _ = writeln!(text, "{} passed, {failed} failed", report.results.len() - failed);
    text
}

/// Per file, how many of its lines ran, and which did not. After a filter, only of the files that its tests are about: what
/// others need of a library says nothing of that.
fn coverage(text: &mut String, report: &TestReport, args: &TestArgs) {
    let is_tested = |file: &&FileCoverage| {
        let test = file.path.replace(".rego", "_test.rego");
        args.filter.is_none() || report.results.iter().any(|result| *result.path == *test)
    };
    for file in report.coverage.iter().filter(is_tested) {
        let FileCoverage { path, covered, not_covered } = file;
        let missing = || ranges(not_covered);
        let _ = match (args.verbose, not_covered.is_empty()) {
            (true, true) => writeln!(text, "cover {path}: {covered} of {} lines", file.lines()),
            (true, false) => {
                writeln!(text, "cover {path}: {covered} of {} lines; not run: {}", file.lines(), missing())
            }
            (false, true) => Ok(()),
            (false, false) => writeln!(text, "not run: {path}: line {}", missing()),
        };
    }
    if args.filter.is_some() {
        return;
    }
    let percent = report.coverage_percent();
    let _ = match args.fail_under {
        Some(least) if percent < least => {
            writeln!(text, "{percent} % of the rules' lines were run, which is less than {least} %")
        }
        _ => writeln!(text, "{percent} % of the rules' lines were run"),
    };
}

/// The report for programs.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    passed: usize,
    failed: usize,
    coverage_percent: u8,
    tests: Vec<Row<'a>>,
    files: &'a [FileCoverage],
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    path: &'a str,
    line: u32,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

impl<'a> Document<'a> {
    fn of(report: &'a TestReport) -> Self {
        let failed = report.failed();
        Self {
            schema: "dbkeel.policy-tests/v1",
            passed: report.results.len() - failed,
            failed,
            coverage_percent: report.coverage_percent(),
            tests: report.results.iter().map(Row::of).collect(),
            files: &report.coverage,
        }
    }
}

impl<'a> Row<'a> {
    fn of(result: &'a TestResult) -> Self {
        let (outcome, error) = match &result.outcome {
            TestOutcome::Passed => ("passed", None),
            TestOutcome::Failed => ("failed", None),
            TestOutcome::Error(why) => ("error", Some(why.as_str())),
        };
        Self { name: &result.name, path: &result.path, line: result.line, outcome, error }
    }
}
