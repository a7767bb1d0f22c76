//! What a baseline says, side by side for each tier: the matter of `dbkeel baseline show`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::assign::Otherwise;
use super::{Baseline, Phase};
use crate::model::{Domain, ParameterType, Rule, Severity, Value};
use crate::report::text::clean;
use crate::waiver::WaiverLimits;

/// What a baseline says. Its text is for people, its JSON for programs.
#[derive(Debug, Serialize)]
pub struct Description<'b> {
    /// The baseline's name.
    pub name: &'b str,
    /// What it is for.
    pub description: &'b str,
    /// SHA-256 of the file.
    pub sha256: &'b str,
    /// Its tiers.
    pub tiers: Vec<TierDescription<'b>>,
    /// What belongs to which tier: the first that matches.
    pub assign: Vec<Assignment<'b>>,
    /// Every parameter, with its value in each tier.
    pub parameters: Vec<ParameterRow<'b>>,
    /// The rules that it uses.
    pub rules: Vec<RuleRow<'b>>,
    /// Where the engine versions come from.
    pub engines: EnginesDescription<'b>,
    /// What holds of waivers.
    pub waivers: &'b WaiverLimits,
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
    /// How much a failure matters.
    pub severity: Severity,
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
            tiers: self
                .tiers()
                .iter()
                .map(|t| TierDescription { name: &t.name, description: &t.description })
                .collect(),
            assign: self.assignments(),
            parameters: parameter_rows(phase),
            rules: rule_rows(phase),
            engines: EnginesDescription {
                file: &self.engines.file,
                retrieved: &self.engines.retrieved,
                engines: self.engines.value.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect(),
            },
            waivers: &self.waiver_limits,
            drift: self.drift_rules(),
            golden_parameters: self.golden_sets(),
        }
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
            });
            row.rules.push(&rule.name);
        }
    }
    rows.into_values().collect()
}

fn rule_rows(phase: &Phase) -> Vec<RuleRow<'_>> {
    let row = |rule| {
        let rule: &Rule = rule;
        RuleRow { id: &rule.id, domain: rule.domain, name: &rule.name, severity: rule.severity, title: &rule.title }
    };
    phase.rules.iter().map(|rule| row(rule)).collect()
}

impl fmt::Display for Description<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "baseline {}", self.name)?;
        if !self.description.is_empty() {
            writeln!(f, "{}", self.description)?;
        }
        let tiers = self.tiers.iter().map(|tier| vec![tier.name.to_owned(), tier.description.to_owned()]);
        section(f, "Tiers", tiers.collect())?;
        let assign = self.assign.iter().map(|line| vec![line.tier.to_owned(), line.when.to_owned()]);
        section(f, "Assigned by the first that matches", assign.collect())?;
        section(f, "Parameters by tier", self.lines_by_tier())?;
        section(f, "Parameters of every tier", self.lines_of_every_tier())?;
        let rules = self.rules.iter().map(|rule| {
            vec![
                rule.id.to_owned(),
                rule.severity.to_string(),
                format!("{}/{}", rule.domain, rule.name),
                rule.title.to_owned(),
            ]
        });
        section(f, &format!("Rules ({})", self.rules.len()), rules.collect())?;
        let days = self.waivers.max_days.iter().rev();
        let days = days.map(|(severity, days)| vec![severity.to_string(), format!("{days} days")]);
        section(f, "Waivers hold at most", days.collect())?;
        for set in &self.golden_parameters {
            let lines = set.parameters.iter().map(|(name, value)| vec![name.to_string(), value.to_string()]);
            section(f, &set.heading(), lines.collect())?;
        }
        let approved = self.drift.approved_modules.iter().map(|source| vec![clean(source).into_owned()]);
        section(f, "Approved modules", approved.collect())?;
        let ignored = self.drift.ignore.iter().map(|rule| {
            vec![clean(rule.what).into_owned(), format!("until {}", rule.expires), clean(rule.reason).into_owned()]
        });
        section(f, "Drift that is ignored", ignored.collect())?;
        writeln!(f, "\nEngine versions: {}, dates of {}", self.engines.file, self.engines.retrieved)?;
        writeln!(f, "SHA-256: {}", self.sha256)
    }
}

impl Description<'_> {
    /// Parameters that differ: a column for each tier.
    fn lines_by_tier(&self) -> Vec<Vec<String>> {
        let mut head = vec![String::new()];
        head.extend(self.tiers.iter().map(|tier| tier.name.to_owned()));
        let mut lines = vec![head];
        for row in self.parameters.iter().filter(|row| !row.is_the_same()) {
            let mut line = vec![row.name.to_owned()];
            line.extend(row.values.iter().map(|value| shown(value)));
            line.push(row.unit.unwrap_or_default().to_owned());
            lines.push(line);
        }
        if lines.len() > 1 { lines } else { Vec::new() }
    }

    /// Parameters that do not differ: most of them, some with long lists.
    fn lines_of_every_tier(&self) -> Vec<Vec<String>> {
        let same = self.parameters.iter().filter(|row| row.is_the_same());
        same.filter_map(|row| {
            let value = shown(row.values.first()?);
            Some(vec![row.name.to_owned(), format!("{value} {}", row.unit.unwrap_or_default())])
        })
        .collect()
    }
}

impl GoldenDescription<'_> {
    fn heading(&self) -> String {
        let tiers = match self.tiers {
            [] => "every tier".to_owned(),
            tiers => tiers.join(", "),
        };
        format!("Golden parameters of {} in {tiers}", self.family.join(", "))
    }
}

impl ParameterRow<'_> {
    fn is_the_same(&self) -> bool {
        self.values.windows(2).all(|pair| pair.first() == pair.last())
    }
}

fn shown(value: &Value) -> String {
    match value.as_list() {
        Some([]) => "none".to_owned(),
        _ => value.to_string(),
    }
}

/// A heading and its lines in columns, each as wide as its widest cell.
fn section(f: &mut fmt::Formatter<'_>, heading: &str, lines: Vec<Vec<String>>) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    writeln!(f, "\n{heading}")?;
    for line in &lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(f, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
