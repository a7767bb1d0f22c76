//! `dbkeel baseline`: shows, checks and compares baselines.

mod diff;

use std::fmt::Write as _;

use clap::{Args, Subcommand, ValueHint};
use serde::Serialize;

use super::policy::PolicyDirs;
use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::baseline::{Baseline, EMBEDDED};
use crate::diagnostic::Diagnostic;
use crate::policy::Policies;
use crate::report::text::count;

#[derive(Debug, Subcommand)]
pub(super) enum BaselineCommand {
    /// List the baselines in the binary
    List(ListArgs),
    /// Show a baseline: its tiers, how they are chosen, the parameters and severities that its rules get and who set them,
    /// and what will change
    Show(ShowArgs),
    /// Check baseline files: everything that is wrong, with its line, and what is odd
    Lint(LintArgs),
    /// Say what a change of a baseline does before it is merged: which databases would newly fail, by tier and owner
    Diff(diff::DiffArgs),
}

#[derive(Args, Debug)]
pub(super) struct ListArgs {
    #[command(flatten)]
    dirs: PolicyDirs,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ShowArgs {
    /// The name of an embedded baseline, or a YAML file
    #[arg(default_value = "standard", value_name = "NAME|FILE")]
    baseline: String,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// The day as of which it is shown: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct LintArgs {
    /// Baselines: YAML files, or names of embedded ones
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<String>,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// The day as of which changes are upcoming: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
}

pub(super) fn run(command: BaselineCommand, context: &Context) -> Result<ExitStatus, CliError> {
    match command {
        BaselineCommand::List(args) => list(&args, context),
        BaselineCommand::Show(args) => show(&args, context),
        BaselineCommand::Lint(args) => lint(&args, context),
        BaselineCommand::Diff(args) => diff::run(&args, context),
    }
}

/// One baseline of the list.
#[derive(Serialize)]
struct Row {
    name: String,
    rules: usize,
    tiers: Vec<String>,
    extends: Option<String>,
    description: String,
}

fn list(args: &ListArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let now = shared::rfc3339(context.now);
    let row = |(name, _): &(&str, &str)| Ok(row(&shared::baseline(name, &policies)?, &now));
    let rows = EMBEDDED.iter().map(row).collect::<Result<Vec<Row>, CliError>>()?;
    let text = if args.json { shared::json(&rows) } else { rows.iter().map(line).collect() };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn row(baseline: &Baseline, now: &str) -> Row {
    let parent = baseline.files().get(1).and_then(|file| file.rsplit('/').next()).map(|file| file.replace(".yaml", ""));
    Row {
        name: baseline.name().to_owned(),
        rules: baseline.rules(now),
        tiers: baseline.tiers().iter().map(|tier| tier.name.to_string()).collect(),
        extends: parent,
        description: baseline.description().to_owned(),
    }
}

fn line(row: &Row) -> String {
    let extends = row.extends.as_ref().map(|parent| format!(", extends {parent}")).unwrap_or_default();
    let (rules, tiers) = (count(row.rules, "rule"), row.tiers.join(", "));
    format!("{}  {rules}; {tiers}{extends}\n  {}\n", row.name, row.description)
}

fn show(args: &ShowArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let baseline = shared::baseline(&args.baseline, &policies)?;
    let as_of = shared::rfc3339(args.as_of.unwrap_or(context.now));
    let description = baseline.describe(&as_of);
    let text = if args.json { shared::json(&description) } else { description.to_string() };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

/// Errors end the command as they end a scan; what is odd is told and does no harm.
fn lint(args: &LintArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let as_of = shared::rfc3339(args.as_of.unwrap_or(context.now));
    let mut errors: Vec<Diagnostic> = Vec::new();
    let mut text = String::new();
    for file in &args.files {
        match checked(file, &policies, &as_of, context) {
            // Writing to a String cannot fail.
            Ok(line) => drop(writeln!(text, "{line}")),
            Err(CliError::Diagnostics(found)) => errors.extend(found),
            Err(other) => return Err(other),
        }
    }
    if !errors.is_empty() {
        return Err(errors.into());
    }
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn checked(file: &str, policies: &Policies, as_of: &str, context: &Context) -> Result<String, CliError> {
    let baseline = shared::baseline(file, policies)?;
    let remarks = baseline.remarks(as_of);
    let shown: String = remarks.iter().map(|remark| format!("{}\n", remark.render_note(context.color))).collect();
    let found = match remarks.len() {
        0 => "nothing found".to_owned(),
        found => count(found, "note"),
    };
    let (tiers, rules) = (count(baseline.tiers().len(), "tier"), count(baseline.rules(as_of), "rule"));
    Ok(format!("{shown}{file}: {tiers}, {rules}, {found}"))
}
