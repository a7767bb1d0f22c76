//! What a run found: the one canonical report that every output format is made from.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::kind::word_enum;
use super::{
    Coming, DriftReport, FactState, FindingAge, Fix, FrameworkReport, Gap, HistoryReport, Location, Place, Places,
    Resource, Rule, Severity, SourceInfo, Tier, TierAssignment, WaivedBy, WaiverReport, WaiverUse,
};

word_enum! {
    /// The outcome of one rule on one resource.
    Verdict, "verdict" {
        /// The rule holds.
        Pass = "pass",
        /// The rule does not hold.
        Fail = "fail",
        /// A fact that the rule needs is not known: neither pass nor fail.
        Unknown = "unknown",
        /// The rule raised an error: nothing was proven.
        Error = "error",
        /// The rule does not hold, and somebody accepted that, for now.
        Waived = "waived",
        /// The rule has no meaning for this resource.
        NotApplicable = "not_applicable",
    }
}

/// An outcome that one or many resources share: a verdict is a pure function of the facts that the rule reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// What the rule says: violations of a fail, the reason of anything else that is not a pass; sorted. Of a waived one
    /// the violations, then the waiver.
    pub messages: Vec<Arc<str>>,
    /// What waived it, when it is waived.
    #[serde(skip)]
    pub waived_by: Option<WaivedBy>,
    /// The states of the facts read, in the order of `Rule::reads`; sensitive values are never among them.
    #[serde(skip)]
    pub facts: Vec<FactState>,
}

/// All verdicts of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleVerdicts {
    /// Index into `Results::rules`.
    pub rule: usize,
    /// The distinct outcomes. INVARIANT: in the order in which resources first show them.
    pub outcomes: Vec<Outcome>,
    /// (index into `Results::resources`, index into `outcomes`). INVARIANT: sorted by resource.
    pub verdicts: Vec<(u32, u32)>,
}

/// How many verdicts of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerdictCounts {
    /// Rules that hold.
    pub pass: usize,
    /// Rules that do not.
    pub fail: usize,
    /// Not known.
    pub unknown: usize,
    /// Errors.
    pub error: usize,
    /// Accepted failures.
    pub waived: usize,
    /// Without meaning here.
    pub not_applicable: usize,
}

impl VerdictCounts {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Pass => self.pass += 1,
            Verdict::Fail => self.fail += 1,
            Verdict::Unknown => self.unknown += 1,
            Verdict::Error => self.error += 1,
            Verdict::Waived => self.waived += 1,
            Verdict::NotApplicable => self.not_applicable += 1,
        }
    }

    /// These and others.
    fn and(self, other: Self) -> Self {
        Self {
            pass: self.pass + other.pass,
            fail: self.fail + other.fail,
            unknown: self.unknown + other.unknown,
            error: self.error + other.error,
            waived: self.waived + other.waived,
            not_applicable: self.not_applicable + other.not_applicable,
        }
    }

    /// All of them.
    pub fn total(&self) -> usize {
        self.pass + self.fail + self.unknown + self.error + self.waived + self.not_applicable
    }

    /// Those that say something: pass, fail, waived.
    pub fn decided(&self) -> usize {
        self.pass + self.fail + self.waived
    }
}

/// What judged, with what, as of when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunInfo {
    /// dbkeel's version.
    pub version: Arc<str>,
    /// The instant that rules take for now; RFC 3339, UTC, whole seconds.
    pub as_of: Arc<str>,
    /// The baseline's name.
    pub baseline: Arc<str>,
    /// SHA-256 of the baseline file.
    pub baseline_sha256: Arc<str>,
    /// SHA-256 over all rules that were used.
    pub policies_sha256: Arc<str>,
    /// The severity from which the gate fails.
    pub fail_on: Severity,
}

/// A file that a baseline is made of: its own, one that it extends, or one of engine versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineFile {
    /// Its path as it was named; of a baseline in the binary, that in dbkeel's own sources.
    pub path: Arc<str>,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: Arc<str>,
}

