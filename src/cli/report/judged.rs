//! Reads and judges what a report is about, as `scan` does.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::output::OutputArgs;
use crate::baseline::Baseline;
use crate::cli::scan::input::{self, Input};
use crate::cli::scan::{source, tell, variables};
use crate::cli::shared::{self, Context};
use crate::cli::waive::{self, WaiverArgs};
use crate::cli::{CliError, framework};
use crate::evaluate::{Options, evaluate};
use crate::model::{Resource, Results, ScopeSeen, Severity};
use crate::source::aws::s3::Access;
use crate::source::terraform::Given;

/// What a report reads, and by what it judges.
#[derive(Args, Debug)]
pub(super) struct JudgedArgs {
    /// Inventories that `dbkeel collect` wrote, or replies that the AWS CLI printed; plans, states, folders of configuration;
    /// `-` reads standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<String>,
    /// The baseline: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE", default_value = "standard", help_heading = JUDGING)]
    baseline: String,
    /// A folder with rules of your own, beside those in the binary (repeatable)
    #[arg(long = "policy", value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = JUDGING)]
    policy: Vec<PathBuf>,
    #[command(flatten, next_help_heading = JUDGING)]
    waivers: WaiverArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    /// The instant that the report takes for now: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
    /// How many threads to use (default: one a core)
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
    /// End well although part of the scope could not be read
    #[arg(long)]
    pub(super) allow_partial: bool,
    #[command(flatten)]
    source: source::SourceArgs,
    #[command(flatten)]
    variables: variables::VariableArgs,
}

const JUDGING: &str = "Judging";

impl JudgedArgs {
    /// Whether there are waivers to apply.
    pub(super) fn has_waivers(&self) -> bool {
        self.waivers.are_given()
    }
}

/// What was judged, with every resource that was read.
pub(super) struct Judged {
    pub(super) results: Results,
    pub(super) baseline: Baseline,
    pub(super) resources: Vec<Resource>,
    pub(super) scopes: Vec<ScopeSeen>,
}

/// Reads and judges, and adds where the controls of these frameworks stand.
pub(super) fn judged(args: &JudgedArgs, frameworks: &[String], context: &Context) -> Result<Judged, CliError> {
    let as_of: Arc<str> = shared::rfc3339(args.as_of.unwrap_or(context.now)).into();
    let policies = shared::policies(&args.policy)?;
    let baseline = shared::baseline(&args.baseline, &policies)?;
    baseline.notes().iter().for_each(|note| context.note(&note.to_string()));
    let waivers = waive::read(&args.waivers, &policies, baseline.on(&as_of).tiers())?;
    let frameworks = framework::load(frameworks, &policies)?;
    let given = variables::given(&args.variables, context)?;
    let read = || read(&args.paths, &given, &as_of);
    let (input, source) = rayon::join(read, || source::read(&args.source, &args.paths));
    let mut input = input?;
    tell(&input.diagnostics, context);
    let inventory = std::mem::take(&mut input.inventory);
    let source = source.filter(|_| !input.is_settled(&inventory.sources));
    // Judging keeps only what a rule of the baseline is about; a report counts the others too.
    let (resources, scopes) = (inventory.resources.clone(), inventory.scopes.clone());
    let options = Options { as_of, fail_on: Severity::Critical };
    let mut results = evaluate(inventory, &policies, &baseline, &options);
    let mut in_source = source::in_source(&results, source, args.source.source.as_deref(), context)?;
    in_source.add(input.in_source(&results));
    results.places = in_source.places;
    let notes = waive::apply(&mut results, &waivers, &baseline, in_source.comments.as_deref());
    notes.iter().for_each(|note| context.note(note));
    results.frameworks = frameworks.iter().map(|framework| framework.report(&results)).collect();
    Ok(Judged { results, baseline, resources, scopes })
}

/// A folder is one of configuration when it holds some, else one of replies of the AWS CLI.
fn read(paths: &[String], given: &Given, as_of: &Arc<str>) -> Result<Input, CliError> {
    let is_configuration = |path: &&String| Path::new(path).is_dir() && holds_configuration(Path::new(path));
    let (folders, others): (Vec<&String>, Vec<&String>) = paths.iter().partition(is_configuration);
    let (folders, others): (Vec<String>, Vec<String>) =
        (folders.into_iter().cloned().collect(), others.into_iter().cloned().collect());
    let mut input = input::read_running(&others, given, as_of)?;
    let before = u32::try_from(input.inventory.sources.len()).unwrap_or(u32::MAX);
    input.add(input::read_from(&folders, given, as_of, before, &Access::default())?);
    Ok(input)
}

fn holds_configuration(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.path()).any(|path| match path.is_dir() {
        // A link may lead back up.
        true => !path.is_symlink() && holds_configuration(&path),
        false => [".tf", ".tf.json"].iter().any(|end| path.to_string_lossy().ends_with(end)),
    })
}
