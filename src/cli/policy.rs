//! `dbkeel policy`: list, show, test and check rules.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::shared::Context;
use super::{CliError, ExitStatus};

#[derive(Debug, Subcommand)]
pub(super) enum PolicyCommand {
    /// List the rules
    List(ListArgs),
    /// Show one rule: what it asks, of which facts, and how to mend
    Show(ShowArgs),
    /// Run the Rego tests
    Test(TestArgs),
    /// Check the rules: metadata, facts, parameters, forbidden functions, missing tests
    Check(PolicyDirs),
}

/// Which rules.
#[derive(Args, Debug)]
pub(super) struct PolicyDirs {
    /// A folder with rules of your own, beside those in the binary (repeatable)
    #[arg(long = "policy", value_name = "DIR")]
    pub(super) dirs: Vec<PathBuf>,
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
    /// The id, an earlier id, or the name of the rule
    rule: String,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct TestArgs {
    /// Run only the tests whose full name contains this text
    filter: Option<String>,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// Fail when less than this share of the rules' lines was run, in percent
    #[arg(long, value_name = "PERCENT")]
    fail_under: Option<u8>,
}
