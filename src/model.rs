//! The nouns of the vocabulary: values, facts, resources, inventories, rules, verdicts. No I/O happens here.
//!
//! Every other room speaks in these types. A source makes an [`Inventory`] of [`Resource`]s, each with [`Facts`];
//! `evaluate` turns resources and [`Rule`]s into a [`Results`]; `report` writes it.

mod change;
mod coming;
mod drift;
mod fact;
mod fix;
mod framework;
mod history;
mod inventory;
mod kind;
mod location;
mod place;
mod read;
mod resource;
mod results;
mod rule;
mod severity;
mod tier;
mod value;
mod waiver;

pub use change::{Change, ChangeAction};
pub use coming::Coming;
pub use drift::{
    Against, Comparison, CoverageRow, Drift, DriftClass, DriftEffect, DriftReport, DriftSubject, DriftedResource,
    IgnoreUse, Mover,
};
pub use fact::{Fact, FactMap, FactPath, FactState, Facts, Origin, Pending, Recorded, SetBy, Text, Unknown};
pub use fix::{Fix, FixEdit};
pub use framework::{Assessment, ControlReport, ControlStatus, FrameworkReport, LostEvidence};
pub use history::{FindingAge, HistoryReport, Since};
pub use inventory::{Gap, Inventory, PlanDrift, ScopeSeen, SourceInfo, SourceKind, Unseen};
pub(crate) use kind::word_enum;
pub use kind::{Kind, Provider};
pub use location::{Location, Region};
pub(crate) use place::{FOR_PEOPLE, Locate};
pub use place::{Place, Places, Related};
pub use resource::{Before, Identity, ModuleSources, Resource, Scope};
pub use results::{
    AccountInfo, BaselineFile, Finding, Outcome, Results, RuleVerdicts, RunInfo, Standing, Stood, Verdict,
    VerdictCounts,
};
pub use rule::{Domain, ParameterSpec, ParameterType, Remediation, Rule};
pub use severity::Severity;
pub use tier::{Tier, TierAssignment};
pub use value::Value;
pub use waiver::{IdleComment, SourceComment, WaivedBy, WaiverRemark, WaiverReport, WaiverState, WaiverUse};
