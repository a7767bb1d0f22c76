//! What a baseline says, side by side for each tier: the matter of `dbkeel baseline show`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::assign::Otherwise;
use super::phase::Origin;
use super::targets::TARGETS;
use super::{Baseline, Phase};
use crate::model::{Domain, ParameterType, Rule, Severity, Value};
use crate::waiver::WaiverLimits;
pub use changes::{ChangeDescription, ChangedParameter, ChangedSeverity};

mod changes;
mod text;

/// What a baseline says. Its text is for people, its JSON for programs.
#[derive(Debug, Serialize)]
pub struct Description<'b> {
    /// The baseline's name.
    pub name: &'b str,
    /// What it is for.
    pub description: &'b str,
    /// SHA-256 of the file; of several, that of their digests.
    pub sha256: &'b str,
    /// Its file, then the one that it extends, and so on.
    pub files: &'b [Arc<str>],
    /// The day as of which it is shown.
    pub as_of: String,
    /// Its tiers.
    pub tiers: Vec<TierDescription<'b>>,
    /// What belongs to which tier: the first that matches.
    pub assign: Vec<Assignment<'b>>,
    /// Every parameter, with its value in each tier.
    pub parameters: Vec<ParameterRow<'b>>,
    /// The rules that it uses.
    pub rules: Vec<RuleRow<'b>>,
    /// What will change, and when.
    pub upcoming: Vec<ChangeDescription<'b>>,
    /// Where the engine versions come from.
    pub engines: EnginesDescription<'b>,
    /// What holds of waivers.
    pub waivers: &'b WaiverLimits,
    /// What a scorecard holds the fleet against.
    pub targets: Vec<TargetRow<'b>>,
    /// What holds of drift.
    pub drift: DriftDescription<'b>,
    /// The engine parameters that it wants.
    pub golden_parameters: Vec<GoldenDescription<'b>>,
}

/// One tier.
#[derive(Debug, Serialize)]
pub struct TierDescription<'b> {
    /// Its name.
    pub name: &'b str,
    /// What belongs to it.
    pub description: &'b str,
}

/// One line of `assign`.
#[derive(Debug, Serialize)]
pub struct Assignment<'b> {
    /// The tier.
    pub tier: &'b str,
    /// What it takes; `everything else` for the default.
    pub when: &'b str,
}

/// One parameter.
#[derive(Debug, Serialize)]
pub struct ParameterRow<'b> {
    /// Its name.
    pub name: &'b str,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: ParameterType,
    /// Its unit.
    pub unit: Option<&'b str>,
    /// What it means.
    pub description: Option<&'b str>,
    /// The names of the used rules that take it.
    pub rules: Vec<&'b str>,
    /// Its value in each tier, in the order of `tiers`.
    pub values: Vec<&'b Value>,
    /// Who set each of the values; nobody, when it is the rule's default.
    pub origins: Vec<Option<OriginRow<'b>>>,
}

/// Who set a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginRow<'b> {
    /// The file.
    pub file: &'b str,
    /// The line, from 1.
    pub line: u32,
    /// Whether it is set for every tier at once.
    pub every_tier: bool,
    /// The day since which it holds, when it did not always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

impl<'b> OriginRow<'b> {
    fn of(origin: &'b Origin) -> Self {
        let from = origin.from.map(|from| from.to_string());
        Self { file: &origin.file, line: origin.line, every_tier: origin.every_tier, from }
    }
}

/// One rule.
#[derive(Debug, Serialize)]
pub struct RuleRow<'b> {
    /// Its id.
    pub id: &'b str,
    /// What it is about.
    pub domain: Domain,
    /// Its name.
    pub name: &'b str,
    /// How much a failure matters by itself.
    pub severity: Severity,
    /// How much it matters in each tier, in the order of `tiers`.
    pub severities: Vec<Severity>,
    /// Who set each of the severities; nobody, when it is the rule's own.
    pub origins: Vec<Option<OriginRow<'b>>>,
    /// The good state.
    pub title: &'b str,
}

/// Where the engine versions come from.
#[derive(Debug, Serialize)]
pub struct EnginesDescription<'b> {
    /// The file.
    pub file: &'b str,
    /// The day on which its dates were taken from their sources.
    pub retrieved: &'b str,
    /// The engines that it knows.
    pub engines: Vec<&'b str>,
}

/// One number that a scorecard holds the fleet against.
#[derive(Debug, Serialize)]
pub struct TargetRow<'b> {
    /// The key figure.
    pub name: &'b str,
    /// What is aimed at.
    pub value: i64,
    /// `%`, `days` or `min`; nothing for plain numbers.
    pub unit: &'static str,
}

