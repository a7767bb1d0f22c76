//! What `drift` and `audit` do alike: compare two sides, ask the rules, take out what is ignored, count what is covered.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};
use rustc_hash::FxHashMap;

use super::CliError;
use super::shared::Context;
use crate::baseline::Baseline;
use crate::diagnostic::Diagnostic;
use crate::drift::coverage::{self, Running};
use crate::drift::golden::against_golden;
use crate::drift::ignore::{self, IgnoreRule};
use crate::drift::{self, Compared, DriftOf, Judges};
use crate::evaluate::Options;
use crate::model::{Against, Drift, DriftClass, DriftReport, DriftedResource, FactMap, IgnoreUse, Resource};
use crate::policy::Policies;

/// Which drift is told, and which fails the gate.
#[derive(Args, Debug)]
#[command(next_help_heading = "Drift")]
pub(super) struct GateArgs {
    /// Fail on drift of these classes: changed, undeclared, missing, unmanaged, replaced; or none
    #[arg(
        long,
        value_name = "CLASS",
        value_delimiter = ',',
        default_value = "changed,undeclared,missing,unmanaged,replaced",
        value_parser = class
    )]
    fail_on_drift: Vec<FailOn>,
    /// A file of ignore rules, beside those of the baseline (repeatable)
    #[arg(long = "ignore", value_name = "FILE", value_hint = ValueHint::FilePath)]
    ignore: Vec<PathBuf>,
}

/// A word of `--fail-on-drift`: a class, or `none`.
type FailOn = Option<DriftClass>;

fn class(text: &str) -> Result<FailOn, String> {
    if text == "none" {
        return Ok(None);
    }
    let class: DriftClass = text.parse().map_err(|_| {
        let classes = DriftClass::ALL.iter().filter(|class| class.can_fail()).map(|class| class.as_str());
        format!("expected one of {}, none", classes.collect::<Vec<_>>().join(", "))
    })?;
    match class.can_fail() {
        true => Ok(Some(class)),
        false => Err(format!("`{class}` drift is reported and never fails: {}", class.meaning())),
    }
}

/// What drift is held against.
#[derive(Debug)]
pub(super) struct DriftGate {
    /// The classes on which it fails.
    fail_on: Vec<DriftClass>,
    ignores: Vec<IgnoreRule>,
}

impl GateArgs {
    /// Reads what was asked for, and the files of ignore rules.
    pub(super) fn read(&self) -> Result<DriftGate, CliError> {
        Ok(DriftGate { fail_on: self.fail_on()?, ignores: self.ignores()? })
    }

    fn fail_on(&self) -> Result<Vec<DriftClass>, CliError> {
        let mut classes: Vec<DriftClass> = self.fail_on_drift.iter().copied().flatten().collect();
        // Whichever of the two was meant, the other would be wrong: a gate that is off, or one that fails.
        if !classes.is_empty() && self.fail_on_drift.contains(&None) {
            return Err(CliError::Usage {
                message: "`--fail-on-drift` names `none` and classes to fail on".into(),
                help: "give `none` alone to fail on no drift, or leave it out".into(),
            });
        }
        classes.sort();
        classes.dedup();
        Ok(classes)
    }

    fn ignores(&self) -> Result<Vec<IgnoreRule>, CliError> {
        let mut rules = Vec::new();
        let mut errors = Vec::new();
        for file in &self.ignore {
            match ignores(file) {
                Ok(read) => rules.extend(read),
                Err(found) => errors.extend(found),
            }
        }
        if errors.is_empty() { Ok(rules) } else { Err(errors.into()) }
    }
}

