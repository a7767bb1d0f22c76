//! `dbkeel report`: one question about a fleet, answered in tables: what `scan` judges, told by subject instead of by rule.

mod judged;
mod output;

use clap::{Args, Subcommand};

use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::report::named::model::NamedReport;
use crate::report::named::{patch, subject::Subject};
use judged::{Judged, JudgedArgs};

const AFTER: &str = "\
Exit status:
  0  the report is whole
  2  could not run: usage, bad input, bad policy or baseline
  3  not proven: nothing was read that the report is about, or part of the scope could not be
     read (unless --allow-partial)";

#[derive(Debug, Subcommand)]
#[command(after_help = AFTER)]
pub(super) enum ReportCommand {
    /// How far each database is behind its newest minor version, what maintenance waits, and how long versions are supported
    #[command(after_help = AFTER)]
    Patch(PlainArgs),
}

/// A report that asks for nothing of its own.
#[derive(Args, Debug)]
pub(super) struct PlainArgs {
    #[command(flatten)]
    judged: JudgedArgs,
}

pub(super) fn run(command: &ReportCommand, context: &Context) -> Result<ExitStatus, CliError> {
    match command {
        ReportCommand::Patch(args) => of_subject("patch", &args.judged, context, patch::report),
    }
}

/// A report on what was judged.
fn of_subject(
    name: &'static str,
    args: &JudgedArgs,
    context: &Context,
    make: impl FnOnce(&Subject<'_>) -> NamedReport,
) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.jobs)?;
    let outputs = args.output.outputs(name, context)?;
    let Judged { results, baseline, resources } = judged::judged(args, &[], context)?;
    let report = make(&Subject::new(&results, &baseline, resources));
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
