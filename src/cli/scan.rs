//! `dbkeel scan`: judges Terraform plans and states.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::shared::Context;
use super::{CliError, ExitStatus};
use crate::model::Severity;

#[derive(Args, Debug)]
pub(super) struct ScanArgs {
    /// Plans and states: `terraform show -json` of either, or a raw state file; `-` reads standard input.
    /// The kind is detected from the content
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::FilePath)]
    paths: Vec<String>,
    /// The baseline: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE", default_value = "standard")]
    baseline: String,
    /// A folder with rules of your own, beside those in the binary (repeatable)
    #[arg(long = "policy", value_name = "DIR", value_hint = ValueHint::DirPath)]
    policy: Vec<PathBuf>,
    /// Fail when a finding is at least this severe
    #[arg(long, value_name = "SEVERITY", default_value = "high")]
    fail_on: Severity,
    /// Write a report, to stdout or to FILE (repeatable)
    #[arg(long, short, value_name = "FORMAT[=FILE]")]
    output: Vec<String>,
    /// The instant that rules take for now, RFC 3339 or a date (default: the clock)
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// How many threads judge (default: one a core)
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
    /// Let the gate pass although part of the scope could not be read
    #[arg(long)]
    allow_partial: bool,
}
