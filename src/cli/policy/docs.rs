//! `dbkeel policy docs`: writes the pages of rules and facts.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::PolicyDirs;
use crate::book;
use crate::cli::shared::{self, Context};
use crate::cli::{CliError, ExitStatus};
use crate::file::{folder_of, write_whole};

#[derive(Args, Debug)]
pub(in crate::cli) struct DocsArgs {
    /// The folder to write to: `rules/`, `facts/` and `generated.md`, the entries of a table of contents
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    to: PathBuf,
    #[command(flatten)]
    dirs: PolicyDirs,
}

pub(super) fn run(args: &DocsArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let baselines = shared::embedded_baselines(&policies)?;
    let pages = book::pages(&policies, &baselines);
    for page in &pages {
        let path = args.to.join(&page.path);
        let failed = |error: io::Error| CliError::Output { place: format!("`{}`", path.display()), error };
        fs::create_dir_all(folder_of(&path)).map_err(failed)?;
        write_whole(&path, |out| out.write_all(page.text.as_bytes())).map_err(failed)?;
    }
    context.note(&format!("wrote {} pages to {}", pages.len(), args.to.display()));
    Ok(ExitStatus::Clean)
}
