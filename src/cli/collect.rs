//! `dbkeel collect`: writes inventory files.

mod import;

use clap::Subcommand;

use super::shared::Context;
use super::{CliError, ExitStatus};

#[derive(Debug, Subcommand)]
pub(super) enum CollectCommand {
    /// Write an inventory of replies that are on disk already: what the AWS CLI prints, or AWS Config records
    Import(import::ImportArgs),
}

pub(super) fn run(command: CollectCommand, context: &Context) -> Result<ExitStatus, CliError> {
    match command {
        CollectCommand::Import(args) => import::run(&args, context),
    }
}
