//! The lines that declare what drifted. They are found as those of findings are: each drift is put as a finding of a rule that
//! reads its fact.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    Domain, Drift, DriftSubject, FactPath, Inventory, Outcome, Place, Remediation, Resource, Results, Rule,
    RuleVerdicts, RunInfo, Severity, Tier, TierAssignment, Verdict,
};

use super::DriftOf;

/// The drifts of declared resources, as findings. Drifts of one subject are findings of one rule.
pub fn as_findings(drifts: &[DriftOf<'_>], declared: &Inventory) -> Results {
    let mut resources: Vec<&Resource> = drifts.iter().filter_map(|of| of.declared).collect();
    resources.sort_by(|a, b| (&a.id, a.source).cmp(&(&b.id, b.source)));
    resources.dedup_by(|a, b| (&a.id, a.source) == (&b.id, b.source));
    let mut by_subject: BTreeMap<Option<&FactPath>, Vec<(u32, u32)>> = BTreeMap::new();
    for of in drifts {
        let Some(position) = of.declared.and_then(|declared| position(&resources, declared)) else { continue };
        by_subject.entry(subject(&of.drift)).or_default().push((position, 0));
    }
    let mut results = empty(declared);
    for (path, mut verdicts) in by_subject {
        verdicts.sort_unstable();
        verdicts.dedup();
        let outcome = Outcome {
            verdict: Verdict::Fail,
            messages: Vec::new(),
            waived_by: None,
            facts: path.iter().map(|_| crate::model::FactState::Missing("".into())).collect(),
        };
        results.verdicts.push(RuleVerdicts { rule: results.rules.len(), outcomes: vec![outcome], verdicts });
        results.rules.push(Arc::new(rule(path)));
    }
    results.assignments = resources.iter().map(|_| TierAssignment { tier: 0, reason: Arc::from("") }).collect();
    results.resources = resources.into_iter().cloned().collect();
    results
}

/// Takes over the places that were found for the drifts as findings.
pub fn take_places(drifts: &mut [DriftOf<'_>], findings: &Results) {
    findings.find_places(|_, _| true);
    let resources: Vec<&Resource> = findings.resources.iter().collect();
    // There are as many rules as subjects: to search them for each drift would be slow where every database has tags of its own.
    let rules: BTreeMap<Option<&FactPath>, usize> =
        findings.rules.iter().enumerate().map(|(position, rule)| (rule.reads.first(), position)).collect();
    for of in drifts {
        let Some(resource) = of.declared.and_then(|declared| position(&resources, declared)) else { continue };
        let rule = rules.get(&subject(&of.drift)).copied();
        of.drift.place = rule.and_then(|rule| place(findings, rule, resource));
    }
}

fn place(findings: &Results, rule: usize, resource: u32) -> Option<Place> {
    let outcome = findings.verdicts.get(rule)?.outcomes.first()?;
    findings.finding(rule, resource, outcome)?.place().cloned()
}

fn position(resources: &[&Resource], of: &Resource) -> Option<u32> {
    let found = resources.binary_search_by(|known| (&known.id, known.source).cmp(&(&of.id, of.source))).ok()?;
    u32::try_from(found).ok()
}

fn subject(drift: &Drift) -> Option<&FactPath> {
    match &drift.subject {
        DriftSubject::Fact(path) => Some(path),
        _ => None,
    }
}

fn rule(path: Option<&FactPath>) -> Rule {
    let text = |text: &str| Arc::from(text);
    Rule {
        id: text(""),
        name: text(""),
        domain: Domain::Change,
        title: text(""),
        description: text(""),
        severity: Severity::Info,
        covers: Vec::new(),
        aliases: Vec::new(),
        parameters: BTreeMap::new(),
        remediation: Remediation::default(),
        reads: path.into_iter().cloned().collect(),
        optional: Vec::new(),
        monotone: Vec::new(),
        at_least: Vec::new(),
        at_most: Vec::new(),
        per_element: false,
        applicability: None,
        kinds: Vec::new(),
        path: text(""),
        user: false,
    }
}

fn empty(declared: &Inventory) -> Results {
    let text = |text: &str| Arc::from(text);
    let run = RunInfo {
        version: text(""),
        as_of: text(""),
        baseline: text(""),
        baseline_sha256: text(""),
        policies_sha256: text(""),
        fail_on: Severity::Critical,
    };
    let tiers =
        vec![Tier { name: text(""), description: text(""), parameters: BTreeMap::new(), severity: BTreeMap::new() }];
    Results::unjudged(run, declared.sources.clone(), tiers)
}
