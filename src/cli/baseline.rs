//! `dbkeel baseline`: shows baselines.

use clap::{Args, Subcommand};

use super::policy::PolicyDirs;
use super::shared::{self, Context};
use super::{CliError, ExitStatus};

#[derive(Debug, Subcommand)]
pub(super) enum BaselineCommand {
    /// Show a baseline: its tiers, how they are chosen, and the parameters that its rules get
    Show(ShowArgs),
}

#[derive(Args, Debug)]
pub(super) struct ShowArgs {
    /// The name of an embedded baseline, or a YAML file
    #[arg(default_value = "standard", value_name = "NAME|FILE")]
    baseline: String,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: BaselineCommand, context: &Context) -> Result<ExitStatus, CliError> {
    let BaselineCommand::Show(args) = command;
    let policies = shared::policies(&args.dirs.dirs)?;
    let baseline = shared::baseline(&args.baseline, &policies)?;
    let description = baseline.describe(&shared::rfc3339(context.now));
    let text = if args.json { shared::json(&description) } else { description.to_string() };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}
