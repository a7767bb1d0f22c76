//! `dbkeel report scorecard`: the key figures of a fleet, from its history.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::output::OutputArgs;
use super::{read_reviews, status};
use crate::cli::history::FileArgs;
use crate::cli::shared::Context;
use crate::cli::{CliError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::history::kpi::drills::{self, Drills};
use crate::history::kpi::{Attested, ScorecardOptions};
use crate::report::named::scorecard;

#[derive(Args, Debug)]
pub(in crate::cli) struct ScorecardArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Over how many days before the last run what was fixed and reconciled is counted
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=36500))]
    period: u32,
    /// A file with records of restore drills: who restored what, to which moment, how long it took, how it was checked
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    drills: Option<PathBuf>,
    /// A file with records of access reviews: who looked, when, at which databases
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    reviews: Option<PathBuf>,
    /// Add a table with every figure of every tier, account, owner and engine
    #[arg(long)]
    all_groups: bool,
    #[command(flatten)]
    output: OutputArgs,
    /// End well although part of the scope could not be read
    #[arg(long)]
    allow_partial: bool,
}

pub(super) fn run(args: &ScorecardArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let outputs = args.output.outputs("scorecard", context)?;
    let attested = Attested {
        drills: args.drills.as_deref().map(read_drills).transpose()?,
        reviews: args.reviews.as_deref().map(read_reviews).transpose()?,
    };
    let options = ScorecardOptions { period_days: args.period, attested };
    let card = args.file.open()?.scorecard(&options).map_err(Diagnostic::from)?;
    let report = scorecard::report(&card, args.all_groups);
    outputs.write(&report, context)?;
    Ok(status(&report, args.allow_partial))
}

fn read_drills(file: &Path) -> Result<Drills, CliError> {
    let name = file.display().to_string().replace('\\', "/");
    let text = std::fs::read(file).map_err(|error| error.to_string());
    let text = text.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
    let text = text.map_err(|why| {
        Diagnostic::new(format!("file of drills `{name}` cannot be read: {why}"))
            .help("give `--drills` a YAML file that you may read, with a list under `drills`")
    })?;
    Ok(drills::parse(&name, &text)?)
}
