//! `dbkeel history`: the runs of a history, one by one, and what to do with the file.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::recording::{self, PATIENCE};
use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::file::write_whole;
use crate::history::{History, RunRow};
use crate::report::text::{clean, count};

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
    /// Take old runs out, and give their room back; what is open now keeps its age
    Prune(PruneArgs),
    /// Write everything as JSON lines
    Export(ExportArgs),
}

#[derive(Args, Debug)]
pub(super) struct RunsArgs {
    #[command(flatten)]
    file: FileArgs,
    /// How to show them
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Form,
}

#[derive(Args, Debug)]
pub(super) struct ShowArgs {
    /// The run: its number, `latest`, or `previous`
    #[arg(value_name = "RUN", default_value = "latest")]
    run: String,
    #[command(flatten)]
    file: FileArgs,
    /// How to show it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Form,
}

#[derive(Args, Debug)]
pub(super) struct PruneArgs {
    /// Take out runs that are older than so many days
    #[arg(long, value_name = "DAYS")]
    keep_days: u32,
    /// The instant from which days are counted: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
    #[command(flatten)]
    file: FileArgs,
}

#[derive(Args, Debug)]
pub(super) struct ExportArgs {
    /// Where to write them (default: stdout)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    to: Option<PathBuf>,
    #[command(flatten)]
    file: FileArgs,
}

pub(super) fn run(command: HistoryCommand, context: &Context) -> Result<ExitStatus, CliError> {
    let text = match &command {
        HistoryCommand::Runs(args) => runs(args)?,
        HistoryCommand::Show(args) => show(args)?,
        HistoryCommand::Prune(args) => prune(args, context)?,
        HistoryCommand::Export(args) => return export(args, context),
    };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn runs(args: &RunsArgs) -> Result<String, CliError> {
    let runs = args.file.open()?.runs().map_err(Diagnostic::from)?;
    if args.format == Form::Json {
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
    if args.format == Form::Json {
        return Ok(shared::json(&shown));
    }
    Ok(page(&run, &shown))
}

fn prune(args: &PruneArgs, context: &Context) -> Result<String, CliError> {
    let now = args.as_of.unwrap_or(context.now);
    let before = jiff::Timestamp::from_second(now.as_second().saturating_sub(i64::from(args.keep_days) * 86_400));
    let before = before.unwrap_or(jiff::Timestamp::MIN);
    let pruned = args.file.open()?.prune(before).map_err(Diagnostic::from)?;
    Ok(format!("pruned {}: {} rows, {} bytes\n", count(pruned.runs, "run"), pruned.rows, pruned.bytes))
}

fn export(args: &ExportArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let history = args.file.open()?;
    let mut damaged = None;
    let mut write = |out: &mut dyn io::Write| match history.export(out) {
        Ok(written) => written,
        Err(error) => {
            damaged = Some(error);
            Err(io::ErrorKind::InvalidData.into())
        }
    };
    let (place, written) = match &args.to {
        Some(file) => (format!("`{}`", file.display()), write_whole(file, write)),
        None => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            let written = write(&mut out).and_then(|()| out.flush());
            ("to stdout".to_owned(), written)
        }
    };
    if let Some(error) = damaged {
        return Err(Diagnostic::from(error).into());
    }
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output { place, error }),
        _ => {
            args.to.iter().for_each(|file| context.note(&format!("wrote {}", file.display())));
            Ok(ExitStatus::Clean)
        }
    }
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
