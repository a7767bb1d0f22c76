//! Observations: what was seen of each rule, what drifted, what could not be read, and which controls nothing can be said of.

use std::collections::BTreeSet;

use super::form::{Evidence, Link, Observation, Origin, Properties, Reference, Subject};
use super::ids::Id;
use super::run::{Observed, Run, Seen, reason};
use super::words::{code, markup, shown};
use super::{controls, drift};
use crate::model::{FactPath, FactState, Finding, Gap, Rule, RuleVerdicts, Stood, Verdict};
use crate::report::remediation;

/// About the status of a control objective.
pub(super) const OF_CONTROL: &[&str] = &["control-objective"];

/// A potential risk, too.
pub(super) const DISCOVERY: &[&str] = &["control-objective", "discovery"];

/// All of them.
pub(super) fn observations<'r>(run: &'r Run<'_>) -> impl Iterator<Item = Observation<'r>> + 'r {
    let of_rules = run.observed().flat_map(|(of_rule, observed)| of_rule_observations(run, of_rule, observed));
    let gaps = run.results.gaps.iter().zip(0u32..).map(|(one, at)| gap(run, one, at));
    of_rules.chain(drift::observations(run)).chain(gaps).chain(controls::undecided(run))
}

impl Observation<'_> {
    /// One with the parts that all have.
    pub(super) fn new<'r>(run: &'r Run<'_>, uuid: Id, title: String, description: String) -> Observation<'r> {
        Observation {
            uuid,
            title,
            description,
            props: Properties::default(),
            links: Vec::new(),
            methods: ["TEST"],
            types: OF_CONTROL,
            origins: Origin::tool(run.tool),
            subjects: Vec::new(),
            relevant_evidence: Vec::new(),
            collected: &run.results.run.as_of,
            remarks: None,
        }
    }
}

fn of_rule_observations<'r>(
    run: &'r Run<'_>,
    of_rule: &'r RuleVerdicts,
    observed: &'r Observed,
) -> impl Iterator<Item = Observation<'r>> + 'r {
    let rule = run.results.rules.get(of_rule.rule);
    rule.into_iter().flat_map(move |rule| {
        let passed = observed.passed.map(|id| {
            let subjects = subjects(of_rule, |_, verdict| verdict == Verdict::Pass);
            together(run, rule, id, (Verdict::Pass, None), &subjects)
        });
        let not_applicable = observed.not_applicable.iter().map(move |(why, id)| {
            let subjects = subjects(of_rule, |at, verdict| {
                verdict == Verdict::NotApplicable
                    && of_rule.outcomes.get(at as usize).is_some_and(|one| reason(one) == *why)
            });
            together(run, rule, *id, (Verdict::NotApplicable, Some(why)), &subjects)
        });
        let each = observed.each.iter().filter_map(move |seen| each(run, of_rule, seen));
        passed.into_iter().chain(not_applicable).chain(each)
    })
}

/// The resources whose outcome is wanted, given its place and its verdict.
fn subjects(of_rule: &RuleVerdicts, is_wanted: impl Fn(u32, Verdict) -> bool) -> Vec<u32> {
    let wanted: Vec<bool> =
        of_rule.outcomes.iter().zip(0u32..).map(|(outcome, at)| is_wanted(at, outcome.verdict)).collect();
    let of = |outcome: u32| wanted.get(outcome as usize) == Some(&true);
    of_rule.verdicts.iter().filter(|(_, outcome)| of(*outcome)).map(|(resource, _)| *resource).collect()
}

/// What many resources have in common.
fn together<'r>(
    run: &'r Run<'_>,
    rule: &Rule,
    id: Id,
    (verdict, why): (Verdict, Option<&String>),
    resources: &[u32],
) -> Observation<'r> {
    let (title, description) = match why {
        None => (title(rule, "passes"), format!("{}.", markup(&rule.title))),
        Some(why) => (title(rule, "does not apply"), format!("{}.", markup(why))),
    };
    let sources: BTreeSet<u32> =
        resources.iter().filter_map(|at| Some(run.results.resources.get(*at as usize)?.source)).collect();
    Observation {
        props: properties(rule, verdict),
        links: vec![link(run, rule)],
        subjects: resources.iter().filter_map(|at| run.item(*at)).map(Subject::item).collect(),
        relevant_evidence: sources.into_iter().filter_map(|source| evidence(run, source, "")).collect(),
        ..Observation::new(run, id, title, description)
    }
}