fn ignores(file: &Path) -> Result<Vec<IgnoreRule>, Vec<Diagnostic>> {
    let name = file.display().to_string().replace('\\', "/");
    let unreadable = |why: String| {
        vec![
            Diagnostic::new(format!("ignore file `{name}` cannot be read: {why}"))
                .help("give a YAML file that you may read, with a list under `ignore`"),
        ]
    };
    let bytes = std::fs::read(file).map_err(|error| unreadable(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8".to_owned()))?;
    ignore::parse(&name, &text)
}

/// By what drift is judged.
pub(super) struct Judged<'a> {
    pub(super) policies: &'a Policies,
    /// The baseline of each account, and of what is of no account.
    pub(super) baselines: Vec<&'a Baseline>,
    /// The position of a resource's baseline among them.
    pub(super) baseline_of: &'a dyn Fn(&Resource) -> usize,
    pub(super) options: &'a Options,
    pub(super) gate: &'a DriftGate,
}

impl Judged<'_> {
    fn baseline(&self, resource: &Resource) -> Option<&Baseline> {
        self.baselines.get((self.baseline_of)(resource)).copied()
    }

    fn tier(&self, resource: &Resource) -> Arc<str> {
        let tier = self.baseline(resource).and_then(|baseline| {
            let tier = baseline.tiers().get(usize::from(baseline.assign(resource).tier))?;
            Some(Arc::clone(&tier.name))
        });
        tier.unwrap_or_else(|| Arc::from(""))
    }

    /// Adds what differs from the parameters that the baselines want, then asks the rules what each drift does.
    pub(super) fn judge(&self, compared: &mut Compared<'_>, against: Against) {
        if against == Against::Declared {
            self.add_golden(compared);
        }
        self.find_effects(compared);
    }

    fn add_golden(&self, compared: &mut Compared<'_>) {
        for (position, baseline) in self.baselines.iter().enumerate() {
            let of_baseline = |(running, _): &&(&Resource, _)| (self.baseline_of)(running) == position;
            let running: Vec<_> = compared.running.iter().filter(of_baseline).copied().collect();
            let tier = |resource: &Resource| self.tier(resource);
            compared.drifts.extend(against_golden(baseline.golden_parameters(), &running, &tier));
        }
    }

    fn find_effects(&self, compared: &mut Compared<'_>) {
        let of = |of: &DriftOf<'_>| of.running.or(of.declared).map_or(0, |resource| (self.baseline_of)(resource));
        compared.drifts.sort_by_key(of);
        for of_baseline in compared.drifts.chunk_by_mut(|a, b| of(a) == of(b)) {
            let position = of_baseline.first().map_or(0, of);
            let Some(baseline) = self.baselines.get(position) else { continue };
            let running = compared.running.iter().map(|(running, _)| *running);
            let running: Vec<&Resource> = running.filter(|running| (self.baseline_of)(running) == position).collect();
            let judges = Judges { policies: self.policies, baseline, options: self.options };
            drift::find_effects(of_baseline, &running, &judges);
        }
    }

    /// The report: what is not ignored, with tiers, by rank; and what was compared.
    pub(super) fn report(&self, compared: Compared<'_>, against: Against) -> DriftReport {
        let Compared { drifts, mut comparison, running, .. } = compared;
        let mut tags = TagsOf::default();
        let mut drifts: Vec<Drift> = drifts.into_iter().map(|of| self.with_tier(of, &mut tags)).collect();
        comparison.ignores = self.ignore(&mut drifts, &tags);
        comparison.fail_on.clone_from(&self.gate.fail_on);
        if against == Against::Declared {
            let tiers: Vec<Arc<str>> = running.iter().map(|(running, _)| self.tier(running)).collect();
            let counted = running.iter().zip(&tiers).map(|((resource, declared), tier)| Running {
                resource,
                tier,
                declared: *declared,
            });
            let none = Default::default();
            let approved = self.baselines.first().map_or(&none, |baseline| baseline.approved_modules());
            comparison.coverage = coverage::coverage(counted, approved);
        }
        drift::rank(&mut drifts);
        DriftReport { drifts, comparison: Some(comparison) }
    }

    fn ignore<'r>(&self, drifts: &mut Vec<Drift>, tags: &TagsOf<'r>) -> Vec<IgnoreUse> {
        let of_baselines = self.baselines.iter().flat_map(|baseline| baseline.ignores());
        let tags = |drift: &Drift| -> Option<&'r FactMap> { tags.get(&Arc::as_ptr(&drift.resource)).copied() };
        ignore::apply(drifts, of_baselines.chain(&self.gate.ignores), &self.options.as_of, &tags)
    }

    /// The tier is that of what runs, since the rules were asked about that.
    fn with_tier<'r>(&self, of: DriftOf<'r>, tags: &mut TagsOf<'r>) -> Drift {
        let mut drift = of.drift;
        if let Some(resource) = of.running.or(of.declared) {
            drift.resource = Arc::new(DriftedResource { tier: self.tier(resource), ..drift.resource.as_ref().clone() });
            let of_resource = resource.facts.map(crate::facts::catalogue::TAGS);
            tags.extend(of_resource.map(|of_resource| (Arc::as_ptr(&drift.resource), of_resource)));
        }
        drift
    }
}

/// The tags of what drifted. Addresses repeat where states are many, so each drift is known by its own resource.
type TagsOf<'r> = FxHashMap<*const DriftedResource, &'r FactMap>;

/// Says what is odd about the ignore rules.
pub(super) fn tell(report: &DriftReport, context: &Context) {
    let uses = report.comparison.as_ref().map_or(&[][..], |comparison| &comparison.ignores);
    ignore::notes(uses).iter().for_each(|note| context.note(note));
}
