//! What drifted: what makes rules fail, what else changed, then what nobody has to mend.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::page::{Section, left_out, wide};
use super::run::{Run, Stands};
use super::text::{grouped, location, name, percent, words};
use crate::model::{Comparison, Drift, DriftSubject};
use crate::report::drift::{self, Parts, Standing, Unseen};
use crate::report::text::capital;

/// How many drifts of a part a page spells out.
const MAX_ROWS: usize = 1_000;

/// How many that stand after a run's findings on its one page, or that nobody has to mend.
const MAX_BESIDE: usize = 200;

/// The drift of a run; nothing when nothing was compared and no plan reports any.
pub(super) fn section<'a>(run: &Run<'a>) -> Option<Section<'a>> {
    let report = &run.results().drift;
    let comparison = report.comparison.as_ref().filter(|_| run.stands != Stands::Below);
    if run.drifts.is_empty() && comparison.is_none() {
        return None;
    }
    let parts = Parts::of_some(&run.drifts);
    let most = if run.is_judged() { MAX_BESIDE } else { MAX_ROWS };
    let others = match (&report.comparison, parts.worse.is_empty()) {
        (None, _) => "Changed outside Terraform",
        (Some(_), true) => "Drift",
        (Some(_), false) => "Other drift",
    };
    let content = html! {
        @if let Some(comparison) = comparison { (ended(run, comparison)) }
        (part(run, "Makes rules fail", &parts.worse, most))
        (part(run, others, &parts.others, most))
        (part(run, "Pending: waits for a window or a reboot", &parts.pending, MAX_BESIDE))
        (part(run, "Expected: changes that the provider makes by itself", &parts.expected, MAX_BESIDE))
        (unseen(&parts.unverifiable))
        @if let Some(comparison) = comparison { (odd_ignores(comparison)) (coverage(run, comparison)) }
    };
    Some(Section::of("drift", "Drift", Some(run.drifts.len()), content))
}

fn ended(run: &Run<'_>, comparison: &Comparison) -> Markup {
    let words = match drift::standing(&run.results().drift, comparison) {
        Standing::NothingCompared => Some(drift::NOTHING_COMPARED.to_owned()),
        Standing::NothingDrifted => Some(drift::nothing_drifted(comparison, run.gaps.len())),
        Standing::Drifted => None,
    };
    html! {
        @if run.is_judged() { p.about { (capital(&drift::compared(run.results(), comparison))) "." } }
        @if let Some(words) = words { p.none { (words) "." } }
    }
}

/// A part of the drifts, as a table.
fn part(run: &Run<'_>, title: &str, drifts: &[&Drift], most: usize) -> Markup {
    html! {
        @if !drifts.is_empty() {
            h3 { (title) " " span.count { (grouped(drifts.len())) } }
            (wide(title, &table(drifts.get(..most.min(drifts.len())).unwrap_or_default(), title)))
            (left_out(drifts.len().saturating_sub(most), &sorts(drifts, most), super::findings::instead(run)))
        }
    }
}

fn table(drifts: &[&Drift], title: &str) -> Markup {
    html! {
        table.drift {
            caption.hidden { (title) }
            thead {
                tr {
                    th scope="col" { "Resource" }
                    th scope="col" { "What" }
                    th scope="col" { "Expected" }
                    th scope="col" { "Actual" }
                    th scope="col" { "What it does" }
                }
            }
            @for of_resource in drifts.chunk_by(|one, other| one.resource.id == other.resource.id) {
                tbody { @for (position, drift) in of_resource.iter().enumerate() { (row(drift, position == 0, of_resource.len())) } }
            }
        }
    }
}

/// What the drifts are about that are left out, the most frequent first.
fn sorts(drifts: &[&Drift], shown: usize) -> String {
    const MAX_NAMED: usize = 3;
    let mut sorts: BTreeMap<String, usize> = BTreeMap::new();
    for drift in drifts.iter().skip(shown) {
        *sorts.entry(drift::sort_of(drift)).or_default() += 1;
    }
    let mut sorts: Vec<(String, usize)> = sorts.into_iter().collect();
    sorts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named: Vec<String> =
        sorts.iter().take(MAX_NAMED).map(|(sort, count)| format!("{} {sort}", grouped(*count))).collect();
    let dots = if sorts.len() > MAX_NAMED { ", …" } else { "" };
    format!("({}{dots}).", named.join(", "))
}

