//! `dbkeel completions`: a completion script for a shell.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::shared::Context;
use super::{Cli, CliError, ExitStatus};

#[derive(Args, Debug)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: CompletionsArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "dbkeel", &mut script);
    context.print(&script)?;
    Ok(ExitStatus::Clean)
}
