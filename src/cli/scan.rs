//! `dbkeel scan`: judges Terraform plans, states and configuration, and inventories of what runs.

mod fix;
mod input;
mod source;
mod variables;

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::judging::{Judges, JudgingArgs};
use super::output::write_all;
use super::shared::{self, Context};
use super::{CliError, ExitStatus, gate};
use crate::diagnostic::Diagnostic;
use crate::evaluate::evaluate;
use crate::model::Results;
use crate::source::terraform::{InSource, Severity as Problem};

/// The heading of the options that are about Terraform's source.
const SOURCE: &str = "Terraform source";

#[derive(Args, Debug)]
pub(super) struct ScanArgs {
    /// Plans and states: `terraform show -json` of either, or a raw state file; inventories that `dbkeel collect` wrote,
    /// or a reply that the AWS CLI printed; `-` reads standard input. The kind is detected from the content. A folder is
    /// judged by its Terraform configuration alone
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    #[command(flatten)]
    judging: JudgingArgs,
    /// The folder with the root module that the plan was made of, so that findings point at its lines
    /// (default: the working directory, if it declares what the plan names)
    #[arg(
        long,
        value_name = "DIR",
        value_hint = ValueHint::DirPath,
        conflicts_with = "no_source",
        help_heading = SOURCE
    )]
    source: Option<PathBuf>,
    /// Look for no lines: findings point at the plan
    #[arg(long, help_heading = SOURCE)]
    no_source: bool,
    /// A value for a variable of configuration that is judged without a plan (repeatable). `TF_VAR_name`, `TF_WORKSPACE`,
    /// `terraform.tfvars` and `*.auto.tfvars` count too, as they do for Terraform
    #[arg(long = "var", help_heading = SOURCE, value_name = "NAME=VALUE", value_parser = variables::parse)]
    vars: Vec<(String, String)>,
    /// A file of values for such variables, `.tfvars` or `.tfvars.json` (repeatable)
    #[arg(long = "var-file", help_heading = SOURCE, value_name = "FILE", value_hint = ValueHint::FilePath)]
    var_files: Vec<String>,
    #[command(flatten, next_help_heading = SOURCE)]
    fix: fix::FixArgs,
}

pub(super) fn run(args: ScanArgs, context: &Context) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.judging.jobs)?;
    let outputs = args.judging.output.outputs(context)?;
    let given = variables::given(&args, context)?;
    let as_of = args.judging.instant(context);
    let (judges, input) = rayon::join(|| args.judging.judges(context), || input::read_all(&args.paths, &given, &as_of));
    let (judges, input) = (judges?, input?);
    tell(&input.diagnostics, context);
    let (mut results, mut notes) = judge(&args, &judges, input, context)?;
    let fixing = fix::Fixing { args: &args, given: &given, judges: &judges, context };
    if fixing.is_wanted(&outputs) {
        let found = fixing.find(&results)?;
        if args.fix.fix && fixing.make(&found, &outputs)? {
            // What is reported is what is there now.
            (results, notes) = judge(&args, &judges, input::read_all(&args.paths, &given, &as_of)?, context)?;
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
    mut input: input::Input,
    context: &Context,
) -> Result<(Results, Vec<String>), CliError> {
    let inventory = std::mem::take(&mut input.inventory);
    let is_settled = input.is_settled(&inventory.sources);
    let mut results = evaluate(inventory, &judges.policies, &judges.baseline, &args.judging.options(context));
    let mut in_source = match args.no_source || is_settled {
        true => InSource::default(),
        false => source::in_source(&results, args.source.as_deref(), context)?,
    };
    in_source.add(input.in_source(&results));
    results.places = in_source.places;
    let notes = judges.waive(&mut results, in_source.comments.as_deref());
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
