//! The resources of one look at the world.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use super::kind::word_enum;
use super::{Kind, Resource, Scope, Text, Unknown};

word_enum! {
    /// What a source is.
    SourceKind, "kind of source" {
        /// `terraform show -json` of a plan.
        TerraformPlan = "terraform-plan",
        /// `terraform show -json` of a state, or a raw state file.
        TerraformState = "terraform-state",
        /// A folder of Terraform configuration, evaluated without a plan.
        TerraformConfiguration = "terraform-configuration",
        /// An inventory file, which `dbkeel collect` writes.
        Inventory = "inventory",
    }
}

/// One file (or stream) that resources were read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceInfo {
    /// The path as the user gave it, with forward slashes; `-` is standard input.
    pub path: Arc<str>,
    /// What it is.
    pub kind: SourceKind,
    /// The version of the tool that wrote it, when the file says so.
    pub tool_version: Option<Arc<str>>,
    /// SHA-256 of its bytes, lower-case hexadecimal; `None` when nothing that the run writes tells it.
    pub sha256: Option<Arc<str>>,
}

impl SourceInfo {
    /// The digest; empty when it was not taken.
    pub fn digest(&self) -> &str {
        self.sha256.as_deref().unwrap_or_default()
    }
}

/// What could not be read, where, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Gap {
    /// Where: a path, a resource address, an account and region.
    pub place: Arc<str>,
    /// Why.
    pub reason: Text,
}

/// A change outside Terraform that a plan itself reports (`resource_drift`): one attribute of one resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PlanDrift {
    /// The address of the resource.
    pub resource: Arc<str>,
    /// The resource type.
    pub resource_type: Arc<str>,
    /// The attribute that differs; empty when the whole resource is gone.
    pub attribute: Arc<str>,
    /// The recorded value, as JSON text; `None` when it is sensitive or absent.
    pub recorded: Option<Arc<str>>,
    /// The value that runs, as JSON text; `None` when it is sensitive, absent, or the resource is gone.
    pub running: Option<Arc<str>>,
    /// Whether the resource was deleted outside Terraform.
    pub deleted: bool,
}

/// An account and region that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeSeen {
    /// The account and the region.
    pub scope: Scope,
    /// Of what not every resource was seen; of anything else, what is not in the inventory is not there.
    pub not_whole: Vec<Unseen>,
    /// What no collection of this version asks for, in any scope.
    pub never_asked: Vec<Unseen>,
}

/// Resources of which not every one was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// Their kind.
    pub kind: Kind,
    /// How the words for their types begin: each service has lists of its own.
    pub types: &'static [&'static str],
    /// Why.
    pub why: Unknown,
}

impl ScopeSeen {
    /// Why not every resource like one was seen; `None` when all were.
    pub fn why_not_seen(&self, like: &Resource) -> Option<&Unknown> {
        let is_like = |unseen: &&Unseen| {
            unseen.kind == like.kind && unseen.types.iter().any(|prefix| like.resource_type.starts_with(prefix))
        };
        self.not_whole.iter().chain(&self.never_asked).find(is_like).map(|unseen| &unseen.why)
    }
}

/// The resources of one look at the world, with what could not be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The files that were read.
    pub sources: Vec<SourceInfo>,
    /// INVARIANT: sorted by id, then source.
    pub resources: Vec<Resource>,
    /// The accounts and regions that were looked at; empty for what is declared. INVARIANT: sorted by scope.
    pub scopes: Vec<ScopeSeen>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
    /// Changes outside Terraform that the plans report.
    pub drift: Vec<PlanDrift>,
    /// Every managed resource that the sources hold, databases or not: the denominator of the summary.
    pub resources_seen: usize,
}
