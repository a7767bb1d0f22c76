//! `dbkeel baseline diff`: what a change of a baseline does to databases, before the change is merged.

use std::sync::Arc;

use clap::{Args, ValueEnum, ValueHint};

use crate::baseline::diff::diff;
use crate::cli::policy::PolicyDirs;
use crate::cli::scan::{self, input, variables};
use crate::cli::shared::{self, Context};
use crate::cli::{CliError, ExitStatus};
use crate::evaluate::{Options, evaluate};
use crate::model::{Results, Severity};
use crate::report::baseline_diff;

#[derive(Args, Debug)]
pub(in crate::cli) struct DiffArgs {
    /// The baseline as it is: a YAML file, or the name of an embedded one
    #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
    old: String,
    /// The baseline as it would be
    #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
    new: String,
    /// What it is tried on: whatever `dbkeel scan` takes, such as the inventory of last night (repeatable)
    #[arg(long, required = true, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    on: Vec<String>,
    /// Exit with 1 when something newly fails that is at least this severe, or becomes so: info, low, medium, high, critical
    #[arg(long, value_name = "SEVERITY", default_value = "high")]
    fail_on: Severity,
    /// The instant that rules take for now, and that decides what is upcoming: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
    /// The tag that names the owner of a database
    #[arg(long, value_name = "KEY", default_value = "owner")]
    owner_tag: String,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: DiffFormat,
    /// Do not exit with 3 because part of the scope could not be read
    #[arg(long)]
    allow_partial: bool,
    #[command(flatten)]
    dirs: PolicyDirs,
    #[command(flatten)]
    variables: variables::VariableArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DiffFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// For the pull request that changes the baseline
    Markdown,
}

pub(super) fn run(args: &DiffArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let old = shared::baseline(&args.old, &policies)?;
    let new = shared::baseline(&args.new, &policies)?;
    let given = variables::given(&args.variables, context)?;
    let as_of: Arc<str> = shared::rfc3339(args.as_of.unwrap_or(context.now)).into();
    let input = input::read_all(&args.on, &given, &as_of)?;
    scan::tell(&input.diagnostics, context);
    let options = Options { as_of, fail_on: args.fail_on };
    let before = evaluate(input.inventory.clone(), &policies, &old, &options);
    let after = evaluate(input.inventory, &policies, &new, &options);
    let diff = diff(&before, &after, &args.owner_tag);
    let text = match args.format {
        DiffFormat::Table => baseline_diff::table(&diff),
        DiffFormat::Json => baseline_diff::json(&diff),
        DiffFormat::Markdown => baseline_diff::markdown(&diff),
    };
    context.print(text.as_bytes())?;
    Ok(match is_proven(&before, args.allow_partial) && is_proven(&after, args.allow_partial) {
        false => ExitStatus::NotProven,
        true if diff.fails(args.fail_on) => ExitStatus::Failed,
        true => ExitStatus::Clean,
    })
}

/// Whether the verdicts say what would happen: something was judged, no rule went wrong, everything was read.
fn is_proven(results: &Results, allow_partial: bool) -> bool {
    let counts = results.counts();
    let is_judged = counts.decided() + counts.unknown > 0;
    is_judged && counts.error == 0 && (allow_partial || results.gaps.is_empty())
}