/// What a run found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// What judged.
    pub run: RunInfo,
    /// The files of the baseline: the one that was asked for, then what it refers to. Of several baselines, each file once.
    pub baseline_files: Vec<BaselineFile>,
    /// What was read.
    pub sources: Vec<SourceInfo>,
    /// The tiers of the baseline.
    pub tiers: Vec<Tier>,
    /// Every judged resource. INVARIANT: sorted by id, then source.
    pub resources: Vec<Resource>,
    /// The tier of each resource, by the same index.
    pub assignments: Vec<TierAssignment>,
    /// Every rule that the baseline uses. INVARIANT: sorted by id.
    pub rules: Vec<Arc<Rule>>,
    /// The verdicts of each rule, by the same index as `rules`.
    pub verdicts: Vec<RuleVerdicts>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
    /// What drifted.
    pub drift: DriftReport,
    /// Every managed resource that the sources hold.
    pub resources_seen: usize,
    /// What will fail when the baseline changes; by day, the gravest first. It fails no gate.
    pub coming: Vec<Coming>,
    /// Where the findings are in the source that declares their resources.
    pub places: Places,
    /// What became of the waivers; `None` when the run had none.
    pub waivers: Option<WaiverReport>,
    /// What it shows of the frameworks that were asked for, in that order.
    pub frameworks: Vec<FrameworkReport>,
    /// What the fleet file says of accounts, by id; empty without one.
    pub accounts: BTreeMap<Arc<str>, AccountInfo>,
    /// What the history tells of it; `None` when the run is not recorded.
    pub history: Option<HistoryReport>,
    /// Which failures stood before the change that was judged; `None` when nobody asked.
    pub standing: Option<Standing>,
}

word_enum! {
    /// How a failure stands to the change that was judged.
    Stood, "standing" {
        /// It was there before, and the change makes it no worse.
        Before = "stood_before",
        /// It was there before, and the change makes it worse.
        Worse = "worse",
        /// The change brings it.
        New = "new",
    }
}

/// The failures that stood before a plan, no worse or worse after it, by the indices of rule and resource. The others are new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    stood: BTreeMap<(usize, u32), Stood>,
    before: usize,
}

impl FromIterator<((usize, u32), Stood)> for Standing {
    fn from_iter<I: IntoIterator<Item = ((usize, u32), Stood)>>(failures: I) -> Self {
        let stood: BTreeMap<_, _> = failures.into_iter().collect();
        let before = stood.values().filter(|stood| **stood == Stood::Before).count();
        Self { stood, before }
    }
}

impl Standing {
    /// How the failure of this rule on this resource stands.
    pub fn of(&self, rule: usize, resource: u32) -> Stood {
        self.stood.get(&(rule, resource)).copied().unwrap_or(Stood::New)
    }

    /// How many failures stood before, and got no worse.
    pub fn before(&self) -> usize {
        self.before
    }
}

/// What the fleet file says of an account, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AccountInfo {
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Arc<str>>,
    /// Who owns its databases, where their tags do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Arc<str>>,
}

/// One verdict with everything that a report needs to show it.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The resource.
    pub resource: &'a Resource,
    /// Its tier.
    pub tier: &'a Tier,
    /// Why that tier.
    pub tier_reason: &'a str,
    /// The outcome.
    pub outcome: &'a Outcome,
    /// What waived it, when it is waived.
    pub waiver: Option<&'a WaiverUse>,
    /// What mends it for certain.
    pub fix: Option<&'a Fix>,
    at: At<'a>,
}

/// Where a finding stands in a run: the indices of its rule and its resource.
#[derive(Clone, Copy)]
struct At<'a> {
    results: &'a Results,
    rule: usize,
    resource: u32,
}

impl fmt::Debug for At<'_> {
    // Without the whole run.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("At").field(&self.rule).field(&self.resource).finish()
    }
}

