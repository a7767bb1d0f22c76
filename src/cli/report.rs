//! `dbkeel report`: one question about a fleet, answered in tables: what `scan` judges, told by subject instead of by rule.

mod drift;
mod judged;
mod output;
mod scorecard;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueHint};

use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::framework;
use crate::nearest::nearest;
use crate::report::named::access::review::{self, Reviews};
use crate::report::named::model::NamedReport;
use crate::report::named::subject::Subject;
use crate::report::named::{access, backup, calendar, compliance, exceptions, patch};
use judged::{Judged, JudgedArgs};

const AFTER: &str = "\
Exit status:
  0  the report is whole
  2  could not run: usage, bad input, bad policy or baseline
  3  not proven: nothing was read that the report is about, or part of the scope could not be
     read (unless --allow-partial)";

#[derive(Debug, Subcommand)]
pub(super) enum ReportCommand {
    /// How far each database is behind its newest minor version, what maintenance waits, how long versions are supported
    #[command(after_help = AFTER)]
    Patch(PlainArgs),
    /// To which moment each database can be brought back, from which copies, who may restore those, when that was tried
    #[command(after_help = AFTER)]
    Backup(PlainArgs),
    /// Who can reach, authenticate, administer and share each database, and when somebody last looked; to be signed
    #[command(after_help = AFTER)]
    Access(AccessArgs),
    /// What runs otherwise than it was declared, or than it was, and which rules it fails by that
    #[command(after_help = AFTER, override_usage = drift::USAGE)]
    Drift(drift::DriftReportArgs),
    /// Failures that somebody accepted: by whom, until when, and which waivers are expired, unused or too broad
    #[command(after_help = AFTER)]
    Exceptions(PlainArgs),
    /// What comes due: ends of support, certificates, waivers, forced maintenance, rotations of secrets
    #[command(after_help = AFTER)]
    Calendar(CalendarArgs),
    /// Where each control of a framework stands, and the verdicts behind that
    #[command(after_help = AFTER)]
    Compliance(ComplianceArgs),
    /// The key figures of a fleet from its history: against what the baseline aims at, by tier, account, owner, engine
    #[command(after_help = AFTER)]
    Scorecard(scorecard::ScorecardArgs),
}

/// A report that asks for nothing of its own.
#[derive(Args, Debug)]
pub(super) struct PlainArgs {
    #[command(flatten)]
    judged: JudgedArgs,
}

#[derive(Args, Debug)]
pub(super) struct AccessArgs {
    /// A file with records of access reviews: who looked, when, at which databases; without it, no review is on record
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    reviews: Option<PathBuf>,
    #[command(flatten)]
    judged: JudgedArgs,
}

#[derive(Args, Debug)]
pub(super) struct CalendarArgs {
    /// How far to look ahead; what is overdue is always shown
    #[arg(long, value_name = "N", default_value_t = 180, value_parser = clap::value_parser!(u32).range(1..=36500))]
    days: u32,
    #[command(flatten)]
    judged: JudgedArgs,
}

#[derive(Args, Debug)]
pub(super) struct ComplianceArgs {
    /// The framework: an id that `dbkeel framework list` shows, or a YAML file
    #[arg(value_name = "FRAMEWORK")]
    framework: String,
    #[command(flatten)]
    judged: JudgedArgs,
}

pub(super) fn run(command: &ReportCommand, context: &Context) -> Result<ExitStatus, CliError> {
    match command {
        ReportCommand::Patch(args) => of_subject("patch", &args.judged, context, patch::report),
        ReportCommand::Backup(args) => of_subject("backup", &args.judged, context, backup::report),
        ReportCommand::Access(args) => access_report(args, context),
        ReportCommand::Drift(args) => drift::run(args, context),
        ReportCommand::Exceptions(args) => exceptions_report(&args.judged, context),
        ReportCommand::Calendar(args) => {
            of_subject("calendar", &args.judged, context, |subject| calendar::report(subject, args.days))
        }
        ReportCommand::Compliance(args) => compliance_report(args, context),
        ReportCommand::Scorecard(args) => scorecard::run(args, context),
    }
}

/// A report on what was judged.
fn of_subject(
    name: &'static str,
    args: &JudgedArgs,
    context: &Context,
    make: impl FnOnce(&Subject<'_>) -> NamedReport,
) -> Result<ExitStatus, CliError> {
    of_frameworks(name, args, &[], context, make)
}

/// The same, with where the controls of these frameworks stand.
fn of_frameworks(
    name: &'static str,
    args: &JudgedArgs,
    frameworks: &[String],
    context: &Context,
    make: impl FnOnce(&Subject<'_>) -> NamedReport,
) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.jobs)?;
    let outputs = args.output.outputs(name, context)?;
    let Judged { results, baseline, resources, scopes } = judged::judged(args, frameworks, context)?;
    let report = make(&Subject::new(&results, &baseline, resources, &scopes));
    outputs.write(&report, context)?;
    Ok(status(&report, args.allow_partial))
}

/// How the run ended. A report fails no gate; what it did not see, it does not prove.
fn status(report: &NamedReport, allow_partial: bool) -> ExitStatus {
    match report.subjects == 0 || (!report.gaps.is_empty() && !allow_partial) {
        true => ExitStatus::NotProven,
        false => ExitStatus::Clean,
    }
}

fn access_report(args: &AccessArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let reviews = args.reviews.as_deref().map(read_reviews).transpose()?;
    of_subject("access", &args.judged, context, |subject| access::report(subject, reviews.as_ref()))
}

fn read_reviews(file: &Path) -> Result<Reviews, CliError> {
    let name = file.display().to_string().replace('\\', "/");
    let text = std::fs::read(file).map_err(|error| error.to_string());
    let text = text.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
    let text = text.map_err(|why| {
        Diagnostic::new(format!("file of reviews `{name}` cannot be read: {why}"))
            .help("give `--reviews` a YAML file that you may read, with a list under `reviews`")
    })?;
    Ok(review::parse(&name, &text)?)
}

/// Without a waiver file there is nothing to report on, and an empty report would look like a fleet without exceptions.
fn exceptions_report(args: &JudgedArgs, context: &Context) -> Result<ExitStatus, CliError> {
    if !args.has_waivers() {
        return Err(CliError::Usage {
            message: "the exceptions report needs the file with the waivers".into(),
            help: "give `--waivers FILE`; of a fleet without any, one with `waivers: []`".into(),
        });
    }
    of_subject("exceptions", args, context, exceptions::report)
}

fn compliance_report(args: &ComplianceArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let name = &args.framework;
    let ids = || framework::EMBEDDED.iter().map(|(id, _)| *id);
    if !ids().any(|id| id == name) && !Path::new(name).is_file() {
        let begins = || ids().find(|id| !name.is_empty() && id.starts_with(name.as_str()));
        let near =
            nearest(name, ids()).or_else(begins).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        return Err(CliError::Usage {
            message: format!("no framework is called `{name}`, and no file is"),
            help: format!("{near}`dbkeel framework list` lists the frameworks; the paths come after the framework"),
        });
    }
    of_frameworks("compliance", &args.judged, std::slice::from_ref(name), context, |subject| {
        let frameworks = &subject.results().frameworks;
        frameworks.first().map_or_else(|| compliance::none(subject), |framework| compliance::report(subject, framework))
    })
}
