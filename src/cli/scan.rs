//! `dbkeel scan`: judges Terraform plans, states and configuration, and inventories of what runs.

mod fix;
pub(super) mod input;
pub(super) mod source;
pub(super) mod variables;

use clap::{Args, ValueEnum, ValueHint};

use super::judging::{Judges, JudgingArgs};
use super::output::write_all;
use super::shared::{self, Context};
use super::{CliError, ExitStatus, gate};
use crate::diagnostic::Diagnostic;
use crate::evaluate::evaluate;
use crate::model::Results;
use crate::source::terraform::Severity as Problem;
use crate::standing::standing;

/// The heading of the options that are about Terraform's source.
const SOURCE: &str = "Terraform source";

#[derive(Args, Debug)]
pub(super) struct ScanArgs {
    /// Plans and states: `terraform show -json` of either, or a raw state file; inventories that `dbkeel collect` wrote,
    /// or a reply that the AWS CLI printed; `-` reads standard input. The kind is detected from the content. A folder is
    /// judged by its Terraform configuration alone. What is named twice is read once
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    /// What the gate fails on: `all` failures, or with `delta` only those that the plan brings or makes worse; what stood before is
    /// reported all the same
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Gate::All, help_heading = "Judging")]
    gate: Gate,
    #[command(flatten)]
    judging: JudgingArgs,
    #[command(flatten)]
    source: source::SourceArgs,
    #[command(flatten)]
    variables: variables::VariableArgs,
    #[command(flatten, next_help_heading = SOURCE)]
    fix: fix::FixArgs,
}

/// What the gate fails on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Gate {
    /// Every failure.
    All,
    /// What a plan brings or makes worse.
    Delta,
}

pub(super) fn run(args: ScanArgs, context: &Context) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.judging.jobs)?;
    let outputs = args.judging.output.outputs(context)?.allowing_partial(args.judging.allow_partial);
    let given = variables::given(&args.variables, context)?;
    let as_of = args.judging.instant(context);
    let side = match args.gate {
        Gate::All => input::Side::After,
        Gate::Delta => input::Side::Both,
    };
    let want = input::Want { side, digests: outputs.digests() };
    let paths = || input::read(&args.paths, &given, &as_of, want);
    let read = || rayon::join(|| args.judging.judges(context), paths);
    // A plan leaves a core idle now and then, on which its source can be read.
    let ((judges, input), source) = rayon::join(read, || source::read(&args.source, &args.paths));
    let (judges, input) = (judges?, input?);
    tell(&input.diagnostics, context);
    let (mut results, mut notes) = judge(&args, &judges, (input, source), context)?;
    let fixing = fix::Fixing { args: &args, given: &given, judges: &judges, context };
    if fixing.is_wanted(&outputs) {
        let found = fixing.find(&results)?;
        if args.fix.fix && fixing.make(&found, &outputs)? {
            // What is reported is what is there now.
            let input = paths()?;
            (results, notes) = judge(&args, &judges, (input, source::read(&args.source, &args.paths)), context)?;
        } else {
            found.add_to(&mut results);
        }
    }
    notes.iter().for_each(|note| context.note(note));
    write_all(&outputs, &results, context)?;
    let status = gate::status(&results, args.judging.allow_partial);
    // The process ends here; to free millions of small things one by one would only take time.
    std::mem::forget(results);
    Ok(status)
}

/// Judges what was read, and what is to be said of the waivers.
fn judge(
    args: &ScanArgs,
    judges: &Judges,
    (mut input, source): (input::Input, source::Read),
    context: &Context,
) -> Result<(Results, Vec<String>), CliError> {
    let inventory = std::mem::take(&mut input.inventory);
    // No configuration of the working directory declares what another folder, or an inventory, holds.
    let source = source.filter(|_| !input.is_settled(&inventory.sources));
    let mut results = evaluate(inventory, &judges.policies, &judges.baseline, &args.judging.options(context));
    let mut in_source = source::in_source(&results, source, args.source.source.as_deref(), context)?;
    in_source.add(input.in_source(&results));
    results.places = in_source.places;
    let notes = judges.waive(&mut results, in_source.comments.as_deref());
    if args.gate == Gate::Delta {
        let before = evaluate(input.take_before(), &judges.policies, &judges.baseline, &args.judging.options(context));
        results.standing = Some(standing(&results, &before));
    }
    judges.report_frameworks(&mut results);
    Ok((results, notes))
}

/// Says what is wrong with configuration that is judged without a plan: errors one by one, the rest as far as it helps.
pub(super) fn tell(diagnostics: &[(Problem, Diagnostic)], context: &Context) {
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
