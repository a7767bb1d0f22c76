//! `dbkeel audit`: collects every account and region of a fleet file, judges what runs there, and reports.

mod declared;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};

use super::collection::{self, Collection};
use super::comparing::{self, DriftGate, GateArgs, Judged};
use super::judging::{Judges, JudgingArgs};
use super::output::write_all;
use super::recording::{self, RecordingArgs};
use super::shared::{self, Context};
use super::{CliError, ExitStatus, collect, fleet, gate, running};
use crate::baseline::{Baseline, EMBEDDED};
use crate::diagnostic::Diagnostic;
use crate::drift::{self, Compared, How, coverage};
use crate::evaluate::{Options, evaluate, merge};
use crate::fleet::{AccountSettings, Fleet, FleetAccount};
use crate::history::{self, DriftRecord, Looked};
use crate::model::{AccountInfo, Against, DriftReport, Gap, Inventory, Resource, Results};
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
    /// Collect nothing: judge the inventory that is there, of this fleet file, as `dbkeel merge` wrote it
    #[arg(long, conflicts_with = "resume")]
    collected: bool,
    #[command(flatten)]
    history: RecordingArgs,
    #[command(flatten)]
    judging: JudgingArgs,
    #[command(flatten)]
    gate: GateArgs,
}

pub(super) fn run(args: &AuditArgs, context: &Context) -> Result<ExitStatus, CliError> {
    shared::use_threads(args.judging.jobs)?;
    let outputs = args.judging.output.outputs(context)?.allowing_partial(args.judging.allow_partial);
    let fleet = fleet::read(&args.fleet)?;
    // Everything that can be wrong with the files is found before the night begins.
    let mut judges = args.judging.judges(context)?;
    let mut baselines = baselines(&fleet, &args.fleet, &judges, context)?;
    let gate = args.gate.read()?;
    let declared = declared::paths(&fleet, &args.fleet)?;
    let file = args.history.of_fleet(&args.fleet);
    recording::check(file.as_deref())?;
    let request = fleet::request(&fleet);
    let options = args.judging.options(context);
    let of_another_night = match args.collected {
        true => collection::is_of(&request, &args.inventory, &options.as_of)?,
        false => {
            let sealed = Collection { request, target: &args.inventory, resume: args.resume }.run(context)?;
            context.note(&format!("wrote {}: {}", args.inventory.display(), collect::summary(&sealed)));
            None
        }
    };
    let inventory = read(&args.inventory, context)?;
    assign_tiers(&fleet, &inventory, &mut baselines, &mut judges.baseline);
    let night = Night { fleet: &fleet, baselines: &baselines, judges: &judges, options: &options };
    let (declared, mut gaps) = declared::read(&declared, &fleet, &options.as_of, context);
    let compared = declared.as_ref().map(|declared| night.drift(declared, &inventory, &gate, context));
    let scopes = inventory.scopes.clone();
    let mut results = night.judge(inventory);
    let mut drifted = None;
    if let Some((drift, more, of_history)) = compared {
        results.drift = drift;
        gaps.extend(more);
        drifted = Some(of_history);
    }
    let is_whole = gaps.is_empty();
    results.gaps.extend(gaps);
    results.gaps.extend(of_another_night);
    results.accounts = accounts(&fleet);
    judges.waive(&mut results, None).iter().for_each(|note| context.note(note));
    judges.report_frameworks(&mut results);
    let drifted = drifted.map(|drift| DriftRecord { is_whole, drifts: history::drifts_of(&results.drift), ..drift });
    let looked = Looked {
        scopes: &scopes,
        now: context.now,
        drift: drifted,
        engines: Some(judges.baseline.engines()),
        targets: judges.baseline.targets().clone(),
    };
    let recorded = recording::record(file.as_deref(), &mut results, looked, context);
    // What was found is told, whether it could be recorded or not.
    write_all(&outputs, &results, context)?;
    recorded?;
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
    let is_embedded = EMBEDDED.iter().any(|(embedded, _)| *embedded == name);
    match (name.contains(['/', '\\', '.']) && !is_embedded, file.parent()) {
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

/// By what a night is judged.
struct Night<'a> {
    fleet: &'a Fleet,
    baselines: &'a Baselines,
    judges: &'a Judges,
    options: &'a Options,
}

impl Night<'_> {
    fn settings(&self, resource: &Resource) -> &AccountSettings {
        resource.scope.account.as_ref().map_or(&self.fleet.defaults, |account| self.fleet.settings(account))
    }

    fn baseline(&self, name: Option<&Arc<str>>) -> &Baseline {
        name.and_then(|name| self.baselines.get(name)).unwrap_or(&self.judges.baseline)
    }

    /// Judges each account by its own baseline, or else by that of the command line.
    fn judge(&self, mut inventory: Inventory) -> Results {
        let mut by_baseline: BTreeMap<Option<Arc<str>>, Vec<Resource>> = BTreeMap::new();
        for resource in std::mem::take(&mut inventory.resources) {
            by_baseline.entry(self.settings(&resource).baseline.clone()).or_default().push(resource);
        }
        let judge = |(name, resources): (Option<Arc<str>>, Vec<Resource>)| {
            let inventory = Inventory { resources, ..inventory.clone() };
            evaluate(inventory, &self.judges.policies, self.baseline(name.as_ref()), self.options)
        };
        // A fleet without a database is judged too, as what it is: nothing.
        let first = judge(by_baseline.pop_first().unwrap_or_default());
        merge(first, by_baseline.into_iter().map(judge).collect())
    }

    /// Compares what the fleet file says is declared with what runs.
    fn drift(
        &self,
        input: &declared::Declared,
        running: &Inventory,
        gate: &DriftGate,
        context: &Context,
    ) -> (DriftReport, Vec<Gap>, DriftRecord) {
        let how = How { against: Against::Declared, now: self.options.as_of.parse().unwrap_or(context.now) };
        let mut compared = drift::compare(&input.inventory, running, &how);
        let names: Vec<&Arc<str>> = self.baselines.keys().collect();
        let position = |resource: &Resource| {
            let named = self.settings(resource).baseline.as_ref();
            named.and_then(|name| names.iter().position(|known| *known == name)).map_or(0, |position| position + 1)
        };
        let judged = Judged {
            policies: &self.judges.policies,
            baselines: std::iter::once(&self.judges.baseline).chain(self.baselines.values()).collect(),
            baseline_of: &position,
            options: self.options,
            gate,
        };
        judged.judge(&mut compared, how.against);
        let mut findings = drift::as_findings(&compared.drifts, &input.inventory);
        findings.places = input.folders.borrow_mut().in_source(&findings).places;
        drift::take_places(&mut compared.drifts, &findings);
        let declared = self.declared(&compared);
        let mut gaps = std::mem::take(&mut compared.gaps);
        gaps.extend(input.inventory.gaps.iter().cloned());
        let report = judged.report(compared, how.against);
        comparing::tell(&report, context);
        (report, gaps, declared)
    }

    /// What runs and is declared, and what of that comes from approved modules.
    fn declared(&self, compared: &Compared<'_>) -> DriftRecord {
        let pairs = compared.running.iter().filter_map(|(running, by)| Some((*running, (*by)?)));
        let mut declared = DriftRecord::default();
        for (running, by) in pairs {
            declared.declared.push(Arc::clone(&running.id));
            if let Some(is_approved) = coverage::is_approved(by, self.judges.baseline.approved_modules()) {
                let approved = declared.approved.get_or_insert_default();
                approved.extend(is_approved.then(|| Arc::clone(&running.id)));
            }
        }
        declared
    }
}

/// What people call the accounts that are listed, and who owns what is in them.
fn accounts(fleet: &Fleet) -> BTreeMap<Arc<str>, AccountInfo> {
    let info =
        |account: &FleetAccount| AccountInfo { name: account.name.clone(), owner: account.settings.owner.clone() };
    fleet.accounts.iter().map(|(id, account)| (Arc::clone(id), info(account))).collect()
}

/// Gives the accounts the tiers that the fleet file names, each in the baseline that judges it.
fn assign_tiers(fleet: &Fleet, inventory: &Inventory, baselines: &mut Baselines, usual: &mut Baseline) {
    let accounts: BTreeSet<&Arc<str>> = inventory.resources.iter().filter_map(|of| of.scope.account.as_ref()).collect();
    for account in accounts {
        let settings = fleet.settings(account);
        let named = settings.baseline.as_ref().and_then(|name| baselines.get_mut(name));
        if let Some(tier) = &settings.tier {
            // That the baseline has the tier was checked before.
            let _ = named.unwrap_or(&mut *usual).assign_account(account, tier);
        }
    }
}