/// What a resource has of its own.
fn each<'r>(run: &'r Run<'_>, of_rule: &'r RuleVerdicts, seen: &Seen) -> Option<Observation<'r>> {
    let outcome = of_rule.outcomes.get(seen.outcome as usize)?;
    let finding = run.results.finding(of_rule.rule, seen.resource, outcome)?;
    let word = match outcome.verdict {
        Verdict::Fail => "fails",
        Verdict::Waived => "fails, which is accepted",
        Verdict::Error => "raised an error",
        _ => "could not be decided",
    };
    let is_failure = matches!(outcome.verdict, Verdict::Fail | Verdict::Waived);
    let description = format!("{}: {}", code(&finding.resource.id), markup(&finding.message()));
    let facts = facts(&finding.rule.reads, &outcome.facts);
    Some(Observation {
        props: properties(finding.rule, outcome.verdict)
            .with("severity", finding.severity().as_str())
            .with("fingerprint", &finding.fingerprint())
            .with_some("location", place(&finding).as_deref())
            .with_some("open-since", finding.age().map(|age| age.opened.as_ref()))
            .with_some("standing", finding.stood().map(Stood::as_str)),
        links: vec![link(run, finding.rule)],
        types: if is_failure { DISCOVERY } else { OF_CONTROL },
        subjects: run.item(seen.resource).map(Subject::item).into_iter().collect(),
        relevant_evidence: evidence(run, finding.resource.source, &facts).into_iter().collect(),
        remarks: remarks(&finding),
        ..Observation::new(run, seen.id, title(finding.rule, word), description)
    })
}

fn title(rule: &Rule, word: &str) -> String {
    format!("{} {word}: {}", markup(&rule.id), markup(&rule.title))
}

fn properties(rule: &Rule, verdict: Verdict) -> Properties {
    Properties::default().with("verdict", verdict.as_str()).with("rule", &rule.id)
}

fn link(run: &Run<'_>, rule: &Rule) -> Link {
    Link { href: Reference(run.rule(&rule.id)), rel: "rule" }
}

/// `envs/prod eu/main.tf:7`.
fn place(finding: &Finding<'_>) -> Option<String> {
    let location = finding.location();
    location.region.map(|region| format!("{}:{}", location.file, region.start_line))
}

fn remarks(finding: &Finding<'_>) -> Option<String> {
    let is_failure = matches!(finding.outcome.verdict, Verdict::Fail | Verdict::Waived);
    let fix = remediation::hint(finding)
        .filter(|_| is_failure)
        .map(|hint| format!("Fix: {}.", markup(hint.trim_end_matches('.'))));
    let note = finding.note().map(|note| format!("{}.", markup(note)));
    let remarks: Vec<String> = [note, fix].into_iter().flatten().collect();
    (!remarks.is_empty()).then(|| remarks.join(" "))
}

/// A source, and what was read there.
pub(super) fn evidence(run: &Run<'_>, source: u32, what: &str) -> Option<Evidence> {
    let path = &run.results.sources.get(source as usize)?.path;
    let what = if what.is_empty() { String::new() } else { format!(": {what}") };
    Some(Evidence { href: Reference(run.source(source)), description: format!("{}{what}", code(path)) })
}

/// The facts that the rule read; no value of theirs is ever sensitive.
fn facts(paths: &[FactPath], states: &[FactState]) -> String {
    let fact = |(path, state): (&FactPath, &FactState)| {
        let state = match state {
            FactState::Known(value) => format!("is {}", markup(&shown(value))),
            FactState::Partial(value, why) => {
                format!("is {}, and more that is not known ({})", markup(&shown(value)), markup(&why.to_string()))
            }
            FactState::Unknown(why) => format!("is not known: {}", markup(&why.to_string())),
            FactState::Missing(why) => format!("is missing: {}", markup(why.as_str())),
        };
        format!("{} {state}", code(&path.to_string()))
    };
    paths.iter().zip(states).map(fact).collect::<Vec<_>>().join("; ")
}

fn gap<'r>(run: &'r Run<'_>, gap: &Gap, at: u32) -> Observation<'r> {
    let description = format!("{}: {}", code(&gap.place), markup(gap.reason.as_str()));
    let id = run.ids.id("gap", &[&at.to_string()]);
    Observation {
        props: Properties::default().with("verdict", "gap").with("place", &gap.place),
        remarks: Some("Nothing is known of what is there: neither that it is satisfied nor that it is not.".to_owned()),
        ..Observation::new(run, id, "Could not be read".to_owned(), description)
    }
}
