//! What is recorded of one run: plain values, made from results or by a test.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    AccountInfo, Against, Domain, DriftClass, Gap, Kind, Provider, Scope, ScopeSeen, Severity, Unseen, Verdict,
    VerdictCounts, WaiverUse,
};

/// One run, as the history takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// The instant that the rules took for now.
    pub at: jiff::Timestamp,
    /// dbkeel's version.
    pub version: Arc<str>,
    /// The baseline's name.
    pub baseline: Arc<str>,
    /// SHA-256 of the baseline file.
    pub baseline_sha256: Arc<str>,
    /// SHA-256 over all rules that were used.
    pub policies_sha256: Arc<str>,
    /// SHA-256 of what was read.
    pub source_sha256: Arc<str>,
    /// The rules that were used. INVARIANT: sorted by id.
    pub rules: Vec<RuleSeen>,
    /// The accounts and regions that were looked at; none for what is declared.
    pub scopes: Vec<ScopeSeen>,
    /// What was judged. INVARIANT: each key once.
    pub resources: Vec<ResourceSeen>,
    /// What drifted; `None` when nothing was compared.
    pub drift: Option<DriftRecord>,
    /// What became of the waivers.
    pub waivers: Vec<WaiverUse>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
    /// What people call the accounts, by id.
    pub accounts: BTreeMap<Arc<str>, AccountInfo>,
    /// What the baseline aims at, by tier and name; the empty tier is everything.
    pub targets: BTreeMap<(Arc<str>, Arc<str>), i64>,
}

/// A rule that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSeen {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// What it is about.
    pub domain: Domain,
    /// The good state, in a few words.
    pub title: Arc<str>,
}

/// A resource that was seen and judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceSeen {
    /// Its id: an ARN, or a Terraform address.
    pub key: Arc<str>,
    /// The id that the provider never gives again, where it is known: another database may get the key of one that is gone.
    pub resource_id: Option<Arc<str>>,
    /// The type in the source's own words.
    pub resource_type: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Who runs it.
    pub provider: Provider,
    /// Where it lives.
    pub scope: Scope,
    /// The name that the provider knows it by.
    pub name: Option<Arc<str>>,
    /// Its tier.
    pub tier: Arc<str>,
    /// Whose it is, where anything tells.
    pub owner: Option<Arc<str>>,
    /// Its engine, where it has one and it is known.
    pub engine: Option<Arc<str>>,
    /// What the rules said of it. INVARIANT: sorted by rule.
    pub verdicts: Vec<VerdictSeen>,
    /// Facts that change now and then, by name.
    pub facts: BTreeMap<&'static str, Measured>,
    /// Numbers that are measured anew in each run, by name.
    pub samples: BTreeMap<&'static str, i64>,
}

/// The verdict of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictSeen {
    /// An index into [`RunRecord::rules`].
    pub rule: u32,
    /// The verdict.
    pub verdict: Verdict,
    /// How much it matters in the tier of the resource.
    pub severity: Severity,
    /// The id of the waiver, of a waived one.
    pub waiver: Option<Arc<str>>,
    /// What the rule says, unless it passes or does not apply.
    pub message: Option<Arc<str>>,
}

/// What is known of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measured {
    /// Its value, as text.
    Known(Arc<str>),
    /// It could not be known; why.
    Unknown(Arc<str>),
    /// There is no such property.
    Missing,
}

/// What drifted, of a run that compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DriftRecord {
    /// The drifts.
    pub drifts: Vec<DriftSeen>,
    /// Whether everything that is declared could be read: otherwise a drift that is not found may still be there.
    pub is_whole: bool,
    /// The resources that were compared, by key: databases that something declares.
    pub declared: Vec<Arc<str>>,
    /// Those of them that come from an approved module source, by key; `None` where no module source is known.
    pub approved: Option<Vec<Arc<str>>>,
}

/// One drift. Its values are not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriftSeen {
    /// Its identity, lower-case hexadecimal.
    pub fingerprint: Arc<str>,
    /// The resource that declares it, or else what runs.
    pub resource: Arc<str>,
    /// What runs, by key.
    pub running: Option<Arc<str>>,
    /// Where it runs, as far as it is known.
    pub scope: Scope,
    /// The tier of the resource.
    pub tier: Arc<str>,
    /// What the difference is.
    pub class: DriftClass,
    /// What was compared with what runs.
    pub against: Against,
    /// What of the resource drifted.
    pub subject: Arc<str>,
    /// The severity of the gravest rule that it makes fail.
    pub severity: Option<Severity>,
}

impl RunRecord {
    /// How many verdicts of each sort.
    pub fn counts(&self) -> VerdictCounts {
        let mut counts = VerdictCounts::default();
        self.resources.iter().flat_map(|seen| &seen.verdicts).for_each(|judged| counts.add(judged.verdict));
        counts
    }

    /// Whether everything of a kind, in a place, was seen: what is not among the resources is not there.
    pub(crate) fn saw_all_of(&self, (kind, resource_type): (Kind, &str), scope: &Scope) -> bool {
        if self.scopes.is_empty() {
            return self.gaps.is_empty();
        }
        let mut here = self.scopes.iter().filter(|seen| is_in(scope, &seen.scope)).peekable();
        // What stands around databases is asked for where databases are, so nobody can tell of it when those are not known.
        let needed: &[Kind] = match kind {
            Kind::Instance | Kind::Cluster | Kind::ClusterMember => &[],
            _ => &[Kind::Instance, Kind::Cluster],
        };
        // Lists of other services tell nothing of it, but databases of any service may stand behind what is around them.
        let is_of =
            |unseen: &Unseen| unseen.kind == kind && unseen.types.iter().any(|types| resource_type.starts_with(types));
        let is_needed = |unseen: &Unseen| is_of(unseen) || needed.contains(&unseen.kind);
        if here.peek().is_none() || here.any(|seen| seen.not_whole.iter().any(is_needed)) {
            return false;
        }
        // Of an account's own resources every region tells, so one that could not be entered leaves them open.
        let Some(account) = scope.account.as_deref().filter(|_| scope.region.is_none()) else { return true };
        !self
            .gaps
            .iter()
            .any(|gap| gap.place.strip_prefix(account).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }
}

/// Whether a resource of a scope is seen by looking at another one.
fn is_in(of: &Scope, seen: &Scope) -> bool {
    of.account == seen.account && (of.region.is_none() || of.region == seen.region)
}
