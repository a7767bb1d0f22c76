//! Applies the waivers that the command line names, and says what is odd about them.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::{CliError, shared};
use crate::baseline::Baseline;
use crate::model::{Results, SourceComment, Tier};
use crate::policy::Policies;
use crate::report::text::{clean, count};
use crate::waiver::{self, Waivers};

#[derive(Args, Debug)]
pub(super) struct WaiverArgs {
    /// The file with the failures that somebody accepted, for a reason and for a time; without it, none is
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    waivers: Option<PathBuf>,
    /// Judge as if there were no waivers, whatever `--waivers` says
    #[arg(long)]
    no_waivers: bool,
}

impl WaiverArgs {
    /// The file, unless there is none or `--no-waivers` says so.
    pub(super) fn file(&self) -> Option<&Path> {
        self.waivers.as_deref().filter(|_| !self.no_waivers)
    }

    /// Whether there are waivers to apply.
    pub(super) fn are_given(&self) -> bool {
        self.file().is_some()
    }
}

/// What the command line says of waivers.
pub(super) enum Asked {
    /// Those of a file.
    File(Waivers),
    /// Nothing.
    Nothing,
    /// That there shall be none.
    None,
}

/// Reads the waiver file, unless there is none or `--no-waivers` says so.
pub(super) fn read(args: &WaiverArgs, policies: &Policies, tiers: &[Tier]) -> Result<Asked, CliError> {
    match &args.waivers {
        _ if args.no_waivers => Ok(Asked::None),
        Some(file) => Ok(Asked::File(shared::waivers(file, policies, tiers)?)),
        None => Ok(Asked::Nothing),
    }
}

/// Waives what may be waived, and returns what is odd. `comments` are those of the source; `None` when none was read.
pub(super) fn apply(
    results: &mut Results,
    asked: &Asked,
    baseline: &Baseline,
    comments: Option<&[SourceComment]>,
) -> Vec<String> {
    match asked {
        Asked::File(waivers) => {
            waiver::apply(results, waivers, baseline.waiver_limits(), comments);
            results.waivers.iter().flat_map(waiver::notes).collect()
        }
        Asked::Nothing => unheard(comments.unwrap_or_default()).into_iter().collect(),
        Asked::None => Vec::new(),
    }
}

/// A comment alone waives nothing, which whoever wrote it should know.
fn unheard(comments: &[SourceComment]) -> Option<String> {
    let first = comments.first()?;
    let line = first.location.region.map_or(0, |region| region.start_line);
    let file = clean(&first.location.file);
    let found = count(comments.len(), "comment");
    Some(format!(
        "note: the source has {found} with `dbkeel:waive`, the first at {file}:{line}, which waive nothing without the \
         file that they refer to; give `--waivers`"
    ))
}
