//! Baselines: which rules, which tiers, which parameters, which engine versions.
//!
//! A baseline is a YAML file. [`parse`] is a pure function from its text and the loaded rules to a [`Baseline`] or to
//! everything that is wrong with it, each error with its line and column: `yaml` reads a tree with places, `raw` gives
//! it its form, `build` its meaning. What a [`Baseline`] promises: every parameter of every rule that it uses has a value
//! in every tier, within the rule's bounds, and every resource has exactly one tier.

mod assign;
mod assignments;
mod build;
mod describe;
pub mod diff;
mod drift;
mod engines;
mod golden;
mod layers;
mod limits;
mod parameters;
mod pattern;
mod phase;
mod raw;
mod remarks;
mod rules;
mod severity;
mod targets;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::yaml::problems::Problems;
use assign::Assigner;
pub use assign::Belongs;
pub use describe::{
    Assignment, ChangeDescription, ChangedParameter, ChangedSeverity, Description, DriftDescription,
    EnginesDescription, GoldenDescription, IgnoreDescription, OriginRow, ParameterRow, RuleRow, TierDescription,
};
use drift::DriftRules;
use engines::Engines;
pub use phase::{Origin, Phase};
use remarks::Remark;

use crate::diagnostic::Diagnostic;
use crate::drift::coverage::ApprovedModules;
use crate::drift::golden::GoldenSet;
use crate::drift::ignore::IgnoreRule;
use crate::model::{BaselineFile, Resource, Rule, Tier, TierAssignment};
use crate::nearest::nearest;
use crate::waiver::WaiverLimits;

/// The baselines in the binary, by name.
pub const EMBEDDED: &[(&str, &str)] = &[
    ("standard", include_str!("../baselines/standard.yaml")),
    ("startup", include_str!("../baselines/startup.yaml")),
    ("pci-dss-4.0", include_str!("../baselines/pci-dss-4.0.yaml")),
    ("hipaa", include_str!("../baselines/hipaa.yaml")),
];

/// The engine versions in the binary.
const ENGINES: &str = include_str!("../baselines/engines.yaml");
pub(crate) const ENGINES_FILE: &str = "baselines/engines.yaml";

/// What a baseline finds without a path: other baselines by their names, and the engine versions that hold where it names none.
#[derive(Clone, Copy, Debug)]
pub struct Library<'a> {
    /// Baselines, by name.
    pub baselines: &'a [(&'a str, &'a str)],
    /// Engine versions.
    pub engines: &'a str,
}

impl Library<'static> {
    /// What is in the binary.
    pub const EMBEDDED: Self = Self { baselines: EMBEDDED, engines: ENGINES };
}

impl Library<'_> {
    /// The name and the text of a baseline.
    fn find(&self, name: &str) -> Option<(&str, &str)> {
        self.baselines.iter().find(|(known, _)| *known == name).copied()
    }
}

/// Where the files of a baseline come from.
#[derive(Clone, Copy)]
struct Files<'a> {
    library: Library<'a>,
    read: Read<'a>,
}

/// Reads a file, given its path.
pub type Read<'a> = &'a dyn Fn(&str) -> io::Result<Vec<u8>>;

/// A valid baseline: which rules are used, and what they ask of whom.
#[derive(Debug)]
pub struct Baseline {
    name: Arc<str>,
    description: Arc<str>,
    sha256: String,
    /// The file that was asked for, then the one that it extends, and so on.
    files: Vec<Arc<str>>,
    /// What its digest is made of: those files, then those of engine versions.
    digests: Vec<BaselineFile>,
    /// What holds before any change that is written with a day.
    first: Phase,
    // INVARIANT: by their days. All have the tiers of the first.
    dated: Vec<Phase>,
    assigner: Assigner,
    engines: Engines,
    waiver_limits: WaiverLimits,
    drift: DriftRules,
    golden: Vec<GoldenSet>,
    targets: targets::Targets,
    notes: Vec<Diagnostic>,
    remarks: Vec<Remark>,
}

impl Baseline {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The file that its engine versions and ends of support are from, and the day on which they were taken from their sources.
    pub fn engines_from(&self) -> (&str, &str) {
        (&self.engines.file, &self.engines.retrieved)
    }

    /// SHA-256 of the file, lower-case hexadecimal; of several files, that of their digests, one a line.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Its file, then the one that it extends, and so on.
    pub fn files(&self) -> &[Arc<str>] {
        &self.files
    }

    /// The files that its digest is made of, each with its own: those of [`Baseline::files`], then those of engine versions.
    pub fn digests(&self) -> &[BaselineFile] {
        &self.digests
    }

    /// Its tiers, in the order of the file, with what they ask for before any change that is written with a day; their
    /// names and number hold always. [`Baseline::on`] has what holds on a day.
    pub fn tiers(&self) -> &[Tier] {
        &self.first.tiers
    }

    /// What it asks for at an instant; RFC 3339, or a day.
    pub fn on(&self, instant: &str) -> &Phase {
        self.parted(instant).0.last().unwrap_or(&self.first)
    }

    /// What it will ask for from later days on, by day.
    pub fn coming(&self, instant: &str) -> &[Phase] {
        self.parted(instant).1
    }

    /// What has begun, and what is to come. A day begins with its first second in UTC.
    fn parted(&self, instant: &str) -> (&[Phase], &[Phase]) {
        let day: Option<jiff::civil::Date> = instant.get(..10).and_then(|day| day.parse().ok());
        self.dated.split_at(self.dated.partition_point(|phase| phase.from() <= day))
    }

