//! One declared or running thing.

use std::sync::Arc;

use serde::Serialize;

use super::{Change, Facts, Kind, Location, Provider, Text};

/// Where a resource lives, as far as the source tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Scope {
    /// The account, subscription or project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Arc<str>>,
    /// The region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Arc<str>>,
}

/// What tells a resource from all others, as far as the source tells; in the provider's own case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The ARN.
    pub arn: Option<Arc<str>>,
    /// The id that the provider never gives again: `DbiResourceId`, `DbClusterResourceId`.
    pub resource_id: Option<Arc<str>>,
}

/// The sources of the modules that a resource stands in, as their callers write them: the outermost first, none in the root
/// module.
pub type ModuleSources = Arc<[Arc<str>]>;

/// The facts before a planned change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// The facts as the plan found them.
    Facts(Box<Facts>),
    /// They are those of now: the plan leaves the resource as it is.
    Unchanged,
    /// There are none; why: the plan creates the resource, or the source is not a plan.
    None(Text),
}

/// One declared or running thing, with its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The Terraform address (`module.a["x"].aws_db_instance.db[0]`) or the provider's id (an ARN); unique in its source.
    pub id: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Who runs it.
    pub provider: Provider,
    /// The type in the source's own words: `aws_db_instance`.
    pub resource_type: &'static str,
    /// The name that the provider knows it by, when known: the DB instance identifier.
    pub name: Option<Arc<str>>,
    /// What tells it from all others.
    pub identity: Identity,
    /// Where the modules that it stands in come from; `None` where the source of resources does not tell.
    pub module_sources: Option<ModuleSources>,
    /// Where it lives.
    pub scope: Scope,
    /// Its facts as they are, or as they will be once the plan is applied.
    pub facts: Facts,
    /// Its facts before the planned change.
    pub before: Before,
    /// What the plan does to it; `None` when the source is not a plan.
    pub change: Option<Change>,
    /// Where it is declared, or the file that it was read from.
    pub location: Location,
    /// Which of the run's sources it came from: an index into `Inventory::sources`.
    pub source: u32,
}
