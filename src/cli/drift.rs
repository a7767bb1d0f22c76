//! `dbkeel drift`: compares what is declared with what runs, or two inventories with each other.

pub(super) mod paths;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::comparing::{self, GateArgs, Judged};
use super::output::{OutputArgs, write_all};
use super::scan::input::{self, Input};
use super::scan::{source, tell, variables};
use super::shared::{self, Context};
use super::{CliError, ExitStatus, gate};
use crate::baseline::Baseline;
use crate::drift::{self, How};
use crate::evaluate::Options;
use crate::model::{DriftReport, Gap, Inventory, Results, RunInfo, Severity};
use crate::policy::Policies;

const USAGE: &str = "\
dbkeel drift --declared PATH… --running PATH… [OPTIONS]
       dbkeel drift --from FILE --to FILE [OPTIONS]
       dbkeel drift --compare FILE FILE --by tag:KEY [OPTIONS]";

#[derive(Args, Debug)]
#[command(override_usage = USAGE)]
pub(super) struct DriftArgs {
    #[command(flatten)]
    compare: CompareArgs,
    #[command(flatten, next_help_heading = JUDGING)]
    output: OutputArgs,
    #[command(flatten)]
    gate: GateArgs,
}

const JUDGING: &str = "Judging";

/// What is compared, and by what that is judged.
#[derive(Args, Debug)]
pub(super) struct CompareArgs {
    #[command(flatten)]
    sides: SideArgs,
    #[command(flatten)]
    judging: DriftJudgingArgs,
    #[command(flatten)]
    source: source::SourceArgs,
    #[command(flatten)]
    variables: variables::VariableArgs,
}

impl CompareArgs {
    /// How many threads to use.
    pub(super) fn jobs(&self) -> Option<u16> {
        self.judging.jobs
    }

    /// Whether a part of the scope that could not be read is put up with.
    pub(super) fn allow_partial(&self) -> bool {
        self.judging.allow_partial
    }
}

/// What is compared with what.
#[derive(Args, Debug)]
#[group(required = true, multiple = true)]
struct SideArgs {
    /// What is declared: plans, states, folders of configuration, and globs of them; `s3://BUCKET/KEY` is a state in S3
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "running", value_hint = ValueHint::AnyPath)]
    declared: Vec<String>,
    /// What runs: inventories that `dbkeel collect` wrote; or replies that the AWS CLI printed, in files and folders, which are
    /// put together; and globs of them
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "declared", value_hint = ValueHint::AnyPath)]
    running: Vec<String>,
    /// The earlier of two inventories of the same accounts
    #[arg(long, value_name = "FILE", requires = "to", conflicts_with = "declared", value_hint = ValueHint::FilePath)]
    from: Option<String>,
    /// The later of the two
    #[arg(long, value_name = "FILE", requires = "from", conflicts_with = "declared", value_hint = ValueHint::FilePath)]
    to: Option<String>,
    /// Two inventories of two environments, such as staging and production: what should be alike
    #[arg(
        long,
        value_name = "FILE",
        num_args = 2,
        requires = "by",
        conflicts_with_all = ["declared", "from"],
        value_hint = ValueHint::FilePath
    )]
    compare: Vec<String>,
    /// What tells which databases of two environments belong together: `tag:service`
    #[arg(long, value_name = "tag:KEY", requires = "compare", value_parser = tag)]
    by: Option<String>,
}

/// What drift is judged by.
#[derive(Args, Debug)]
#[command(next_help_heading = JUDGING)]
struct DriftJudgingArgs {
    /// The baseline whose rules tell what a drift does: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE", default_value = "standard")]
    baseline: String,
    /// A folder with rules of your own, beside those in the binary (repeatable)
    #[arg(long = "policy", value_name = "DIR", value_hint = ValueHint::DirPath)]
    policy: Vec<PathBuf>,
    /// The instant that rules take for now, and from which windows are counted: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
    /// How many threads to use (default: one a core)
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Let the gate pass although part of the scope could not be read
    #[arg(long)]
    allow_partial: bool,
}

fn tag(text: &str) -> Result<String, String> {
    match text.strip_prefix("tag:") {
        Some(key) if !key.is_empty() => Ok(key.to_owned()),
        _ => Err("write `tag:KEY`, such as `tag:service`".to_owned()),
    }
}

