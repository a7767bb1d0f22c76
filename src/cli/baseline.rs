//! `dbkeel baseline`: shows baselines.

use clap::{Args, Subcommand};

use super::policy::PolicyDirs;
use super::shared::Context;
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