/// A drift; the resource stands only in the first of its rows.
fn row(drift: &Drift, is_first: bool, rows: usize) -> Markup {
    html! {
        tr {
            @if is_first { th scope="rowgroup" rowspan=(rows) { (resource(drift)) } }
            @match drift::sides(drift) {
                Some((there, here)) => {
                    td { (name(&drift.subject.to_string())) (class(drift)) }
                    td { (words(&there)) }
                    td { (words(&here)) (notes(drift)) }
                },
                None => {
                    td { @if drift.subject == DriftSubject::Resource { "the whole resource" } @else { (name(&drift.subject.to_string())) } (class(drift)) }
                    td colspan="2" { (words(&drift::whole_words(drift))) (notes(drift)) }
                },
            }
            td { (effects(drift)) }
        }
    }
}

/// The class, and the line that declares it.
fn class(drift: &Drift) -> Markup {
    let place = drift.location();
    html! {
        span.small { (drift.class) }
        @if place.region.is_some() { span.small { (location(place)) } }
    }
}

fn resource(drift: &Drift) -> Markup {
    html! {
        (name(&drift.resource.id))
        @if let Some(running) = drift.resource.running_id.as_ref().filter(|running| **running != drift.resource.id) {
            span.small { (name(running)) }
        }
    }
}

fn notes(drift: &Drift) -> Markup {
    let note = drift.place.as_ref().and_then(|place| place.note.as_ref()).map(ToString::to_string);
    html! { @for note in drift::notes(drift).into_iter().chain(note) { span.small { (words(&note)) } } }
}

fn effects(drift: &Drift) -> Markup {
    html! {
        @if drift::is_told_cosmetic(drift) { span.small { "no verdict changes" } }
        @for effect in &drift.effects {
            p.effect { span class={ "chip " (effect.severity) } { (effect.severity) } " " (words(&drift::effect_on_rule(drift, effect))) }
        }
    }
}

fn unseen(unseen: &[Unseen<'_>]) -> Markup {
    html! {
        @if !unseen.is_empty() {
            h3 { "Could not be compared" }
            table {
                caption.hidden { "What could not be compared" }
                thead { tr { th scope="col" { "What" } th scope="col" { "Why" } } }
                tbody {
                    @for unseen in unseen.iter().take(MAX_BESIDE) {
                        tr { th scope="row" { (unseen.what()) } td { (words(unseen.reason)) } }
                    }
                }
            }
            (left_out(unseen.len().saturating_sub(MAX_BESIDE), "reasons;", "`--output json=FILE` has all of them."))
        }
    }
}

fn odd_ignores(comparison: &Comparison) -> Markup {
    let odd = drift::odd_ignores(comparison);
    html! {
        @if !odd.is_empty() {
            h3 { "Ignore rules that ignore nothing" }
            table {
                caption.hidden { "Ignore rules that ignore nothing" }
                thead { tr { th scope="col" { "Where" } th scope="col" { "Reason" } th scope="col" { "Care" } } }
                tbody {
                    @for (ignore, remark) in odd.iter().take(MAX_BESIDE) {
                        tr { th scope="row" { (name(&drift::place_of(ignore))) } td { (words(&ignore.reason)) } td { (words(remark)) } }
                    }
                }
            }
            (left_out(odd.len().saturating_sub(MAX_BESIDE), "ignore rules;", "`--output json=FILE` has all of them."))
        }
    }
}

/// How much of what runs is declared.
fn coverage(run: &Run<'_>, comparison: &Comparison) -> Markup {
    let rows = &comparison.coverage;
    html! {
        @if !rows.is_empty() {
            h3 { "How much of what runs is declared" }
            table.numbers {
                caption.hidden { "How much of what runs is declared" }
                thead {
                    tr {
                        th scope="col" { "Of" }
                        th.bars scope="col" { "Declared" }
                        th.number scope="col" { "Running" }
                        th.number scope="col" { "From approved modules" }
                    }
                }
                tbody {
                    @for row in rows.iter().take(MAX_BESIDE) {
                        tr {
                            th scope="row" { (words(&drift::label(run.results(), row))) }
                            td.bars {
                                p.share {
                                    @match percent(row.declared, row.running) {
                                        Some(share) => { b { (share) } " " span { (grouped(row.declared)) " of " (grouped(row.running)) } },
                                        None => { b { "–" } " " span { "nothing runs" } },
                                    }
                                }
                                (super::bars::bar("Databases that run", &[
                                    super::bars::Piece { class: "pass", label: "declared", count: row.declared },
                                    super::bars::Piece { class: "unknown", label: "not declared", count: row.running.saturating_sub(row.declared) },
                                ]))
                            }
                            td.number { (grouped(row.running)) }
                            td.number { @match row.approved { Some(approved) => { (grouped(approved)) }, None => { span.small { "not known" } } } }
                        }
                    }
                }
            }
            (left_out(rows.len().saturating_sub(MAX_BESIDE), "rows;", "`--output json=FILE` has all of them."))
        }
    }
}
