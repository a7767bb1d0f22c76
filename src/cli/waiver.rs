//! `dbkeel waiver`: checks, lists and writes waivers.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use jiff::civil::Date;

use super::policy::PolicyDirs;
use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::waiver::{NewWaiver, Status};

#[derive(Debug, Subcommand)]
pub(super) enum WaiverCommand {
    /// Check a waiver file; fails when one of its waivers is over, not applied (yet), or cut short by the baseline
    Lint(FileArgs),
    /// List the waivers of a file, and where they stand
    List(ListArgs),
    /// Print the entry of a waiver, to be reviewed and added under `waivers:` in the waiver file
    New(NewArgs),
}

#[derive(Args, Debug)]
pub(super) struct FileArgs {
    /// The waiver file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// The baseline whose tiers and limits hold: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE", default_value = "standard")]
    baseline: String,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// The day to look from: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
}

#[derive(Args, Debug)]
pub(super) struct ListArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct NewArgs {
    /// The rule: its id or name
    #[arg(long, value_name = "RULE")]
    rule: String,
    /// The resource: its address or ARN; `*` and `?` stand for others
    #[arg(long, value_name = "ADDRESS", required_unless_present = "source_comment")]
    resource: Option<String>,
    /// Let a comment in the source say which line it is for, instead of `--resource`
    #[arg(long, conflicts_with = "resource")]
    source_comment: bool,
    /// Why the failure is accepted
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The last day on which it holds, to its end in UTC
    #[arg(long, value_name = "DATE")]
    expires: Date,
    /// Its id (default: made of the rule and the resource)
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Who owns the risk
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Who accepted it
    #[arg(long, value_name = "NAME")]
    approver: Option<String>,
    /// Where that was decided
    #[arg(long, value_name = "REFERENCE")]
    ticket: Option<String>,
    #[command(flatten)]
    dirs: PolicyDirs,
}

pub(super) fn run(command: WaiverCommand, context: &Context) -> Result<ExitStatus, CliError> {
    match command {
        WaiverCommand::Lint(args) => lint(&args, context),
        WaiverCommand::List(args) => list(&args, context),
        WaiverCommand::New(args) => new(args, context),
    }
}

fn statuses(args: &FileArgs, context: &Context) -> Result<Vec<Status>, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let baseline = shared::baseline(&args.baseline, &policies)?;
    let as_of = shared::rfc3339(args.as_of.unwrap_or(context.now));
    let waivers = shared::waivers(&args.file, &policies, baseline.on(&as_of).tiers())?;
    Ok(waivers.statuses(baseline.waiver_limits(), &as_of))
}

fn lint(args: &FileArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let statuses = statuses(args, context)?;
    let file = args.file.display().to_string().replace('\\', "/");
    let mut text = String::new();
    for status in &statuses {
        for remark in status.remarks() {
            text.push_str(&format!("{file}:{}: waiver `{}` {remark}\n", status.line(), status.id()));
        }
    }
    let sound = statuses.iter().filter(|status| status.holds()).count();
    text.push_str(&format!("{} checked, {sound} in force\n", crate::report::text::count(statuses.len(), "waiver")));
    context.print(text.as_bytes())?;
    let is_fine = statuses.iter().all(Status::is_fine);
    Ok(if is_fine { ExitStatus::Clean } else { ExitStatus::Failed })
}

fn list(args: &ListArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let statuses = statuses(&args.file, context)?;
    let text = if args.json { shared::json(&statuses) } else { crate::waiver::table(&statuses) };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn new(args: NewArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let policy = shared::policy(&policies, &args.rule)?;
    let waiver = NewWaiver {
        id: args.id,
        rule: policy.rule.clone(),
        resource: args.resource,
        reason: args.reason,
        owner: args.owner,
        approver: args.approver,
        ticket: args.ticket,
        created: context.now.to_zoned(jiff::tz::TimeZone::UTC).date(),
        expires: args.expires,
    };
    let text = waiver.to_yaml();
    // What is printed must be taken back: a wrong id or a date in the past is told now, not when the file is read.
    let file = format!("waivers:\n{text}");
    crate::waiver::parse("the new waiver", &file, std::slice::from_ref(&policy.rule), &[])?;
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}
