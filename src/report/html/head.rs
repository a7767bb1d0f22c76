//! What a page says first: how the gate decided, and the numbers with what they are counted of.

use maud::{Markup, html};

use super::bars;
use super::run::{Run, Stands};
use super::text::{grouped, many, percent, time};
use crate::model::{Drift, DriftClass, Severity, Since, Verdict};
use crate::report::drift::{self, Standing};
use crate::report::text::{capital, count};
use crate::report::{Gate, failures};

/// The headline, the sentence under it, and the figures.
pub(super) fn headline(run: &Run<'_>) -> Markup {
    html! {
        div.headline {
            (gate(run))
            @if run.is_judged() { (bars::verdicts("Verdicts", &run.summary.total)) (severities(run)) }
        }
        dl.figures { (figures(run)) }
        @let since = run.results().history.as_ref().and_then(|history| history.since.as_ref());
        @if let Some(since) = since.filter(|_| run.stands != Stands::Below) { (changes(since)) }
    }
}

/// What changed since the run before.
fn changes(since: &Since) -> Markup {
    let Since { run, as_of, new, fixed, worse, waived, gone, not_evaluated } = since;
    html! {
        h2.since { "Since run " (run) " of " (time(as_of)) }
        dl.figures {
            (figure("New", &grouped(*new), "open now, and not then"))
            (figure("Fixed", &grouped(*fixed), "open then, and not now"))
            (figure("Worse", &grouped(*worse), "graver now, or no longer waived"))
            (figure("Waived", &grouped(*waived), "failed then, and accepted now"))
            (figure("Gone", &grouped(*gone), "with their resources"))
            (figure("Not evaluated", &grouped(*not_evaluated), "nobody can tell now"))
        }
    }
}

/// How the gate decided; a page of one account only counts, since the gate is for the whole run.
fn gate(run: &Run<'_>) -> Markup {
    let failed = run.summary.total.fail;
    let (class, glyph, words) = match Gate::of(run.results(), run.allow_partial) {
        _ if run.stands == Stands::Below && failed > 0 => ("fail", "✗", count(failed, "failure")),
        _ if run.stands == Stands::Below => ("unknown", "–", "No failure".to_owned()),
        Gate::Passed => ("pass", "✓", "The gate passed".to_owned()),
        Gate::Failed => ("fail", "✗", "The gate failed".to_owned()),
        Gate::NotProven => ("unknown", "!", "Not proven".to_owned()),
    };
    html! {
        p class={ "gate " (class) } { span.glyph aria-hidden="true" { (glyph) } " " (words) }
        @for sentence in why(run) { p.why { (sentence) } }
    }
}

/// Why the gate decided so.
fn why(run: &Run<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    if run.is_judged() {
        sentences.push(of_verdicts(run));
    }
    sentences.extend(of_drift(run));
    if run.summary.total.error > 0 {
        sentences.push(format!(
            "{} raised an error, so their rules have proven nothing.",
            many(run.summary.total.error, "verdict")
        ));
    }
    match run.gaps.len() {
        0 => {}
        gaps => sentences
            .push(format!("{} of the scope could not be read: what is in there was not judged.", many(gaps, "part"))),
    }
    sentences
}

fn of_verdicts(run: &Run<'_>) -> String {
    let total = run.summary.total;
    let fail_on = run.results().run.fail_on;
    match total.total() {
        0 => "Nothing was evaluated: no rule met a resource that it concerns, so this run proves nothing.".to_owned(),
        _ if total.fail == 0 => capital(&nothing_failed(run)),
        _ => {
            let at = Severity::ALL.iter().filter(|severity| **severity >= fail_on).map(|one| run.summary.failed(*one));
            let decided = many(total.decided(), "decided verdict");
            let bar =
                if fail_on == Severity::Critical { "critical".to_owned() } else { format!("{fail_on} or graver") };
            let failed = format!("{} of {decided} failed", grouped(total.fail));
            match &run.results().standing {
                None => {
                    format!("{failed}; {} of them {bar}, which is what the gate fails on.", grouped(at.sum::<usize>()))
                }
                Some(standing) => format!(
                    "{failed}; {} stood before this change, which makes them no worse. The gate fails on what is new or worse and \
                     {bar}.",
                    grouped(standing.before())
                ),
            }
        }
    }
}

/// That nothing failed, and how much that says.
pub(super) fn nothing_failed(run: &Run<'_>) -> String {
    let total = run.summary.total;
    let unknown = match total.unknown {
        0 => String::new(),
        unknown => format!("; {} could not be decided", grouped(unknown)),
    };
    match total.decided() {
        0 => format!("nothing could be decided{unknown}."),
        decided => format!("none of {} failed{unknown}.", many(decided, "decided verdict")),
    }
}

