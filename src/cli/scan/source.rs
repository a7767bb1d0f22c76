//! Finds the lines of the findings, in the folder that the command line names or in the working directory.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::{CliError, SOURCE};
use crate::cli::shared::Context;
use crate::diagnostic::Diagnostic;
use crate::model::Results;
use crate::source::terraform::{self, InSource, Match, NoConfiguration, Opened};

/// The root module of the folder that was asked for, or of the working directory; `None` when nobody wants to know.
pub(in crate::cli) type Read = Option<Result<Opened, NoConfiguration>>;

/// Where the source of plans and states is.
#[derive(Args, Debug)]
#[command(next_help_heading = SOURCE)]
pub(in crate::cli) struct SourceArgs {
    /// The folder with the root module that the plan was made of, so that findings point at its lines
    /// (default: the working directory, if it declares what the plan names)
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "no_source")]
    pub(in crate::cli) source: Option<PathBuf>,
    /// Look for no lines: findings point at the plan
    #[arg(long)]
    no_source: bool,
}

/// Reads the source of the documents among the paths, if there are any.
pub(in crate::cli) fn read(args: &SourceArgs, paths: &[String]) -> Read {
    let is_needed = !args.no_source && paths.iter().any(|path| !Path::new(path).is_dir());
    is_needed.then(|| terraform::open(args.source.as_deref().unwrap_or(Path::new("."))))
}

/// What the source says of the findings. A folder that was asked for must hold configuration; the working directory may.
pub(in crate::cli) fn in_source(
    results: &Results,
    read: Read,
    folder: Option<&Path>,
    context: &Context,
) -> Result<InSource, CliError> {
    let needed = if folder.is_some() { Match::Any } else { Match::All };
    let located = match read {
        None => return Ok(InSource::default()),
        Some(Ok(opened)) => terraform::locate(results, opened, needed),
        Some(Err(NoConfiguration)) => {
            return folder.map_or(Ok(InSource::default()), |folder| Err(no_configuration(folder)));
        }
    };
    let shown = folder.map_or("the working directory".into(), |folder| format!("`{}`", folder.display()));
    for name in &located.unmatched {
        context.note(&format!(
            "note: {shown} does not declare `{name}`, which the plan names, so findings point at the plan; give `--source` \
             the folder in which the plan was made"
        ));
    }
    for diagnostic in located.diagnostics.iter().filter(|_| !located.in_source.places.is_empty()) {
        context.note(&diagnostic.render(context.color));
    }
    Ok(located.in_source)
}

fn no_configuration(folder: &Path) -> CliError {
    let title = match folder.is_dir() {
        true => format!("no `.tf` or `.tf.json` file is in `{}`", folder.display()),
        false => format!("`{}` is not a folder", folder.display()),
    };
    Diagnostic::new(title).help("give `--source` the folder with the root module that the plan was made of").into()
}