impl<'a> Finding<'a> {
    /// How much it matters in the resource's tier.
    pub fn severity(&self) -> Severity {
        self.tier.severity_of(self.rule)
    }

    /// How the failure stands to the change that was judged; `None` where nobody asked, and of what is no failure.
    pub fn stood(&self) -> Option<Stood> {
        let At { results, rule, resource } = self.at;
        let standing = results.standing.as_ref().filter(|_| self.outcome.verdict == Verdict::Fail);
        standing.map(|standing| standing.of(rule, resource))
    }

    /// Whether it is a failure that stood before the change that was judged, which makes it no worse.
    pub fn stood_before(&self) -> bool {
        self.stood() == Some(Stood::Before)
    }

    /// Where it is in the source, when source was read; looked for when it is asked for, and once.
    pub fn place(&self) -> Option<&'a Place> {
        let At { results, rule, resource } = self.at;
        results.places.of(results, self, rule, resource)
    }

    /// How old it is, when the run is recorded and it is open.
    pub fn age(&self) -> Option<&'a FindingAge> {
        let At { results, rule, resource } = self.at;
        results.history.as_ref()?.age(rule, resource)
    }

    /// Whether it was open until this run, and the run is recorded.
    pub fn was_closed(&self) -> bool {
        let At { results, rule, resource } = self.at;
        results.history.as_ref().is_some_and(|history| history.was_closed(rule, resource))
    }

    /// The indices of its rule and its resource.
    pub(crate) fn indices(&self) -> (usize, u32) {
        (self.at.rule, self.at.resource)
    }

    /// Where to look: the line of the source that decides the finding, else the file that the resource was read from.
    pub fn location(&self) -> &'a Location {
        let of_source = self.place().and_then(|place| place.location.as_ref());
        of_source.unwrap_or(&self.resource.location)
    }

    /// What the line does not say by itself.
    pub fn note(&self) -> Option<&'a str> {
        self.place()?.note.as_ref().map(super::Text::as_str)
    }

    /// The messages as one text.
    pub fn message(&self) -> String {
        self.outcome.messages.join("; ")
    }

    /// The path of the source, where several sources of the run hold a resource of that type and id.
    pub fn source_of_twin(&self) -> Option<&'a str> {
        self.at.results.source_of_twin(self.at.resource)
    }

    /// An identity that survives moved lines and changes with the rule or the resource: lower-case hexadecimal SHA-256. Where
    /// several sources of the run hold a resource of that type and id, as the states of two environments do, it changes with the
    /// source, too.
    pub fn fingerprint(&self) -> String {
        let (rule, resource) = (self.rule.id.as_ref(), self.resource);
        match self.source_of_twin() {
            None => fingerprint(&[rule, resource.resource_type, &resource.id]),
            Some(source) => fingerprint(&[rule, resource.resource_type, &resource.id, &as_usual(source)]),
        }
    }
}

/// A path as it is usually written: `./states//prod.json` is `states/prod.json`. Whether a link stands before a `..` only the file system
/// could tell.
fn as_usual(path: &str) -> String {
    let segments = path.split(std::path::is_separator);
    let told = segments.enumerate().filter(|(place, segment)| match *segment {
        "" => *place == 0,
        segment => segment != ".",
    });
    told.map(|(_, segment)| segment).collect::<Vec<_>>().join("/")
}

