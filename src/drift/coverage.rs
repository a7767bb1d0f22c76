//! What share of running databases is declared, and what share of those comes from approved modules.

mod approved;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{CoverageRow, Kind, Resource};
pub use approved::ApprovedModules;

/// The kinds that count: what a team declares, member by member.
const COUNTED: [Kind; 4] = [Kind::Instance, Kind::Cluster, Kind::ClusterMember, Kind::GlobalCluster];

/// The name of an account or a tier that is not known.
const UNKNOWN: &str = "unknown";

/// A resource that runs.
#[derive(Clone, Copy, Debug)]
pub struct Running<'r> {
    /// As it runs.
    pub resource: &'r Resource,
    /// Its tier.
    pub tier: &'r str,
    /// What declares it; of several, one that tells of its modules.
    pub declared: Option<&'r Resource>,
}

/// Counts databases in all, then by account, tier and type; what is no database is passed over.
pub fn coverage<'r>(running: impl IntoIterator<Item = Running<'r>>, approved: &ApprovedModules) -> Vec<CoverageRow> {
    let mut adoption = Adoption { approved, known: FxHashMap::default() };
    let mut rows: BTreeMap<(usize, &str), Count> = BTreeMap::from([((0, "all"), Count::default())]);
    for one in running.into_iter().filter(|one| COUNTED.contains(&one.resource.kind)) {
        let is_approved = one.declared.and_then(|declared| adoption.of(declared));
        let tier = Some(one.tier).filter(|tier| !tier.is_empty());
        let names = ["all", one.resource.scope.account.as_deref().unwrap_or(UNKNOWN), tier.unwrap_or(UNKNOWN)];
        for key in names.into_iter().chain([one.resource.resource_type]).enumerate() {
            rows.entry(key).or_default().add(one.declared.is_some(), is_approved);
        }
    }
    let row = |((by, name), count): ((usize, &str), Count)| CoverageRow {
        by: BY.get(by).copied().unwrap_or("all"),
        name: name.into(),
        running: count.running,
        declared: count.declared,
        approved: count.approved,
    };
    rows.into_iter().map(row).collect()
}

/// What is counted together, in the order of the rows.
const BY: [&str; 4] = ["all", "account", "tier", "type"];

#[derive(Default)]
struct Count {
    running: usize,
    declared: usize,
    approved: Option<usize>,
}

impl Count {
    fn add(&mut self, is_declared: bool, is_approved: Option<bool>) {
        self.running += 1;
        self.declared += usize::from(is_declared);
        if let Some(is_approved) = is_approved {
            *self.approved.get_or_insert(0) += usize::from(is_approved);
        }
    }
}

/// Whether databases come from approved modules. A fleet has few modules, so each is asked about once.
struct Adoption<'r> {
    approved: &'r ApprovedModules,
    known: FxHashMap<&'r [Arc<str>], bool>,
}

impl<'r> Adoption<'r> {
    /// `None` when nothing is approved, or its source does not tell of modules.
    fn of(&mut self, declared: &'r Resource) -> Option<bool> {
        let sources = declared.module_sources.as_deref().filter(|_| !self.approved.is_empty())?;
        let is_approved = || sources.iter().any(|source| self.approved.approves(source));
        Some(*self.known.entry(sources).or_insert_with(is_approved))
    }
}

/// Whether a resource comes from an approved module source; `None` when nothing is approved, or its source does not tell of
/// modules.
pub fn is_approved(declared: &Resource, approved: &ApprovedModules) -> Option<bool> {
    Adoption { approved, known: FxHashMap::default() }.of(declared)
}

#[cfg(test)]
mod tests;
