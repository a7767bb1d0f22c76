//! Classes of databases with parameters of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::Value;

/// A class of databases, with the parameters that its rules are judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tier {
    /// The name: `tier-1`.
    pub name: Arc<str>,
    /// What belongs to it.
    pub description: Arc<str>,
    /// Every parameter of every rule, resolved: the tier's value, else the baseline's, else the rule's default.
    pub parameters: BTreeMap<Arc<str>, Value>,
}

/// The tier of a resource, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TierAssignment {
    /// An index into `Results::tiers`.
    pub tier: u16,
    /// Why: `tag tier=tier-1`, `default`.
    pub reason: Arc<str>,
}
