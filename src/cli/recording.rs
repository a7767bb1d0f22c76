//! Recording a run in a history.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueHint};

use super::CliError;
use super::shared::Context;
use crate::diagnostic::Diagnostic;
use crate::history::{History, Looked, of_results};
use crate::model::Results;

/// How long a process waits for another one that records. The largest fleet takes seconds.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

/// What a history of audits is of.
const AUDITS: &str = "audits";

#[derive(Args, Debug)]
pub(super) struct RecordingArgs {
    /// The history that the run is recorded in, made when it is not there; beside the fleet file by default:
    /// `fleet.history.sqlite` for `fleet.yaml`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    history: Option<PathBuf>,
    /// Record nothing; findings then have no age
    #[arg(long, conflicts_with = "history")]
    no_history: bool,
}

impl RecordingArgs {
    /// The file to record in, of an audit of a fleet file.
    pub(super) fn of_fleet(&self, fleet: &Path) -> Option<PathBuf> {
        match (&self.history, self.no_history) {
            (_, true) => None,
            (Some(file), _) => Some(file.clone()),
            (None, false) => Some(beside(fleet)),
        }
    }
}

/// The history beside a fleet file.
pub(super) fn beside(fleet: &Path) -> PathBuf {
    fleet.with_extension("history.sqlite")
}

/// Says what would keep the run from being recorded, before it begins.
pub(super) fn check(file: Option<&Path>) -> Result<(), CliError> {
    let Some(file) = file else { return Ok(()) };
    History::check(file, AUDITS, PATIENCE).map_err(|error| Diagnostic::from(error).into())
}

/// Records a run.
pub(super) fn record(
    file: Option<&Path>,
    results: &mut Results,
    looked: Looked<'_>,
    context: &Context,
) -> Result<(), CliError> {
    let Some(file) = file else { return Ok(()) };
    let record = of_results(results, looked);
    let history = History::create(file, AUDITS, PATIENCE);
    let told = history.and_then(|mut history| {
        let recorded = history.record(&record)?;
        history.report(&recorded)
    });
    let told = told.map_err(Diagnostic::from)?;
    context.note(&format!("recorded run {} in {}", told.run, file.display()));
    results.history = Some(told);
    Ok(())
}
