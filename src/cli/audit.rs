//! `dbkeel audit`: collects every account and region of a fleet file, judges what runs there, and reports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::collection::Collection;
use super::judging::{Judges, JudgingArgs};
use super::output::write_all;
use super::shared::{self, Context};
use super::{CliError, ExitStatus, collect, fleet, gate, running};
use crate::baseline::Baseline;
use crate::diagnostic::Diagnostic;
use crate::evaluate::{Options, evaluate, merge};
use crate::fleet::{AccountSettings, Fleet, FleetAccount};
use crate::model::{AccountInfo, Inventory, Resource, Results};
use crate::source::{self, Opened, Problem, SourceError};

#[derive(Args, Debug)]
pub(super) struct AuditArgs {
    /// The fleet file: accounts, regions, how to enter them, and what they are judged by
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    fleet: PathBuf,
    /// Where to write the inventory that is judged; it is compressed when its name ends in `.zst`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, default_value = "dbkeel-inventory.jsonl.zst")]
    inventory: PathBuf,
    /// Go on with an audit that was cut off: what is collected is not asked again
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    judging: JudgingArgs,
}

pub(super) fn run(args: &AuditArgs, context: &Context) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.judging.jobs)?;
    let outputs = args.judging.output.outputs(context)?;
    let fleet = fleet::read(&args.fleet)?;
    // Everything that can be wrong with the files is found before the night begins.
    let mut judges = args.judging.judges(context)?;
    let baselines = baselines(&fleet, &args.fleet, &judges, context)?;
    let collection = Collection { request: fleet::request(&fleet), target: &args.inventory, resume: args.resume };
    let sealed = collection.run(context)?;
    context.note(&format!("wrote {}: {}", args.inventory.display(), collect::summary(&sealed)));
    let inventory = read(&args.inventory, context)?;
    let mut results = judge(inventory, &fleet, baselines, &mut judges, &args.judging.options(context));
    results.accounts = accounts(&fleet);
    judges.waive(&mut results, None).iter().for_each(|note| context.note(note));
    write_all(&outputs, &results, context)?;
    let status = gate::status(&results, args.judging.allow_partial);
    std::mem::forget(results);
    Ok(status)
}

/// The baselines of accounts that have their own, by the name that the fleet file gives them.
type Baselines = BTreeMap<Arc<str>, Baseline>;

/// Loads the baselines that the fleet file names, and checks that each has the tiers that it is asked for.
fn baselines(fleet: &Fleet, file: &Path, judges: &Judges, context: &Context) -> Result<Baselines, CliError> {
    let all: Vec<&AccountSettings> =
        fleet.accounts.values().map(|account| &account.settings).chain([&fleet.defaults]).collect();
    let names: BTreeSet<&Arc<str>> = all.iter().filter_map(|settings| settings.baseline.as_ref()).collect();
    let mut baselines = Baselines::new();
    for name in names {
        let baseline = shared::baseline(&beside(file, name), &judges.policies)?;
        baseline.notes().iter().for_each(|note| context.note(&note.to_string()));
        baselines.insert(Arc::clone(name), baseline);
    }
    for settings in all {
        let baseline = settings.baseline.as_ref().and_then(|name| baselines.get(name)).unwrap_or(&judges.baseline);
        if let Some(tier) = &settings.tier {
            has_tier(baseline, tier, file)?;
        }
    }
    Ok(baselines)
}

/// A baseline's file is named from the fleet file's folder, a baseline in the binary by its name.
fn beside(file: &Path, name: &str) -> String {
    match (name.contains(['/', '\\', '.']), file.parent()) {
        (true, Some(folder)) => folder.join(name).to_string_lossy().into_owned(),
        _ => name.to_owned(),
    }
}

fn has_tier(baseline: &Baseline, tier: &str, file: &Path) -> Result<(), CliError> {
    if baseline.tiers().iter().any(|known| known.name.as_ref() == tier) {
        return Ok(());
    }
    let known: Vec<&str> = baseline.tiers().iter().map(|known| known.name.as_ref()).collect();
    let title = format!("fleet file `{}`: baseline `{}` has no tier `{tier}`", file.display(), baseline.name());
    Err(Diagnostic::new(title).help(format!("its tiers are {}", known.join(", "))).into())
}

/// What was just written, as it is read again: whole and verified.
fn read(file: &Path, context: &Context) -> Result<Inventory, CliError> {
    let path = file.display().to_string();
    let read = match source::open(&path).map_err(Diagnostic::from)? {
        Opened::Inventory(input) => running::inventory(&path, input, 0, &shared::rfc3339(context.now)),
        Opened::Whole(_) => Err(SourceError::new(&path, Problem::Empty)),
    };
    let (inventory, notes) = read.map_err(Diagnostic::from)?;
    notes.iter().for_each(|note| context.note(&format!("note: {note}")));
    Ok(inventory)
}

/// Judges each account by its own baseline, or else by that of the command line.
fn judge(
    mut inventory: Inventory,
    fleet: &Fleet,
    mut baselines: Baselines,
    judges: &mut Judges,
    options: &Options,
) -> Results {
    let settings = |resource: &Resource| match &resource.scope.account {
        Some(account) => fleet.settings(account),
        None => &fleet.defaults,
    };
    let mut by_baseline: BTreeMap<Option<Arc<str>>, Vec<Resource>> = BTreeMap::new();
    for resource in std::mem::take(&mut inventory.resources) {
        by_baseline.entry(settings(&resource).baseline.clone()).or_default().push(resource);
    }
    let mut judge = |(name, resources): (Option<Arc<str>>, Vec<Resource>)| {
        let baseline = name.and_then(|name| baselines.get_mut(&name)).unwrap_or(&mut judges.baseline);
        assign(baseline, fleet, &resources);
        evaluate(Inventory { resources, ..inventory.clone() }, &judges.policies, baseline, options)
    };
    // A fleet without a database is judged too, as what it is: nothing.
    let first = judge(by_baseline.pop_first().unwrap_or_default());
    merge(first, by_baseline.into_iter().map(judge).collect())
}

/// What people call the accounts that are listed, and who owns what is in them.
fn accounts(fleet: &Fleet) -> BTreeMap<Arc<str>, AccountInfo> {
    let info =
        |account: &FleetAccount| AccountInfo { name: account.name.clone(), owner: account.settings.owner.clone() };
    fleet.accounts.iter().map(|(id, account)| (Arc::clone(id), info(account))).collect()
}

fn assign(baseline: &mut Baseline, fleet: &Fleet, resources: &[Resource]) {
    let accounts: BTreeSet<&Arc<str>> = resources.iter().filter_map(|of| of.scope.account.as_ref()).collect();
    for account in accounts {
        if let Some(tier) = &fleet.settings(account).tier {
            // That the baseline has the tier was checked before.
            let _ = baseline.assign_account(account, tier);
        }
    }
}
