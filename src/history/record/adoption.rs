//! What is declared, and what comes from approved modules, as facts of the databases that run.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::history::run::{DriftRecord, Measured, ResourceSeen};
use crate::model::Kind;

/// Whether something declares it.
pub(in crate::history) const DECLARED: &str = "declared";

/// Whether what declares it comes from an approved module.
pub(in crate::history) const APPROVED: &str = "approved_module";

/// The kinds that a team declares.
const COUNTED: [Kind; 4] = [Kind::Instance, Kind::Cluster, Kind::ClusterMember, Kind::GlobalCluster];

/// What is declared, by key.
pub(super) enum Adoption<'r> {
    /// Nothing was compared.
    Unknown,
    /// What was found.
    Compared { is_whole: bool, declared: FxHashSet<&'r Arc<str>>, approved: Option<FxHashSet<&'r Arc<str>>> },
}

impl<'r> Adoption<'r> {
    pub(super) fn new(drift: Option<&'r DriftRecord>) -> Self {
        match drift {
            None => Self::Unknown,
            Some(drift) => Self::Compared {
                is_whole: drift.is_whole,
                declared: drift.declared.iter().collect(),
                approved: drift.approved.as_ref().map(|approved| approved.iter().collect()),
            },
        }
    }

    /// What is to be recorded of a resource.
    pub(super) fn of(&self, seen: &ResourceSeen) -> BTreeMap<&'static str, Measured> {
        if !COUNTED.contains(&seen.kind) {
            return BTreeMap::new();
        }
        let said = |is: bool| Measured::Known(if is { "yes" } else { "no" }.into());
        match self {
            Self::Unknown => BTreeMap::from([(DECLARED, Measured::Unknown("nothing was compared".into()))]),
            Self::Compared { is_whole, declared, approved } => {
                let is_declared = declared.contains(&seen.key);
                let first = match is_declared || *is_whole {
                    true => said(is_declared),
                    false => Measured::Unknown("part of what is declared could not be read".into()),
                };
                let second = match approved {
                    Some(approved) if is_declared => said(approved.contains(&seen.key)),
                    Some(_) => Measured::Missing,
                    None => Measured::Unknown("no approved module is named, or no source of modules is known".into()),
                };
                BTreeMap::from([(DECLARED, first), (APPROVED, second)])
            }
        }
    }
}
