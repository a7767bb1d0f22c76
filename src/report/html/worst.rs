//! The databases that are furthest behind.

use std::cmp::Reverse;

use maud::html;

use super::page::{Section, wide};
use super::run::{Run, Stands};
use super::text::{grouped, name, words};
use crate::model::{Severity, Verdict};
use crate::report::summary::account_label;

/// How many are named.
const MAX_NAMED: usize = 15;

/// The failures of a resource by severity, the gravest first.
type Failures = [usize; Severity::ALL.len()];

/// The resources with the gravest failures; nothing where one of them would be the whole list.
pub(super) fn section<'a>(run: &Run<'a>) -> Option<Section<'a>> {
    let results = run.results();
    let failing = failing(run);
    if failing.len() < 2 {
        return None;
    }
    let total = failing.len();
    let shown = total.min(MAX_NAMED);
    let table = html! {
        table.numbers {
            caption.hidden { "The databases that are furthest behind" }
            thead {
                tr {
                    th scope="col" { "Resource" }
                    th scope="col" { "Tier" }
                    @for severity in Severity::ALL.iter().rev() { th.number scope="col" { (severity) } }
                }
            }
            tbody {
                @for (position, failures) in failing.iter().take(MAX_NAMED) {
                    @if let (Some(resource), Some(assignment)) = (results.resources.get(*position), results.assignments.get(*position)) {
                        tr {
                            th scope="row" {
                                (name(&resource.id))
                                @if let Some(account) = resource.scope.account.as_ref().filter(|_| run.stands != Stands::Below) {
                                    span.small { (words(&account_label(results, account))) }
                                }
                            }
                            td { @if let Some(tier) = results.tiers.get(usize::from(assignment.tier)) { (words(&tier.name)) } }
                            @for failed in failures { td.number { @if *failed > 0 { b { (grouped(*failed)) } } @else { "0" } } }
                        }
                    }
                }
            }
        }
    };
    let content = html! {
        p.about {
            "The " (grouped(shown)) " of " (grouped(total)) " resources with failures whose failures are the gravest."
        }
        (wide("The databases that are furthest behind", &table))
    };
    Some(Section::of("worst", "Furthest behind", None, content))
}

/// The resources that fail, the gravest first.
fn failing(run: &Run<'_>) -> Vec<(usize, Failures)> {
    let results = run.results();
    let mut failures: Vec<Failures> = vec![[0; Severity::ALL.len()]; results.resources.len()];
    for of_part in &run.part.verdicts {
        let Some(rule) = results.rules.get(of_part.of_rule.rule) else { continue };
        let severities = results.severities(rule);
        for (resource, outcome) in of_part.verdicts.iter() {
            let outcome = of_part.of_rule.outcomes.get(*outcome as usize);
            if outcome.is_none_or(|outcome| outcome.verdict != Verdict::Fail) {
                continue;
            }
            let tier = results.assignments.get(*resource as usize).map(|assignment| usize::from(assignment.tier));
            let severity = tier.and_then(|tier| severities.get(tier)).copied().unwrap_or(rule.severity);
            let column = Severity::ALL.iter().rev().position(|one| *one == severity).unwrap_or_default();
            if let Some(count) = failures.get_mut(*resource as usize).and_then(|of| of.get_mut(column)) {
                *count += 1;
            }
        }
    }
    let mut failing: Vec<(usize, Failures)> =
        failures.into_iter().enumerate().filter(|(_, of)| of.iter().any(|count| *count > 0)).collect();
    failing.sort_by_key(|(position, failures)| (Reverse(*failures), *position));
    failing
}
