//! What differs between two inventories that should agree.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use super::kind::word_enum;
use super::results::fingerprint;
use super::{FactPath, Kind, Location, Pending, Place, Provider, Scope, Severity, Text, Value, Verdict};

word_enum! {
    /// What a difference is.
    DriftClass, "class of drift" {
        /// Declared, and what runs is different.
        Changed = "changed",
        /// The configuration omits it, so that Terraform is blind to it, and it is not what creation would have given.
        Undeclared = "undeclared",
        /// What is declared waits for a window or a reboot; or something else does.
        Pending = "pending",
        /// The provider is expected to make such a change by itself.
        Expected = "expected",
        /// Declared, and nothing runs.
        Missing = "missing",
        /// It runs, and nothing declares it.
        Unmanaged = "unmanaged",
        /// Another database runs under the identifier of the one that is recorded.
        Replaced = "replaced",
        /// What runs could not be seen, so nothing can be said.
        Unverifiable = "unverifiable",
    }
}

impl DriftClass {
    /// Whether the gate may fail on it: what waits, is expected or could not be seen is nobody's fault.
    pub const fn can_fail(self) -> bool {
        matches!(self, Self::Changed | Self::Undeclared | Self::Missing | Self::Unmanaged | Self::Replaced)
    }

    /// What it means, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Changed => "declared, and what runs is different",
            Self::Undeclared => "the configuration omits it, and it is not what creation would have given",
            Self::Pending => "waits for a window or a reboot",
            Self::Expected => "a change that the provider makes by itself",
            Self::Missing => "declared, and nothing runs",
            Self::Unmanaged => "runs, and nothing declares it",
            Self::Replaced => "another database runs under the recorded one's identifier",
            Self::Unverifiable => "what runs could not be seen",
        }
    }
}

word_enum! {
    /// What something that runs was compared with.
    Against, "side of a comparison" {
        /// What Terraform declares: a plan, a state, configuration.
        Declared = "declared",
        /// The parameters that the baseline wants.
        Golden = "golden",
        /// An earlier inventory of the same fleet.
        Earlier = "earlier",
        /// Another environment.
        Environment = "environment",
        /// What a plan recorded before it looked (`resource_drift`): Terraform's own comparison.
        Plan = "plan",
    }
}

word_enum! {
    /// Who moved a fact, as far as three sides tell.
    Mover, "mover" {
        /// What runs is not what was recorded: somebody, or something, changed it outside Terraform.
        Outside = "outside",
        /// What is declared is not what was recorded: a change was merged and never applied.
        Unapplied = "unapplied",
        /// Both.
        Both = "both",
    }
}

/// A resource that drifted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DriftedResource {
    /// The Terraform address, where something declares it; else what runs' id (an ARN).
    pub id: Arc<str>,
    /// The id of what runs, an ARN; `None` when nothing does, or it is not known which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub running_id: Option<Arc<str>>,
    /// The type in Terraform's words.
    #[serde(rename = "type")]
    pub resource_type: Arc<str>,
    /// What it is; `None` for a type that has no facts of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Who runs it.
    pub provider: Provider,
    /// The name that the provider knows it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Arc<str>>,
    /// Where it lives.
    #[serde(flatten)]
    pub scope: Scope,
    /// Its tier; empty when no baseline was asked.
    #[serde(skip_serializing_if = "is_empty")]
    pub tier: Arc<str>,
    /// Where it is declared, or the file that it was read from; without a name where a plan tells no more.
    #[serde(skip_serializing_if = "is_nowhere")]
    pub location: Location,
}

fn is_nowhere(location: &Location) -> bool {
    location.file.is_empty()
}

fn is_empty(text: &Arc<str>) -> bool {
    text.is_empty()
}

/// What of a resource drifted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DriftSubject {
    /// One fact, or one key of a fact that is read by key.
    Fact(FactPath),
    /// An attribute in Terraform's own words, where no fact stands for it.
    Attribute(Arc<str>),
    /// Its identifier.
    Name,
    /// The resource as a whole.
    Resource,
}

impl fmt::Display for DriftSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fact(path) => path.fmt(f),
            Self::Attribute(attribute) => f.write_str(attribute),
            Self::Name => f.write_str("identifier"),
            Self::Resource => f.write_str("resource"),
        }
    }
}

/// What a drifted fact does to the verdict of one rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DriftEffect {
    /// The rule's id.
    pub rule: Arc<str>,
    /// How much the rule matters.
    pub severity: Severity,
    /// The verdict if the resource had the declared value.
    pub declared: Verdict,
    /// The verdict on what runs.
    pub running: Verdict,
    /// What the rule says of what runs, when it fails: what the baseline asks for.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub messages: Vec<Arc<str>>,
}

impl DriftEffect {
    /// Whether what runs fails and what is declared does not.
    pub fn is_worse(&self) -> bool {
        self.running == Verdict::Fail && self.declared != Verdict::Fail
    }

    /// Whether what is declared fails and what runs does not.
    pub fn is_better(&self) -> bool {
        self.declared == Verdict::Fail && matches!(self.running, Verdict::Pass | Verdict::NotApplicable)
    }
}

