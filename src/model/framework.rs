//! What a run shows of the controls of a framework.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use super::VerdictCounts;
use super::kind::word_enum;

word_enum! {
    /// How far rules can tell whether a control is met.
    Assessment, "degree of assessment" {
        /// Rules test everything that the control asks of a database.
        Automated = "automated",
        /// Rules test a part; a person has to look at the rest.
        Partial = "partial",
        /// No rule tests anything of it.
        Manual = "manual",
    }
}

word_enum! {
    /// Where a control stands after a run, as far as [`Assessment`] reaches.
    ControlStatus, "control status" {
        /// Everything that was tested holds.
        Satisfied = "satisfied",
        /// Something that was tested does not hold, though it may be waived.
        NotSatisfied = "not_satisfied",
        /// Something could not be known, or was judged by a lower bar than the framework's.
        Unknown = "unknown",
        /// Nothing was tested.
        NotTested = "not_tested",
    }
}

/// What a run shows of a framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FrameworkReport {
    /// The framework's id: `pci-dss-4.0`.
    pub id: Arc<str>,
    /// What people call it.
    pub name: Arc<str>,
    /// Its edition.
    pub edition: Arc<str>,
    /// SHA-256 of the file that says which rules give evidence.
    pub sha256: Arc<str>,
    /// Its controls, in the framework's own order.
    pub controls: Vec<ControlReport>,
}

/// What a run shows of a control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ControlReport {
    /// Its number.
    pub id: Arc<str>,
    /// What it asks, in our words.
    pub title: Arc<str>,
    /// How far this run could tell; never more than the framework's file says.
    pub assessment: Assessment,
    /// The types of resource that it is about; of any type when there are none.
    #[serde(skip)]
    pub types: Vec<Arc<str>>,
    /// What no rule tests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remainder: Option<Arc<str>>,
    /// Where it stands.
    pub status: ControlStatus,
    /// The verdicts of the rules that give evidence.
    #[serde(flatten)]
    pub counts: VerdictCounts,
    /// Verdicts that would be a pass, or not applicable, but came of a bar that is lower than the framework's.
    pub below_bar: usize,
    /// The rules that gave evidence: their verdicts are those counted.
    pub rules: Vec<Arc<str>>,
    /// What gives no evidence here though the framework's file names it, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<LostEvidence>,
}

/// Evidence that a baseline gave away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LostEvidence {
    /// The rule.
    pub rule: Arc<str>,
    /// The tier in which it gives none; everywhere when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Arc<str>>,
    /// Why.
    pub reason: Arc<str>,
}

impl fmt::Display for LostEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.tier {
            Some(tier) => write!(f, "{} in {tier}: {}", self.rule, self.reason),
            None => write!(f, "{}: {}", self.rule, self.reason),
        }
    }
}
