//! `dbkeel collect`: writes inventory files.

mod aws;
mod import;

use clap::Subcommand;

pub(super) use aws::summary;

use super::shared::Context;
use super::{CliError, ExitStatus};

#[derive(Debug, Subcommand)]
pub(super) enum CollectCommand {
    /// Ask Amazon Web Services, account by account and region by region; nothing is ever changed there
    Aws(aws::AwsArgs),
    /// Write an inventory of replies that are on disk already: what the AWS CLI prints, or AWS Config records
    Import(import::ImportArgs),
}

pub(super) fn run(command: CollectCommand, context: &Context) -> Result<ExitStatus, CliError> {
    match command {
        CollectCommand::Aws(args) => aws::run(args, context),
        CollectCommand::Import(args) => import::run(&args, context),
    }
}