/// One fact of one resource that differs between two inventories; or a resource that only one of them has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// What the difference is.
    pub class: DriftClass,
    /// What was compared with what runs.
    pub against: Against,
    /// The resource.
    pub resource: Arc<DriftedResource>,
    /// What of it.
    pub subject: DriftSubject,
    /// The value that is declared, golden, earlier, or of the other environment; of an undeclared one, what creation would have
    /// given, or else what was recorded; `None` when there is none.
    pub declared: Option<Value>,
    /// The value that Terraform recorded last, where a state or a plan tells.
    pub recorded: Option<Value>,
    /// The value that runs.
    pub running: Option<Value>,
    /// The value to come at what runs, and what it waits for.
    pub pending: Option<Pending>,
    /// When that window opens next; RFC 3339, UTC.
    pub pending_at: Option<Arc<str>>,
    /// Why it is of that class, where the values do not say.
    pub reason: Option<Text>,
    /// Who moved it, where three sides tell.
    pub moved_by: Option<Mover>,
    /// The rules whose verdicts it flips, and those that what runs fails by this fact. INVARIANT: the gravest first.
    pub effects: Vec<DriftEffect>,
    /// The line that declares it, where source was read.
    pub place: Option<Place>,
    /// The attribute behind the fact in the declaring resource, in the source's own words.
    pub attribute: Option<&'static str>,
}

impl Drift {
    /// A drift of which nothing is known yet but what it is of.
    pub fn new(class: DriftClass, against: Against, resource: Arc<DriftedResource>, subject: DriftSubject) -> Self {
        Self {
            class,
            against,
            resource,
            subject,
            declared: None,
            recorded: None,
            running: None,
            pending: None,
            pending_at: None,
            reason: None,
            moved_by: None,
            effects: Vec::new(),
            place: None,
            attribute: None,
        }
    }

    /// The severity of the gravest rule that it makes fail; `None` when it makes none fail.
    pub fn severity(&self) -> Option<Severity> {
        self.effects.iter().filter(|effect| effect.is_worse()).map(|effect| effect.severity).max()
    }

    /// Whether no rule's verdict changes with it.
    pub fn is_cosmetic(&self) -> bool {
        !self.effects.iter().any(|effect| effect.is_worse() || effect.is_better())
    }

    /// The id of the rule that a report shows it under: `DBK-DRIFT-MULTI-AZ`, `DBK-DRIFT-TAGS`, `DBK-DRIFT-UNMANAGED`.
    pub fn rule_id(&self) -> String {
        let subject = match &self.subject {
            DriftSubject::Fact(path) => path.fact.def().name,
            DriftSubject::Attribute(_) => "attribute",
            DriftSubject::Name => "identifier",
            DriftSubject::Resource => self.class.as_str(),
        };
        format!("DBK-DRIFT-{}", subject.to_uppercase().replace('_', "-"))
    }

    /// An identity that survives moved lines, other values and other classes, and changes with the resource or with what of it
    /// drifted: lower-case hexadecimal SHA-256. Addresses repeat where states are many, so the account, the region and the
    /// provider's name are part of it.
    pub fn fingerprint(&self) -> String {
        let (against, subject, of) = (self.against.as_str(), self.subject.to_string(), &self.resource);
        let [account, region, name] =
            [&of.scope.account, &of.scope.region, &of.name].map(|it| it.as_deref().unwrap_or(""));
        fingerprint(&[&self.rule_id(), &of.resource_type, &of.id, against, &subject, account, region, name])
    }

    /// Where to look: the line that declares it, else the file that the resource was read from.
    pub fn location(&self) -> &Location {
        self.place.as_ref().and_then(|place| place.location.as_ref()).unwrap_or(&self.resource.location)
    }
}

/// How much of what runs is declared, of one account, tier or type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoverageRow {
    /// What is counted together: `account`, `tier`, `type`; `all` for everything.
    pub by: &'static str,
    /// Which account, tier or type.
    pub name: Arc<str>,
    /// Databases that run.
    pub running: usize,
    /// Those of them that something declares.
    pub declared: usize,
    /// Those of them that come from an approved module source; `None` where no source of modules is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<usize>,
}

/// What became of one ignore rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IgnoreUse {
    /// Its reason.
    pub reason: Arc<str>,
    /// The last day on which it holds; RFC 3339 full-date.
    pub expires: Arc<str>,
    /// Where it stands.
    pub location: Location,
    /// Whether that day is over, so that it ignores nothing.
    pub expired: bool,
    /// How many drifts it took out of the report.
    pub matched: usize,
}

/// What was compared, and what that covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The resources on the declared, earlier or first side.
    pub declared: usize,
    /// The resources that run, or of the later or second side.
    pub running: usize,
    /// The resources of both that are the same.
    pub joined: usize,
    /// The facts that were known on both sides and compared.
    pub compared: usize,
    /// How much of what runs is declared; empty when nothing declared was compared.
    pub coverage: Vec<CoverageRow>,
    /// What became of the ignore rules.
    pub ignores: Vec<IgnoreUse>,
    /// The classes on which the gate fails.
    pub fail_on: Vec<DriftClass>,
}

impl Comparison {
    /// Whether no resource is on both sides, so that nothing was proven.
    pub fn is_apart(&self) -> bool {
        self.joined == 0
    }

    /// Whether the gate fails on a drift.
    pub fn fails(&self, drift: &Drift) -> bool {
        drift.class.can_fail() && self.fail_on.contains(&drift.class)
    }

    /// How many drifts the ignore rules took out of the report.
    pub fn ignored(&self) -> usize {
        self.ignores.iter().map(|ignore| ignore.matched).sum()
    }
}

/// What drifted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DriftReport {
    /// Every drift that is not ignored. INVARIANT: sorted by rank: what matters most first.
    pub drifts: Vec<Drift>,
    /// What was compared; `None` when only plans reported drift by themselves.
    pub comparison: Option<Comparison>,
}

impl DriftReport {
    /// How many drifts are of a class.
    pub fn count(&self, class: DriftClass) -> usize {
        self.drifts.iter().filter(|drift| drift.class == class).count()
    }

    /// Whether the gate fails on a drift.
    pub fn fails(&self) -> bool {
        let Some(comparison) = &self.comparison else { return false };
        self.drifts.iter().any(|drift| comparison.fails(drift))
    }
}