/// What holds of drift.
#[derive(Debug, Serialize)]
pub struct DriftDescription<'b> {
    /// The drift that is ignored.
    pub ignore: Vec<IgnoreDescription<'b>>,
    /// The sources of modules that databases should come from.
    pub approved_modules: Vec<&'b str>,
}

/// Drift that is ignored.
#[derive(Debug, Serialize)]
pub struct IgnoreDescription<'b> {
    /// What it is.
    pub what: &'b str,
    /// The last day on which it is ignored.
    pub expires: String,
    /// Why.
    pub reason: &'b str,
}

/// Engine parameters that are wanted.
#[derive(Debug, Serialize)]
pub struct GoldenDescription<'b> {
    /// The families of parameter groups.
    pub family: Vec<&'b str>,
    /// The tiers; all, when there are none.
    pub tiers: &'b [Arc<str>],
    /// The values, by name.
    pub parameters: &'b BTreeMap<Arc<str>, Value>,
}

impl Baseline {
    /// What it says at an instant.
    pub fn describe(&self, instant: &str) -> Description<'_> {
        let phase = self.on(instant);
        Description {
            name: &self.name,
            description: &self.description,
            sha256: &self.sha256,
            files: &self.files,
            as_of: instant.get(..10).unwrap_or(instant).to_owned(),
            tiers: self
                .tiers()
                .iter()
                .map(|t| TierDescription { name: &t.name, description: &t.description })
                .collect(),
            assign: self.assignments(),
            parameters: parameter_rows(phase),
            rules: rule_rows(phase),
            upcoming: changes::of(phase, self.coming(instant)),
            engines: EnginesDescription {
                file: &self.engines.file,
                retrieved: &self.engines.retrieved,
                engines: self.engines.value.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect(),
            },
            waivers: &self.waiver_limits,
            targets: self.target_rows(),
            drift: self.drift_rules(),
            golden_parameters: self.golden_sets(),
        }
    }

    fn target_rows(&self) -> Vec<TargetRow<'_>> {
        let unit = |name: &str| TARGETS.iter().find(|(known, _)| *known == name).map_or("", |(_, unit)| *unit);
        self.targets.iter().map(|(name, value)| TargetRow { name, value: *value, unit: unit(name) }).collect()
    }

    fn drift_rules(&self) -> DriftDescription<'_> {
        let ignore = self.drift.ignore.iter().map(|rule| IgnoreDescription {
            what: rule.what(),
            expires: rule.expires().to_string(),
            reason: rule.reason(),
        });
        DriftDescription { ignore: ignore.collect(), approved_modules: self.drift.approved_modules.texts() }
    }

    fn golden_sets(&self) -> Vec<GoldenDescription<'_>> {
        let sets = self.golden.iter();
        sets.map(|set| GoldenDescription { family: set.families(), tiers: set.tiers(), parameters: set.parameters() })
            .collect()
    }

    fn assignments(&self) -> Vec<Assignment<'_>> {
        let name = |tier: u16| self.tiers().get(usize::from(tier)).map_or("", |tier| &tier.name);
        let mut all: Vec<Assignment<'_>> = self
            .assigner
            .entries
            .iter()
            .map(|entry| Assignment { tier: name(entry.tier), when: &entry.reason })
            .collect();
        let when = match self.assigner.otherwise {
            Otherwise::Default(_) => "everything else",
            Otherwise::Untiered(_) => "everything else, as untiered",
        };
        all.push(Assignment { tier: name(self.assigner.otherwise.tier()), when });
        all
    }
}

fn parameter_rows(phase: &Phase) -> Vec<ParameterRow<'_>> {
    let mut rows: BTreeMap<&str, ParameterRow<'_>> = BTreeMap::new();
    for rule in &phase.rules {
        for (name, spec) in &rule.parameters {
            let row = rows.entry(name).or_insert_with(|| ParameterRow {
                name,
                ty: spec.ty,
                unit: spec.unit.as_deref(),
                description: spec.description.as_deref(),
                rules: Vec::new(),
                values: phase.tiers.iter().filter_map(|tier| tier.parameters.get(name)).collect(),
                origins: phase.origins.iter().map(|of| of.parameters.get(name).map(OriginRow::of)).collect(),
            });
            row.rules.push(&rule.name);
        }
    }
    rows.into_values().collect()
}

fn rule_rows(phase: &Phase) -> Vec<RuleRow<'_>> {
    let row = |rule| {
        let rule: &Rule = rule;
        RuleRow {
            id: &rule.id,
            domain: rule.domain,
            name: &rule.name,
            severity: rule.severity,
            severities: phase.tiers.iter().map(|tier| tier.severity_of(rule)).collect(),
            origins: phase.origins.iter().map(|of| of.severity.get(&rule.id).map(OriginRow::of)).collect(),
            title: &rule.title,
        }
    };
    phase.rules.iter().map(|rule| row(rule)).collect()
}
