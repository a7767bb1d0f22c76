//! `dbkeel diff`: what changed from one run of a history to another.

use clap::{Args, ValueEnum};

use super::history::FileArgs;
use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::report::run_diff;

#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    /// The run to compare with: its number, `latest`, or `previous`
    #[arg(value_name = "FROM", default_value = "previous")]
    from: String,
    /// The run to compare
    #[arg(value_name = "TO", default_value = "latest")]
    to: String,
    #[command(flatten)]
    file: FileArgs,
    /// How to show it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: DiffFormat,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum DiffFormat {
    /// For people
    #[default]
    Table,
    /// For a chat or a ticket
    Markdown,
    /// For programs
    Json,
}

pub(super) fn run(args: &DiffArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let history = args.file.open()?;
    let of = |name: &str| history.run(name).map_err(Diagnostic::from);
    let diff = history.diff(&of(&args.from)?, &of(&args.to)?).map_err(Diagnostic::from)?;
    let text = match args.format {
        DiffFormat::Table => run_diff::table(&diff),
        DiffFormat::Markdown => run_diff::markdown(&diff),
        DiffFormat::Json => shared::json(&run_diff::document(&diff)),
    };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}
