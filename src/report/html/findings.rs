//! The findings: a fold for each rule, the gravest first, with what was found, what is expected, and where.
//!
//! A page shows so many findings as a browser shows with ease; the worst rules first, and of every rule some.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use maud::{Markup, PreEscaped, html};

use super::page::{left_out, write as write_piece};
use super::run::{Run, Stands};
use super::text::{grouped, location, many, name, value, words};
use crate::facts::origin_of;
use crate::model::{FactState, Finding, Outcome, Rule, SetBy, Severity, Stood, Tier, VerdictCounts};
use crate::report::failures::{self, Group, OfRule};
use crate::report::{remediation, summary};

/// How many findings of one rule a page spells out.
const MAX_OF_RULE: usize = 200;

/// How many findings a page spells out in all, before every further rule shows only a few.
const MAX_OF_PAGE: usize = 5_000;

/// How many a rule shows that comes after those.
const MAX_AFTER: usize = 5;

/// Up to how many failures at or above the gate's severity are shown unfolded.
const MAX_OPEN: usize = 20;

/// Writes the failures of every rule; where only what a plan makes worse is asked for, those that stood before it in a fold.
pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = failures::new_or_worse_in(run.part);
    match rules.is_empty() {
        true => write_piece(out, &html! { p.none { "This change makes nothing worse." } })?,
        false => write_rules(run, &rules, out)?,
    }
    let stood = failures::stood_before(run.part);
    if stood.is_empty() {
        return Ok(());
    }
    write_piece(out, &html! { (PreEscaped("<details class=\"stood\">")) summary { (stood_title(&stood)) } })?;
    for of_rule in &stood {
        write_piece(out, &fold(run, of_rule, MAX_AFTER, false))?;
    }
    write_piece(out, &PreEscaped("</details>".to_owned()))
}

fn stood_title(rules: &[OfRule<'_>]) -> String {
    let failed = many(failures::count_of(rules), "failure");
    format!("{failed} stood before: this change makes none of them worse, and the gate lets them pass")
}

fn write_rules(run: &Run<'_>, rules: &[OfRule<'_>], out: &mut dyn Write) -> io::Result<()> {
    let fail_on = run.results().run.fail_on;
    let grave: usize = rules.iter().filter(|of_rule| of_rule.severity >= fail_on).map(OfRule::count).sum();
    let mut left = MAX_OF_PAGE;
    write_piece(out, &about(rules))?;
    for of_severity in rules.chunk_by(|one, other| one.severity == other.severity) {
        let Some(severity) = of_severity.first().map(|of_rule| of_rule.severity) else { continue };
        write_piece(out, &heading(severity, of_severity))?;
        for of_rule in of_severity {
            let most = left.clamp(MAX_AFTER, MAX_OF_RULE);
            let is_open = severity >= fail_on && grave <= MAX_OPEN;
            write_piece(out, &fold(run, of_rule, most, is_open))?;
            left = left.saturating_sub(of_rule.count().min(most));
        }
    }
    Ok(())
}

