//! `dbkeel report drift`: what `dbkeel drift` compares, as a named report.

use clap::Args;

use super::output::OutputArgs;
use super::status;
use crate::cli::comparing::GateArgs;
use crate::cli::drift::{CompareArgs, compared};
use crate::cli::shared::{self, Context};
use crate::cli::{CliError, ExitStatus};
use crate::report::named::drift;

pub(super) const USAGE: &str = "\
dbkeel report drift --declared PATH… --running PATH… [OPTIONS]
       dbkeel report drift --from FILE --to FILE [OPTIONS]
       dbkeel report drift --compare FILE FILE --by tag:KEY [OPTIONS]";

#[derive(Args, Debug)]
pub(in crate::cli) struct DriftReportArgs {
    #[command(flatten)]
    compare: CompareArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    gate: GateArgs,
}

pub(super) fn run(args: &DriftReportArgs, context: &Context) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.compare.jobs())?;
    let outputs = args.output.outputs("drift", context)?;
    let results = compared(&args.compare, &args.gate, context)?;
    let report = drift::report(&results);
    outputs.write(&report, context)?;
    Ok(status(&report, args.compare.allow_partial()))
}
