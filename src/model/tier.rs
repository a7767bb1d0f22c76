//! Classes of databases with parameters of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::{Rule, Severity, Value};

/// A class of databases, with the parameters that its rules are judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tier {
    /// The name: `tier-1`.
    pub name: Arc<str>,
    /// What belongs to it.
    pub description: Arc<str>,
    /// Every parameter of every rule, resolved: the tier's value, else the baseline's, else the rule's default.
    pub parameters: BTreeMap<Arc<str>, Value>,
    /// The severities of rules that differ from their own, by the rule's id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub severity: BTreeMap<Arc<str>, Severity>,
}

impl Tier {
    /// How much a failure of a rule matters in this tier.
    pub fn severity_of(&self, rule: &Rule) -> Severity {
        match self.severity.is_empty() {
            true => rule.severity,
            false => self.severity.get(&rule.id).copied().unwrap_or(rule.severity),
        }
    }
}

/// The tier of a resource, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TierAssignment {
    /// An index into `Results::tiers`.
    pub tier: u16,
    /// Why: `tag tier=tier-1`, `default`.
    pub reason: Arc<str>,
}