/// An identity made of parts: lower-case hexadecimal SHA-256.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in ["dbkeel/v1"].iter().chain(parts) {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Results {
    /// The path of a resource's source, where another source has one of the same type and id.
    fn source_of_twin(&self, position: u32) -> Option<&str> {
        let resource = self.resources.get(position as usize)?;
        let is_twin = |other: Option<&Resource>| {
            other.is_some_and(|other| (other.resource_type, &other.id) == (resource.resource_type, &resource.id))
        };
        // Those of one id stand side by side.
        let before = position.checked_sub(1).and_then(|before| self.resources.get(before as usize));
        let twins = is_twin(before) || is_twin(self.resources.get(position as usize + 1));
        let source = twins.then(|| self.sources.get(resource.source as usize))?;
        source.map(|source| source.path.as_ref())
    }

    /// A run that judged nothing.
    pub fn unjudged(run: RunInfo, sources: Vec<SourceInfo>, tiers: Vec<Tier>) -> Self {
        Self {
            run,
            baseline_files: Vec::new(),
            sources,
            tiers,
            resources: Vec::new(),
            assignments: Vec::new(),
            rules: Vec::new(),
            verdicts: Vec::new(),
            gaps: Vec::new(),
            drift: DriftReport::default(),
            resources_seen: 0,
            coming: Vec::new(),
            places: Places::default(),
            waivers: None,
            frameworks: Vec::new(),
            accounts: BTreeMap::new(),
            history: None,
            standing: None,
        }
    }

    /// Every verdict of the wanted sorts: by rule id, then resource.
    pub fn findings<'a>(&'a self, wanted: &'a [Verdict]) -> impl Iterator<Item = Finding<'a>> + 'a {
        self.verdicts.iter().flat_map(move |of_rule| {
            of_rule.verdicts.iter().filter_map(move |(resource, outcome)| {
                let outcome = of_rule.outcomes.get(*outcome as usize)?;
                if !wanted.contains(&outcome.verdict) {
                    return None;
                }
                self.finding(of_rule.rule, *resource, outcome)
            })
        })
    }

    /// One verdict of a rule on a resource, by their indices, with everything that a report needs to show it.
    pub fn finding<'a>(&'a self, rule: usize, resource: u32, outcome: &'a Outcome) -> Option<Finding<'a>> {
        let assignment = self.assignments.get(resource as usize)?;
        Some(Finding {
            rule: self.rules.get(rule)?,
            resource: self.resources.get(resource as usize)?,
            tier: self.tiers.get(assignment.tier as usize)?,
            tier_reason: &assignment.reason,
            outcome,
            waiver: outcome.waived_by.as_ref().and_then(|waived| self.waiver(waived)),
            fix: self.places.fix(rule, resource),
            at: At { results: self, rule, resource },
        })
    }

    /// How much a failure of a rule matters, by tier.
    pub fn severities(&self, rule: &Rule) -> Vec<Severity> {
        self.tiers.iter().map(|tier| tier.severity_of(rule)).collect()
    }

    /// The most that a failure of a rule may matter in this run, whatever the tier.
    pub fn gravest(&self, rule: &Rule) -> Severity {
        self.severities(rule).into_iter().max().unwrap_or(rule.severity)
    }

    fn waiver(&self, waived: &WaivedBy) -> Option<&WaiverUse> {
        self.waivers.as_ref()?.entries.get(waived.waiver as usize)
    }

    /// How many verdicts of each sort, over everything.
    pub fn counts(&self) -> VerdictCounts {
        let of_rule = |of_rule: &RuleVerdicts| {
            // Outcomes lie all over the memory.
            let verdicts: Vec<Verdict> = of_rule.outcomes.iter().map(|outcome| outcome.verdict).collect();
            let mut counts = VerdictCounts::default();
            let verdicts = of_rule.verdicts.iter().filter_map(|(_, outcome)| verdicts.get(*outcome as usize));
            verdicts.for_each(|verdict| counts.add(*verdict));
            counts
        };
        self.verdicts.par_iter().map(of_rule).reduce(VerdictCounts::default, VerdictCounts::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_however_it_is_typed() {
        for typed in ["states/prod.json", "./states/prod.json", "states//./prod.json", "././states/prod.json"] {
            assert_eq!(as_usual(typed), "states/prod.json", "{typed}");
        }
        assert_eq!(as_usual("/states/./prod.json"), "/states/prod.json");
        assert_eq!(as_usual("../states/prod.json"), "../states/prod.json");
        assert_eq!(as_usual("-"), "-");
    }
}
