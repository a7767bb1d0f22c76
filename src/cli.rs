//! The command line: what can be typed, and what each command does with it. One file a command.
//!
//! Results go to stdout or to the named files; everything meant for a person's eye only goes to stderr.

mod audit;
mod baseline;
mod collect;
mod collection;
mod comparing;
mod completions;
mod diff;
mod doctor;
mod drift;
mod error;
mod evidence;
mod facts;
mod fleet;
mod framework;
mod gate;
mod history;
mod init;
mod judging;
mod man;
mod merge;
mod output;
mod policy;
mod progress;
mod recording;
mod report;
mod running;
mod scan;
mod shared;
mod version;
mod waive;
mod waiver;

use std::collections::BTreeMap;
use std::ffi::OsString;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use error::CliError;
pub use shared::print;
pub use version::version;

/// How a run ended. The numbers are part of dbkeel's interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// Judged everything; nothing at or above `--fail-on`.
    Clean = 0,
    /// Judged; the gate failed.
    Failed = 1,
    /// Could not run: usage, bad input, bad policy or baseline.
    CouldNotRun = 2,
    /// Nothing was evaluated, a rule raised an error, or part of the scope has gaps.
    NotProven = 3,
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_STATUSES: &str = "\
Exit status:
  0  judged everything; nothing at or above --fail-on
  1  judged; the gate failed
  2  could not run: usage, bad input, bad policy or baseline
  3  not proven: nothing was evaluated, a rule raised an error, or part of the scope
     could not be read (unless --allow-partial)";

/// Keeps a database fleet from drifting: judges what Terraform declares against one baseline of Rego policies.
#[derive(Debug, Parser)]
#[command(name = "dbkeel", version, styles = STYLES, after_help = EXIT_STATUSES, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
struct GlobalArgs {
    /// When to use colour; `auto` uses it on a terminal unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Say nothing on stderr except errors
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge Terraform plans, states and configuration
    Scan(scan::ScanArgs),
    /// Compare what is declared with what runs, or two inventories with each other
    Drift(drift::DriftArgs),
    /// Write an inventory file of what runs
    #[command(subcommand)]
    Collect(collect::CollectCommand),
    /// Join the inventory files that the shards of one collection wrote
    Merge(merge::MergeArgs),
    /// Collect a fleet, judge it and report: the whole night in one command
    Audit(audit::AuditArgs),
    /// Tell what changed from one run of a history to another
    Diff(diff::DiffArgs),
    /// List and show the runs of a history, take old ones out, or write it all as JSON lines
    #[command(subcommand)]
    History(history::HistoryCommand),
    /// List, show, test and check policies
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// Show the catalogue of facts that policies read
    Facts(facts::FactsArgs),
    /// List, show, check and compare baselines
    #[command(subcommand)]
    Baseline(baseline::BaselineCommand),
    /// List, show and check frameworks: controls of standards and laws, and the rules that give evidence for them
    #[command(subcommand)]
    Framework(framework::FrameworkCommand),
    /// Check, list and write waivers: failures that somebody accepted, for a time
    #[command(subcommand)]
    Waiver(waiver::WaiverCommand),
    /// Report on one subject, in tables: patch levels, backups, access, drift, exceptions, what comes due, a framework
    #[command(subcommand)]
    Report(report::ReportCommand),
    /// Put a baseline, waivers, a fleet file and a pipeline into a repository; what is there stays as it is
    Init(init::InitArgs),
    /// Check that all that dbkeel needs is there: rules, files, credentials, permissions
    Doctor(doctor::DoctorArgs),
    /// Pack what an auditor checks alone: inventory, verdicts, rules, waivers; and verify it
    #[command(subcommand)]
    Evidence(evidence::EvidenceCommand),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual, or write a man page for each command
    Man(man::ManArgs),
}

impl Cli {
    /// Runs the command. Errors are for the caller to print; they mean [`ExitStatus::CouldNotRun`].
    pub fn run(self, environment: &Environment) -> Result<ExitStatus, CliError> {
        shared::check_source_date(environment)?;
        shared::check_clock(environment.now)?;
        let context = shared::Context::new(&self.global, environment);
        match self.command {
            Command::Scan(args) => scan::run(args, &context),
            Command::Drift(args) => drift::run(&args, &context),
            Command::Collect(command) => collect::run(command, &context),
            Command::Merge(args) => merge::run(&args, &context),
            Command::Audit(args) => audit::run(&args, &context),
            Command::Diff(args) => diff::run(&args, &context),
            Command::History(command) => history::run(command, &context),
            Command::Policy(command) => policy::run(command, &context),
            Command::Facts(args) => facts::run(args, &context),
            Command::Baseline(command) => baseline::run(command, &context),
            Command::Framework(command) => framework::run(command, &context),
            Command::Waiver(command) => waiver::run(command, &context),
            Command::Report(command) => report::run(&command, &context),
            Command::Init(args) => init::run(&args, &context),
            Command::Doctor(args) => doctor::run(&args, &context),
            Command::Evidence(command) => evidence::run(command, &context),
            Command::Completions(args) => completions::run(args, &context),
            Command::Man(args) => man::run(&args, &context),
        }
    }
}

/// What the process learnt from its surroundings, so that everything below is a function of its arguments.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The time at the start.
    pub now: jiff::Timestamp,
    /// Whether `SOURCE_DATE_EPOCH` is set to something that is no instant, which `now` then is not.
    pub source_date_is_invalid: bool,
    /// Whether stdout takes colour.
    pub stdout_color: bool,
    /// Whether stderr takes colour.
    pub stderr_color: bool,
    /// Whether a person looks at stderr.
    pub stderr_terminal: bool,
    /// Whether this is a step of a GitHub Actions workflow.
    pub github_actions: bool,
    /// What the environment gives to Terraform's configuration: `TF_VAR_*`, `TF_WORKSPACE`.
    pub terraform: BTreeMap<String, String>,
}

impl Environment {
    /// Looks at the clock, the terminal and the environment variables that dbkeel honours:
    /// `SOURCE_DATE_EPOCH` (reproducible-builds.org), `NO_COLOR`, `CLICOLOR_FORCE`, `GITHUB_ACTIONS`, and Terraform's
    /// `TF_VAR_*` and `TF_WORKSPACE`.
    pub fn of_process() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let source_date = std::env::var_os("SOURCE_DATE_EPOCH").filter(|text| !text.is_empty());
        let now = source_date.as_ref().and_then(|text| jiff::Timestamp::from_second(text.to_str()?.parse().ok()?).ok());
        Self {
            now: now.unwrap_or_else(jiff::Timestamp::now),
            source_date_is_invalid: source_date.is_some() && now.is_none(),
            stdout_color: takes_color(&std::io::stdout()),
            stderr_color: takes_color(&std::io::stderr()),
            stderr_terminal: std::io::IsTerminal::is_terminal(&std::io::stderr()),
            github_actions: set("GITHUB_ACTIONS"),
            terraform: std::env::vars_os().filter_map(terraform_variable).collect(),
        }
    }
}

/// What Terraform itself takes from the environment for its configuration.
fn terraform_variable((name, value): (OsString, OsString)) -> Option<(String, String)> {
    let name = name.into_string().ok().filter(|name| name.starts_with("TF_VAR_") || name == "TF_WORKSPACE")?;
    Some((name, value.into_string().ok()?))
}

fn takes_color(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}
