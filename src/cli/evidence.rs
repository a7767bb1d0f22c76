//! `dbkeel evidence`: packs what an auditor needs into a folder, and verifies such folders.

mod gather;
mod pack;
mod verify;

use clap::Subcommand;

use super::shared::Context;
use super::{CliError, ExitStatus};

#[derive(Debug, Subcommand)]
pub(super) enum EvidenceCommand {
    /// Judge as `scan` does, and write a folder with everything that the verdicts were made of
    Pack(Box<pack::PackArgs>),
    /// Check folders that `pack` wrote: digests, files, the chain, the signature; and judge each again from itself alone
    Verify(verify::VerifyArgs),
}

pub(super) fn run(command: EvidenceCommand, context: &Context) -> Result<ExitStatus, CliError> {
    match command {
        EvidenceCommand::Pack(args) => pack::run(&args, context),
        EvidenceCommand::Verify(args) => verify::run(&args, context),
    }
}
