//! What results show of the controls of a framework: never more than was tested.
//!
//! Lower the bar, lose the badge: where a tier asks less than the framework demands, a pass says nothing of the control, nor
//! does a `not_applicable`, which a switched-off rule says of everything. A failure counts under any bar, because every
//! demand is monotone.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Control, Framework};
use crate::model::{
    Assessment, ControlReport, ControlStatus, FrameworkReport, LostEvidence, Results, Rule, RuleVerdicts, Tier,
    VerdictCounts,
};

/// The verdicts of one rule, by tier and type of resource.
type Counts = BTreeMap<(u16, &'static str), VerdictCounts>;

impl Framework {
    /// What results show of each control.
    pub fn report(&self, results: &Results) -> FrameworkReport {
        let rules: BTreeMap<&str, (&Arc<Rule>, Counts)> = results
            .verdicts
            .iter()
            .filter_map(|of_rule| Some((results.rules.get(of_rule.rule)?, of_rule)))
            .filter(|(rule, _)| self.controls.iter().any(|control| control.evidence.contains_key(&rule.id)))
            .map(|(rule, of_rule)| (rule.id.as_ref(), (rule, count(results, of_rule))))
            .collect();
        let controls = self.controls.iter().map(|control| self.control(control, results, &rules));
        FrameworkReport {
            id: Arc::clone(&self.id),
            name: Arc::clone(&self.name),
            edition: Arc::clone(&self.edition),
            sha256: Arc::clone(&self.sha256),
            controls: controls.collect(),
        }
    }

    fn control(
        &self,
        control: &Control,
        results: &Results,
        rules: &BTreeMap<&str, (&Arc<Rule>, Counts)>,
    ) -> ControlReport {
        let mut report = ControlReport {
            id: Arc::clone(&control.id),
            title: Arc::clone(&control.title),
            assessment: control.assessment,
            types: control.types.clone(),
            remainder: control.remainder.clone(),
            status: ControlStatus::NotTested,
            counts: VerdictCounts::default(),
            below_bar: 0,
            rules: Vec::new(),
            lost: Vec::new(),
        };
        for id in control.evidence.keys() {
            let Some((rule, counts)) = rules.get(id.as_ref()) else {
                let reason = format!("baseline `{}` does not use it", results.run.baseline).into();
                report.lost.push(LostEvidence { rule: Arc::clone(id), tier: None, reason });
                continue;
            };
            report.rules.push(Arc::clone(id));
            for (position, tier) in (0u16..).zip(&results.tiers) {
                let counted = of_types(counts, position, control);
                match self.below_bar(control, rule, tier).filter(|_| counted.total() > 0) {
                    None => add(&mut report.counts, &counted),
                    Some(reason) => {
                        report.below_bar += counted.pass + counted.not_applicable;
                        add(&mut report.counts, &VerdictCounts { pass: 0, not_applicable: 0, ..counted });
                        let tier = Some(Arc::clone(&tier.name));
                        report.lost.push(LostEvidence { rule: Arc::clone(id), tier, reason });
                    }
                }
            }
        }
        settle(&mut report);
        report
    }

    /// Why a rule's passes are no evidence in a tier.
    pub(super) fn below_bar(&self, control: &Control, rule: &Rule, tier: &Tier) -> Option<Arc<str>> {
        let of_rule = control.demands.iter().filter(|(name, _)| rule.parameters.contains_key(*name));
        let missed: Vec<String> = of_rule
            .filter_map(|(name, demand)| Some((name, demand, tier.parameters.get(name)?)))
            .filter(|(_, demand, value)| !demand.bar.is_met_by(value))
            .map(|(name, demand, value)| {
                let value = match value.as_list() {
                    Some([]) => "empty".to_owned(),
                    _ => value.to_string(),
                };
                format!("{name} is {value}, {} asks {}", self.name, demand.bar)
            })
            .collect();
        (!missed.is_empty()).then(|| missed.join("; ").into())
    }
}

/// Where the control stands, and how far that was told.
fn settle(report: &mut ControlReport) {
    let counts = &report.counts;
    report.status = if counts.fail + counts.waived > 0 {
        ControlStatus::NotSatisfied
    } else if counts.unknown + counts.error > 0 || (report.below_bar > 0 && counts.pass > 0) {
        ControlStatus::Unknown
    } else if counts.pass > 0 {
        ControlStatus::Satisfied
    } else {
        ControlStatus::NotTested
    };
    if report.rules.is_empty() {
        report.assessment = Assessment::Manual;
    } else if !report.lost.is_empty() && report.assessment == Assessment::Automated {
        report.assessment = Assessment::Partial;
    }
}

fn count(results: &Results, of_rule: &RuleVerdicts) -> Counts {
    let mut counts = Counts::new();
    for (resource, outcome) in &of_rule.verdicts {
        let tier = results.assignments.get(*resource as usize).map(|assignment| assignment.tier);
        let resource = results.resources.get(*resource as usize);
        if let (Some(tier), Some(resource), Some(outcome)) = (tier, resource, of_rule.outcomes.get(*outcome as usize)) {
            counts.entry((tier, resource.resource_type)).or_default().add(outcome.verdict);
        }
    }
    counts
}

/// The verdicts of a tier on the types that a control is about.
fn of_types(counts: &Counts, tier: u16, control: &Control) -> VerdictCounts {
    let mut sum = VerdictCounts::default();
    let is_about = |name: &str| control.types.is_empty() || control.types.iter().any(|of| **of == *name);
    for (_, counted) in counts.iter().filter(|((of, name), _)| *of == tier && is_about(name)) {
        add(&mut sum, counted);
    }
    sum
}

fn add(sum: &mut VerdictCounts, more: &VerdictCounts) {
    sum.pass += more.pass;
    sum.fail += more.fail;
    sum.unknown += more.unknown;
    sum.error += more.error;
    sum.waived += more.waived;
    sum.not_applicable += more.not_applicable;
}