fn of_drift(run: &Run<'_>) -> Vec<String> {
    let report = &run.results().drift;
    let Some(comparison) = report.comparison.as_ref().filter(|_| run.stands != Stands::Below) else {
        return Vec::new();
    };
    let compared = format!("{}.", capital(&drift::compared(run.results(), comparison)));
    let ended = match drift::standing(report, comparison) {
        Standing::NothingCompared => Some("Nothing was compared: no resource is on both sides.".to_owned()),
        Standing::NothingDrifted => Some("Every fact that was compared agrees.".to_owned()),
        Standing::Drifted => drift::gate(report, comparison).map(|gate| format!("{}.", capital(&gate))),
    };
    std::iter::once(compared).chain(ended).collect()
}

/// How many failures of each severity, each a link to them.
fn severities(run: &Run<'_>) -> Markup {
    let has_findings = run.stands != Stands::Above;
    html! {
        @if run.summary.total.fail > 0 {
            ul.severities {
                @for severity in Severity::ALL.iter().rev().filter(|severity| run.summary.failed(**severity) > 0) {
                    li {
                        @let chip = html! { span class={ "chip " (severity) } { (severity) } " " b { (grouped(run.summary.failed(*severity))) } };
                        @if has_findings { a href={ "#" (severity) } { (chip) } } @else { (chip) }
                    }
                }
            }
        }
    }
}

/// The figures, each with what it is counted of.
fn figures(run: &Run<'_>) -> Markup {
    let total = run.summary.total;
    let results = run.results();
    let resources = run.part.resources().count();
    html! {
        @if run.is_judged() {
            @let of_seen = match run.part.is_whole() {
                true => format!("{} judged, {} read", many(resources, "resource"), grouped(results.resources_seen)),
                false => format!("{} judged", many(resources, "resource")),
            };
            (figure("Databases", &grouped(run.summary.databases), &of_seen))
            @let holds = percent(total.pass, total.decided());
            (figure("Rules hold", &holds.unwrap_or_else(|| "–".to_owned()), &match total.decided() {
                0 => "nothing was decided".to_owned(),
                decided => format!("{} of {}", grouped(total.pass), many(decided, "decided verdict")),
            }))
            (figure("Rules failed", &grouped(rules_that(run, Verdict::Fail)), &format!("of {} in use", grouped(results.rules.len()))))
            (figure("Waived", &grouped(total.waived), &format!("of {}", many(total.waived + total.fail, "failure"))))
            (figure("Unknown", &grouped(total.unknown), &format!("of {} that apply", many(total.total() - total.not_applicable, "verdict"))))
        }
        (figures_of_drift(run))
        (figure("Gaps", &grouped(run.gaps.len()), if run.gaps.is_empty() { "all that was asked for was read" } else { "could not be read" }))
    }
}

fn figures_of_drift(run: &Run<'_>) -> Markup {
    let comparison = run.results().drift.comparison.as_ref();
    if run.drifts.is_empty() && comparison.is_none() {
        return html! {};
    }
    let of = |wanted: fn(&Drift) -> bool| run.drifts.iter().filter(|drift| wanted(drift)).count();
    let class = |class: DriftClass| run.drifts.iter().filter(|drift| drift.class == class).count();
    let drifting = of(|drift| drift.class.can_fail());
    let worse = of(|drift| drift.class.can_fail() && drift.severity().is_some());
    let of_which = match comparison.is_some() {
        true => format!("{} {} a rule fail", grouped(worse), if worse == 1 { "makes" } else { "make" }),
        false => "as the plan reports it".to_owned(),
    };
    html! {
        // Beside the figures of what was judged, one says it.
        @if let Some(comparison) = comparison.filter(|_| !run.is_judged()) {
            (figure("On both sides", &grouped(comparison.joined), &format!("of {} that run", grouped(comparison.running))))
            (figure("Facts compared", &grouped(comparison.compared), "known on both sides"))
        }
        (figure("Drift", &grouped(drifting), &of_which))
        @if !run.is_judged() {
            (figure("Pending", &grouped(class(DriftClass::Pending)), "waits for a window or a reboot"))
            (figure("Unverifiable", &grouped(class(DriftClass::Unverifiable)), "what runs could not be seen"))
        }
    }
}

fn figure(label: &str, number: &str, of: &str) -> Markup {
    html! { div { dt { (label) } dd { b { (number) } " " span { (of) } } } }
}

/// How many rules have a verdict.
fn rules_that(run: &Run<'_>, verdict: Verdict) -> usize {
    let mut rules: Vec<&str> = failures::by_rule_in(run.part, verdict).iter().map(|one| one.rule.id.as_ref()).collect();
    rules.sort_unstable();
    rules.dedup();
    rules.len()
}