pub(super) fn run(args: &DriftArgs, context: &Context) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.compare.jobs())?;
    let outputs = args.output.outputs(context)?.allowing_partial(args.compare.allow_partial());
    let results = compared(&args.compare, &args.gate, context)?;
    write_all(&outputs, &results, context)?;
    let status = gate::status(&results, args.compare.allow_partial());
    // The process ends here; to free millions of small things one by one would only take time.
    std::mem::forget(results);
    Ok(status)
}

/// Reads both sides and compares them.
pub(super) fn compared(args: &CompareArgs, gate: &GateArgs, context: &Context) -> Result<Results, CliError> {
    let judging = &args.judging;
    let now = judging.as_of.unwrap_or(context.now);
    let as_of: Arc<str> = shared::rfc3339(now).into();
    let gate = gate.read()?;
    let sides = paths::sides(&args.sides)?;
    let given = variables::given(&args.variables, context)?;
    let read = || {
        rayon::join(
            || input::read_all(&sides.first, &given, &as_of),
            || input::read_running(&sides.second, &given, &as_of),
        )
    };
    let ((first, second), source) = rayon::join(read, || source::read(&args.source, &sides.first));
    let (mut first, mut second) = both(first, second)?;
    paths::check(&sides, &first.inventory, &second.inventory)?;
    tell(&first.diagnostics, context);
    tell(&second.diagnostics, context);
    let policies = shared::policies(&judging.policy)?;
    let baseline = shared::baseline(&judging.baseline, &policies)?;
    baseline.notes().iter().for_each(|note| context.note(&note.to_string()));
    let (declared, running) = (std::mem::take(&mut first.inventory), std::mem::take(&mut second.inventory));
    let how = How { against: sides.against, now };
    let mut compared = match &args.sides.by {
        Some(key) => drift::compare_environments(&declared, &running, key, &how),
        None => drift::compare(&declared, &running, &how),
    };
    let options = Options { as_of, fail_on: Severity::Critical };
    let judged =
        Judged { policies: &policies, baselines: vec![&baseline], baseline_of: &|_| 0, options: &options, gate: &gate };
    judged.judge(&mut compared, how.against);
    let mut findings = drift::as_findings(&compared.drifts, &declared);
    let source = source.filter(|_| !first.is_settled(&declared.sources));
    let mut in_source = source::in_source(&findings, source, args.source.source.as_deref(), context)?;
    in_source.add(first.in_source(&findings));
    findings.places = in_source.places;
    drift::take_places(&mut compared.drifts, &findings);
    let more = std::mem::take(&mut compared.gaps);
    let report = judged.report(compared, sides.against);
    comparing::tell(&report, context);
    let gaps = gaps([&declared, &running], more);
    let results = results(
        report,
        [declared.sources.clone(), running.sources.clone()].concat(),
        gaps,
        &policies,
        &baseline,
        &options,
    );
    std::mem::forget((declared, running));
    Ok(results)
}

/// Both sides, or every error of both.
fn both(first: Result<Input, CliError>, second: Result<Input, CliError>) -> Result<(Input, Input), CliError> {
    match (first, second) {
        (Err(CliError::Diagnostics(mut errors)), Err(CliError::Diagnostics(others))) => {
            errors.extend(others);
            Err(CliError::Diagnostics(errors))
        }
        (first, second) => Ok((first?, second?)),
    }
}

fn gaps(sides: [&Inventory; 2], more: Vec<Gap>) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = sides.iter().flat_map(|side| side.gaps.iter().cloned()).chain(more).collect();
    gaps.sort();
    gaps.dedup();
    gaps
}

/// A run that judged nothing and compared.
fn results(
    drift: DriftReport,
    sources: Vec<crate::model::SourceInfo>,
    gaps: Vec<Gap>,
    policies: &Policies,
    baseline: &Baseline,
    options: &Options,
) -> Results {
    let phase = baseline.on(&options.as_of);
    let run = RunInfo {
        version: env!("CARGO_PKG_VERSION").into(),
        as_of: Arc::clone(&options.as_of),
        baseline: baseline.name().into(),
        baseline_sha256: baseline.sha256().into(),
        policies_sha256: policies.sha256(|rule| phase.uses(rule)).into(),
        fail_on: options.fail_on,
    };
    let baseline_files = baseline.digests().to_vec();
    Results { gaps, drift, baseline_files, ..Results::unjudged(run, sources, phase.tiers().to_vec()) }
}
