//! `dbkeel history`: the runs of a history, one by one, and what to do with the file.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::recording::{self, PATIENCE};
use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::history::{History, RunRow};
use crate::report::text::clean;

/// The history that is asked about.
#[derive(Args, Debug)]
pub(super) struct FileArgs {
    /// The history file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    history: Option<PathBuf>,
    /// The fleet file beside which the history is, when `--history` does not name it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, default_value = "fleet.yaml", conflicts_with = "history")]
    fleet: PathBuf,
}

impl FileArgs {
    /// Opens the history.
    pub(super) fn open(&self) -> Result<History, CliError> {
        let beside = || recording::beside(&self.fleet);
        let file = self.history.clone().unwrap_or_else(beside);
        History::open(&file, PATIENCE).map_err(|error| Diagnostic::from(error).into())
    }
}

/// How something is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum HistoryCommand {
    /// List the runs: when, of how much, and what they found
    Runs(RunsArgs),
    /// Show one run: what judged, what it found, what it could not read
    Show(ShowArgs),
}

#[derive(Args, Debug)]
pub(super) struct RunsArgs {
    #[command(flatten)]
    file: FileArgs,
    /// How to show them
    #[arg(long, short, value_name = "FORM", value_enum, default_value_t)]
    output: Form,
}

#[derive(Args, Debug)]
pub(super) struct ShowArgs {
    /// The run: its number, `latest`, or `previous`
    #[arg(value_name = "RUN", default_value = "latest")]
    run: String,
    #[command(flatten)]
    file: FileArgs,
    /// How to show it
    #[arg(long, short, value_name = "FORM", value_enum, default_value_t)]
    output: Form,
}

pub(super) fn run(command: HistoryCommand, context: &Context) -> Result<ExitStatus, CliError> {
    let text = match &command {
        HistoryCommand::Runs(args) => runs(args)?,
        HistoryCommand::Show(args) => show(args)?,
    };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn runs(args: &RunsArgs) -> Result<String, CliError> {
    let runs = args.file.open()?.runs().map_err(Diagnostic::from)?;
    if args.output == Form::Json {
        return Ok(shared::json(&runs));
    }
    let mut text = format!(
        "{:>5}  {:20}  {:>9}  {:>6}  {:>6}  {:>7}  {:>5}  {:>5}  {}\n",
        "RUN", "AS OF", "DATABASES", "FAILED", "WAIVED", "UNKNOWN", "GAPS", "DRIFT", "BASELINE"
    );
    for run in &runs {
        let drift = run.drift.map_or_else(|| "-".to_owned(), |drift| drift.to_string());
        let pruned = if run.pruned { " (pruned)" } else { "" };
        let counts = &run.counts;
        let _ = writeln!(
            text,
            "{:>5}  {:20}  {:>9}  {:>6}  {:>6}  {:>7}  {:>5}  {drift:>5}  {}{pruned}",
            run.run,
            run.as_of,
            run.databases,
            counts.fail,
            counts.waived,
            counts.unknown,
            run.gaps,
            clean(&run.baseline),
        );
    }
    Ok(text)
}

fn show(args: &ShowArgs) -> Result<String, CliError> {
    let history = args.file.open()?;
    let run = history.run(&args.run).map_err(Diagnostic::from)?;
    let shown = history.show(&run).map_err(Diagnostic::from)?;
    if args.output == Form::Json {
        return Ok(shared::json(&shown));
    }
    Ok(page(&run, &shown))
}

fn page(run: &RunRow, shown: &crate::history::RunShown) -> String {
    let mut text = String::new();
    let counts = &run.counts;
    let drift = run.drift.map_or_else(|| "nothing was compared".to_owned(), |drift| drift.to_string());
    let rows = [
        ("run", run.run.to_string()),
        ("as of", run.as_of.clone()),
        ("dbkeel", run.version.clone()),
        ("baseline", format!("{} ({})", clean(&run.baseline), run.baseline_sha256)),
        ("policies", run.policies_sha256.clone()),
        ("source", run.source_sha256.clone()),
        ("resources", format!("{}, of them {} databases", run.resources, run.databases)),
        ("failed", counts.fail.to_string()),
        ("waived", counts.waived.to_string()),
        ("passed", counts.pass.to_string()),
        ("unknown", counts.unknown.to_string()),
        ("errors", counts.error.to_string()),
        ("not applicable", counts.not_applicable.to_string()),
        ("drift", drift),
        ("not seen", format!("{} resources that may still be there", shown.unread)),
    ];
    for (name, value) in rows {
        let _ = writeln!(text, "{name:14}  {value}");
    }
    for gap in &shown.gaps {
        let _ = writeln!(text, "gap             {}: {}", clean(&gap.place), clean(&gap.reason));
    }
    for waiver in &shown.waivers {
        let _ = writeln!(
            text,
            "waiver          {}: {}, {} waived, until {}",
            clean(&waiver.waiver),
            waiver.state,
            waiver.waived,
            waiver.expires
        );
    }
    text
}
