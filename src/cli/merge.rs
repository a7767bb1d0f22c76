//! `dbkeel merge`: joins the inventory files of the shards of one collection.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::collection;
use super::drift::paths;
use super::shared::Context;
use super::{CliError, ExitStatus, collect};
use crate::diagnostic::Diagnostic;
use crate::report::text::count;
use crate::source::inventory_file::Shards;

#[derive(Args, Debug)]
pub(super) struct MergeArgs {
    /// The inventory files that `dbkeel collect aws --shard I/N` wrote, in any order; globs in quotes are expanded
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<String>,
    /// The inventory file to write; it is compressed when its name ends in `.zst`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: PathBuf,
    /// Exit with 0 although shards are missing, or could not read part of their scope
    #[arg(long)]
    allow_partial: bool,
}

pub(super) fn run(args: &MergeArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let files = paths::expand(&args.files)?;
    if files.iter().any(|file| file == "-") {
        let message =
            "standard input cannot be merged: which shards are of one night is seen before any is read".into();
        return Err(CliError::Usage { message, help: "name the files of the shards, or a glob in quotes".into() });
    }
    not_over_an_input(&files, &args.output)?;
    let shards = Shards::read(&files, &args.output).map_err(Diagnostic::from)?;
    let absent = shards.absent();
    let missing = absent.iter().flat_map(|absent| collection::share_of(&shards.header().request, absent)).collect();
    let of = shards.of() as usize;
    let sealed = shards.seal(&args.output, missing).map_err(Diagnostic::from)?;
    let there = of.saturating_sub(absent.len());
    let joined = format!("{there} of {}", count(of, "shard"));
    context.note(&format!("wrote {}: {joined}, {}", args.output.display(), collect::summary(&sealed)));
    absent.iter().for_each(|absent| context.note(&absent.why));
    let is_whole = absent.is_empty() && sealed.gaps == 0 && sealed.scopes > 0;
    Ok(if is_whole || args.allow_partial { ExitStatus::Clean } else { ExitStatus::NotProven })
}

/// A shard that is written over cannot be merged again when the missing one is there.
fn not_over_an_input(files: &[String], output: &Path) -> Result<(), CliError> {
    let Ok(output) = std::fs::canonicalize(output) else { return Ok(()) };
    let is_output = |file: &&String| std::fs::canonicalize(Path::new(file)).is_ok_and(|file| file == output);
    match files.iter().find(is_output) {
        None => Ok(()),
        Some(file) => {
            let title = format!("`{file}` is a shard, and would be written over by what it is merged into");
            Err(Diagnostic::new(title).help("give `--output` another name; is it in the pattern of the files?").into())
        }
    }
}