/// How many rules there are; one whose failures matter differently in different tiers is there several times.
fn distinct(rules: &[OfRule<'_>]) -> usize {
    rules.iter().map(|of_rule| &of_rule.rule.id).collect::<BTreeSet<_>>().len()
}

fn about(rules: &[OfRule<'_>]) -> Markup {
    html! {
        p.about {
            (many(failures::count_of(rules), "failure")) " of " (many(distinct(rules), "rule"))
            ", the gravest first. Open a rule for what was found, what is expected, and where."
        }
    }
}

fn heading(severity: Severity, rules: &[OfRule<'_>]) -> Markup {
    let failed: usize = rules.iter().map(OfRule::count).sum();
    html! {
        h3.severity id=(severity) {
            span class={ "chip " (severity) } { (severity) } " "
            span.count { (many(failed, "failure")) " of " (many(rules.len(), "rule")) }
        }
    }
}

/// One rule: its line, and what is under it.
fn fold(run: &Run<'_>, of_rule: &OfRule<'_>, most: usize, is_open: bool) -> Markup {
    let rule = of_rule.rule;
    let findings: Vec<Finding<'_>> = of_rule.outcomes.iter().flat_map(Group::findings).take(most).collect();
    let (failed, shown) = (of_rule.count(), findings.len());
    html! {
        details.rule open[is_open] {
            summary {
                span.title { (words(&rule.title)) }
                span.id { (name(&rule.id)) }
                span.count { b { (grouped(failed)) } " failed" (of_decided(run, of_rule)) }
            }
            div.inside {
                p { (words(&rule.description)) }
                (expected(rule, &findings))
                (table(run, rule, &findings))
                (left_out(failed - shown, "of this rule.", instead(run)))
            }
        }
        "\n"
    }
}

/// Of how many that could be decided; not said where a rule's other failures stand under another severity.
fn of_decided(run: &Run<'_>, of_rule: &OfRule<'_>) -> Markup {
    let counts = counts(run, of_rule.rule);
    html! { @if counts.fail == of_rule.count() { " of " (grouped(counts.decided())) } }
}

fn counts(run: &Run<'_>, rule: &Rule) -> VerdictCounts {
    let mut counts = VerdictCounts::default();
    let is_same = |position: usize| run.results().rules.get(position).is_some_and(|one| one.id == rule.id);
    for of_part in run.part.verdicts.iter().filter(|of_part| is_same(of_part.of_rule.rule)) {
        for (_, outcome) in of_part.verdicts.iter() {
            if let Some(outcome) = of_part.of_rule.outcomes.get(*outcome as usize) {
                counts.add(outcome.verdict);
            }
        }
    }
    counts
}

/// Where to read what a page leaves out.
pub(super) fn instead(run: &Run<'_>) -> &'static str {
    match run.stands {
        Stands::Alone => "`--output html=DIR/` writes a page for each account; `csv` and `json` have all of it.",
        Stands::Above | Stands::Below => "`--output csv=FILE` and `json=FILE` have all of it.",
    }
}

// ---- what is expected

/// What the baseline asks of the tiers that the findings are in, and how to mend them.
fn expected(rule: &Rule, findings: &[Finding<'_>]) -> Markup {
    let tiers: BTreeMap<&str, &Tier> =
        findings.iter().map(|finding| (finding.tier.name.as_ref(), finding.tier)).collect();
    html! {
        dl.expected {
            @if rule.parameters.is_empty() {
                div { dt { "Expected" } dd { (words(&rule.title)) } }
            } @else {
                @for tier in tiers.values() {
                    div { dt { "Expected of " (words(&tier.name)) } dd { (parameters(rule, tier)) } }
                }
            }
            @for (hint, of) in hints(findings) {
                div {
                    dt { "To mend" @if !of.is_empty() { " " (of) } }
                    dd { (words(&hint)) }
                }
            }
        }
    }
}

fn parameters(rule: &Rule, tier: &Tier) -> Markup {
    html! {
        @for (position, (parameter, spec)) in rule.parameters.iter().enumerate() {
            @if position > 0 { ", " }
            span.fact {
                (name(parameter)) " = " (value(tier.parameters.get(parameter).unwrap_or(&spec.default)))
                @if let Some(unit) = &spec.unit { " " (unit) }
            }
        }
    }
}

/// How to mend the findings; what it is for is said where there are several ways.
fn hints(findings: &[Finding<'_>]) -> Vec<(String, String)> {
    let mut hints: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for finding in findings {
        let kind = (finding.resource.resource_type, finding.tier.name.as_ref());
        if seen.contains(&kind) {
            continue;
        }
        seen.push(kind);
        if let Some(hint) = remediation::hint(finding) {
            hints.entry(hint).or_default().push(format!("{} in {}", kind.0, kind.1));
        }
    }
    let is_one = hints.len() == 1;
    hints.into_iter().map(|(hint, of)| (hint, if is_one { String::new() } else { of.join(", ") })).collect()
}

// ---- what was found

/// A group of rows for each outcome: what was found, then the resources that show it.
fn table(run: &Run<'_>, rule: &Rule, findings: &[Finding<'_>]) -> Markup {
    html! {
        table.findings {
            caption.hidden { "Found by " (rule.id) }
            thead { tr { th scope="col" { "Resource" } th scope="col" { "Tier" } th scope="col" { "Where" } } }
            @for alike in findings.chunk_by(|one, other| std::ptr::eq(one.outcome, other.outcome)) {
                tbody {
                    @if let Some(first) = alike.first() {
                        tr.found { th colspan="3" scope="rowgroup" { (found(rule, first)) } }
                    }
                    @for finding in alike { (row(run, finding)) }
                }
            }
        }
    }
}

/// What a rule says, and the facts that it read.
fn found(rule: &Rule, finding: &Finding<'_>) -> Markup {
    let outcome: &Outcome = finding.outcome;
    html! {
        @for message in &outcome.messages {
            p.message { span.glyph aria-hidden="true" { "✗" } " " (words(message)) }
        }
        @if !outcome.facts.is_empty() {
            p.facts {
                span.label { "actual " }
                @for (position, (path, state)) in rule.reads.iter().zip(&outcome.facts).enumerate() {
                    @if position > 0 { ", " }
                    span.fact { (name(&path.to_string())) " " (state_of(state)) (set_by(finding, path)) }
                }
            }
        }
    }
}

fn state_of(state: &FactState) -> Markup {
    html! {
        @match state {
            FactState::Known(known) => { "= " (value(known)) },
            FactState::Partial(known, why) => { "= " (value(known)) " and more: " (words(&why.to_string())) },
            FactState::Unknown(why) => { "unknown: " (words(&why.to_string())) },
            FactState::Missing(why) => { "none: " (words(why.as_str())) },
        }
    }
}

/// That nobody wrote a value down, which is what people wonder about.
fn set_by(finding: &Finding<'_>, path: &crate::model::FactPath) -> Markup {
    let origin = origin_of(finding.resource, path);
    html! {
        @match origin.map(|origin| (origin.set_by, origin.resource.as_deref())) {
            Some((SetBy::Default, _)) => { " (the provider's default)" },
            Some((SetBy::Recorded, _)) => { " (as recorded)" },
            Some((_, Some(resource))) => { " (of " (name(resource)) ")" },
            _ => {},
        }
    }
}

fn row(run: &Run<'_>, finding: &Finding<'_>) -> Markup {
    let resource = finding.resource;
    let place = finding.location();
    // A whole plan is no place to look; that is the same for all, and stands at the end of the page.
    let line = place.region.is_some().then_some(place);
    html! {
        tr {
            th scope="row" {
                (name(&resource.id))
                span.small { (scope(run, finding)) }
            }
            td { (words(&finding.tier.name)) span.small { (words(finding.tier_reason)) } }
            td {
                @match line { Some(line) => { (location(line)) }, None => { span.small { (name(&place.file)) } } }
                @if let Some(note) = finding.note() { span.small { (words(note)) } }
                @if finding.stood() == Some(Stood::Worse) { span.small { (summary::WORSE) } }
                @if let Some(age) = finding.age() { span.small { (words(&age.text())) } }
            }
        }
    }
}

/// The account, the region, and what a plan does to it.
fn scope(run: &Run<'_>, finding: &Finding<'_>) -> Markup {
    let scope = &finding.resource.scope;
    let account = scope.account.as_ref().filter(|_| run.stands != Stands::Below);
    html! {
        @if let Some(account) = account { (words(&summary::account_label(run.results(), account))) " " }
        @if let Some(region) = &scope.region { (words(region)) " " }
        (finding.resource.resource_type)
        @if let Some(change) = &finding.resource.change { " · " (change.action) }
    }
}