    /// The tier of a resource, and why.
    pub fn assign(&self, resource: &Resource) -> TierAssignment {
        self.assigner.assign(resource).0
    }

    /// The tier of a resource, why, and whether it belongs to it.
    pub fn place(&self, resource: &Resource) -> (TierAssignment, Belongs) {
        self.assigner.assign(resource)
    }

    /// Gives the resources of an account that none of its own entries claims a tier other than the default one.
    ///
    /// # Errors
    ///
    /// The name of the nearest tier, when none has this name.
    pub fn assign_account(&mut self, account: &str, tier: &str) -> Result<(), Option<&str>> {
        let Some(number) = (0u16..).zip(self.tiers()).find(|(_, known)| known.name.as_ref() == tier).map(|(n, _)| n)
        else {
            return Err(nearest(tier, self.tiers().iter().map(|known| known.name.as_ref())));
        };
        self.assigner.accounts.insert(account.into(), (number, format!("fleet file: account {account}").into()));
        Ok(())
    }

    /// Whether it uses a rule before any change that is written with a day.
    pub fn uses(&self, rule: &Rule) -> bool {
        self.first.uses(rule)
    }

    /// Engine versions and when their support ends, by engine and major version.
    pub fn engines(&self) -> &serde_json::Value {
        &self.engines.value
    }

    /// What it aims at, by name.
    pub fn targets(&self) -> &BTreeMap<Arc<str>, i64> {
        &self.targets
    }

    /// What it says of waivers.
    pub fn waiver_limits(&self) -> &WaiverLimits {
        &self.waiver_limits
    }

    /// The drift that it ignores.
    pub fn ignores(&self) -> &[IgnoreRule] {
        &self.drift.ignore
    }

    /// The sources of modules that databases should come from.
    pub fn approved_modules(&self) -> &ApprovedModules {
        &self.drift.approved_modules
    }

    /// The engine parameters that it wants.
    pub fn golden_parameters(&self) -> &[GoldenSet] {
        &self.golden
    }

    /// What is odd about its file at an instant, though it does no harm: what nothing reads, what is not upcoming any more.
    pub fn remarks(&self, instant: &str) -> Vec<&Diagnostic> {
        let day: Option<jiff::civil::Date> = instant.get(..10).and_then(|day| day.parse().ok());
        let odd = self.remarks.iter().filter(|remark| remark.from <= day);
        self.notes.iter().chain(odd.map(|remark| &remark.diagnostic)).collect()
    }

    /// How many rules it uses at an instant.
    pub fn rules(&self, instant: &str) -> usize {
        self.on(instant).rules.len()
    }

    /// What its author should know though it is valid, such as a rule named by an earlier id.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }
}

/// Loads a baseline: one in the binary by its name, or a file by its path.
///
/// # Errors
///
/// Everything that is wrong with the file, in its order.
pub fn load(name_or_path: &str, read: Read<'_>, rules: &[Arc<Rule>]) -> Result<Baseline, Vec<Diagnostic>> {
    load_from(Library::EMBEDDED, name_or_path, read, rules)
}

/// Loads a baseline where other baselines and engine versions than those in the binary are known by name: those of evidence
/// that another binary packed.
///
/// # Errors
///
/// Everything that is wrong with the file, in its order.
pub fn load_from(
    library: Library<'_>,
    name_or_path: &str,
    read: Read<'_>,
    rules: &[Arc<Rule>],
) -> Result<Baseline, Vec<Diagnostic>> {
    let files = Files { library, read };
    if let Some((name, text)) = library.find(name_or_path) {
        return build::baseline(&embedded_path(name), text, files, rules);
    }
    let bytes = read(name_or_path).map_err(|error| vec![unreadable(name_or_path, &error)])?;
    let text = decode(name_or_path, bytes)?;
    build::baseline(name_or_path, &text, files, rules)
}

/// What the file of a baseline in the binary is called.
pub(crate) fn embedded_path(name: &str) -> String {
    format!("baselines/{name}.yaml")
}

/// Reads a baseline from its text. A file of engine versions that it refers to cannot be read from here.
///
/// # Errors
///
/// Everything that is wrong with the text, in its order.
pub fn parse(name: &str, text: &str, rules: &[Arc<Rule>]) -> Result<Baseline, Vec<Diagnostic>> {
    let nowhere = |_: &str| Err(io::Error::new(io::ErrorKind::NotFound, "there is no folder to look in"));
    build::baseline(name, text, Files { library: Library::EMBEDDED, read: &nowhere }, rules)
}

/// The names of the baselines in the binary, for people.
fn names() -> String {
    EMBEDDED.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let looks_like_a_name = !path.contains(['/', '\\', '.']);
    let help = format!("a baseline is the path of a file, or one of {}", names());
    match error.kind() {
        io::ErrorKind::NotFound if looks_like_a_name => {
            Diagnostic::new(format!("no baseline is named `{path}`")).help(help)
        }
        _ => Diagnostic::new(format!("baseline `{path}` cannot be read: {error}")).help(help),
    }
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Vec<Diagnostic>> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let text = String::from_utf8_lossy(valid);
        let line = text.matches('\n').count() + 1;
        let column = text.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let place = (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
        let problems = Problems::new(name, &text);
        vec![problems.diagnostic(place, "the file is not UTF-8").help("save it as UTF-8")]
    })
}
