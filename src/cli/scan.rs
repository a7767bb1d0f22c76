//! `dbkeel scan`: judges Terraform plans, states and configuration.

mod fix;
mod gate;
mod input;
mod source;
mod variables;
mod waive;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::output::write_all;
use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::baseline::Baseline;
use crate::diagnostic::Diagnostic;
use crate::evaluate::{self, evaluate};
use crate::model::{Results, Severity};
use crate::policy::Policies;
use crate::source::terraform::Severity as Problem;

#[derive(Args, Debug)]
pub(super) struct ScanArgs {
    /// Plans and states: `terraform show -json` of either, or a raw state file; `-` reads standard input.
    /// The kind is detected from the content. A folder is judged by its Terraform configuration alone
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    /// The baseline: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE", default_value = "standard")]
    baseline: String,
    /// A folder with rules of your own, beside those in the binary (repeatable)
    #[arg(long = "policy", value_name = "DIR", value_hint = ValueHint::DirPath)]
    policy: Vec<PathBuf>,
    /// Fail when a finding is at least this severe: info, low, medium, high, critical
    #[arg(long, value_name = "SEVERITY", default_value = "high")]
    fail_on: Severity,
    /// The folder with the root module that the plan was made of, so that findings point at its lines
    /// (default: the working directory, if it declares what the plan names)
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "no_source")]
    source: Option<PathBuf>,
    /// Look for no lines: findings point at the plan
    #[arg(long)]
    no_source: bool,
    #[command(flatten)]
    waivers: waive::WaiverArgs,
    /// A value for a variable of configuration that is judged without a plan (repeatable)
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variables::parse)]
    vars: Vec<(String, String)>,
    /// A file of values for such variables, `.tfvars` or `.tfvars.json` (repeatable)
    #[arg(long = "var-file", value_name = "FILE", value_hint = ValueHint::FilePath)]
    var_files: Vec<String>,
    #[command(flatten)]
    fix: fix::FixArgs,
    #[command(flatten)]
    output: super::output::OutputArgs,
    /// The instant that rules take for now: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
    /// How many threads to use (default: one a core)
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Let the gate pass although part of the scope could not be read
    #[arg(long)]
    allow_partial: bool,
}

pub(super) fn run(args: ScanArgs, context: &Context) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.jobs)?;
    let outputs = args.output.outputs(context)?;
    let given = variables::given(&args, context)?;
    let read = || rayon::join(|| judges(&args, context), || input::read_all(&args.paths, &given));
    // A plan leaves a core idle now and then, on which its source can be read.
    let ((judges, input), source) = rayon::join(read, || source::read(&args));
    let (judges, input) = (judges?, input?);
    tell(&input.diagnostics, context);
    let (mut results, mut notes) = judge(&args, &judges, (input, source), context)?;
    let fixing = fix::Fixing { args: &args, given: &given, judges: &judges, context };
    if fixing.is_wanted(&outputs) {
        let found = fixing.find(&results)?;
        if args.fix.fix && fixing.make(&found, &outputs)? {
            // What is reported is what is there now.
            let input = input::read_all(&args.paths, &given)?;
            (results, notes) = judge(&args, &judges, (input, source::read(&args)), context)?;
        } else {
            found.add_to(&mut results);
        }
    }
    notes.iter().for_each(|note| context.note(note));
    write_all(&outputs, &results, context)?;
    let status = gate::status(&results, args.allow_partial);
    // The process ends here; to free millions of small things one by one would only take time.
    std::mem::forget(results);
    Ok(status)
}

/// Judges what was read, and what is to be said of the waivers.
fn judge(
    args: &ScanArgs,
    (policies, baseline, waivers): &Judges,
    (mut input, source): (input::Input, source::Read),
    context: &Context,
) -> Result<(Results, Vec<String>), CliError> {
    let inventory = std::mem::take(&mut input.inventory);
    let mut results = evaluate(inventory, policies, baseline, &options(args, context));
    let mut in_source = source::in_source(&results, source, args.source.as_deref(), context)?;
    in_source.add(input.in_source(&results));
    results.places = in_source.places;
    let notes = waive::apply(&mut results, waivers, baseline, in_source.comments.as_deref());
    Ok((results, notes))
}

/// Says what is wrong with configuration that is judged without a plan: errors one by one, the rest as far as it helps.
fn tell(diagnostics: &[(Problem, Diagnostic)], context: &Context) {
    const NOTES: usize = 5;
    let errors = diagnostics.iter().filter(|(severity, _)| *severity == Problem::Error);
    let notes = diagnostics.iter().filter(|(severity, _)| *severity == Problem::Note);
    let count = notes.clone().count();
    for (_, error) in errors {
        context.error(error);
    }
    for (_, note) in notes.take(NOTES) {
        context.note(&note.render_note(context.color));
    }
    if count > NOTES {
        context.note(&format!("note: {} more things are not known without a plan", count - NOTES));
    }
}

/// What findings are judged by.
type Judges = (Policies, Baseline, waive::Asked);

fn judges(args: &ScanArgs, context: &Context) -> Result<Judges, CliError> {
    let policies = shared::policies(&args.policy)?;
    let baseline = shared::baseline(&args.baseline, &policies)?;
    for note in baseline.notes() {
        context.note(&note.to_string());
    }
    let waivers = waive::read(&args.waivers, &policies, &baseline)?;
    Ok((policies, baseline, waivers))
}

fn options(args: &ScanArgs, context: &Context) -> evaluate::Options {
    let as_of = args.as_of.unwrap_or(context.now);
    evaluate::Options { as_of: Arc::from(shared::rfc3339(as_of)), fail_on: args.fail_on }
}
