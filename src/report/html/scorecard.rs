//! The scorecard: how much holds, by domain and by tier.

use maud::{Markup, html};

use super::bars;
use super::page::wide;
use super::run::{Run, Stands};
use super::text::{grouped, many, percent, words};
use crate::model::{Domain, VerdictCounts};
use crate::report::summary::account_label;
use crate::report::text::capital;

/// How many accounts a page that stands alone lists.
const MAX_ACCOUNTS: usize = 100;

/// Tiles by domain, and a table by tier; by account too, where there are several on one page.
pub(super) fn scorecard(run: &Run<'_>) -> Markup {
    let tiers = run.results().tiers.iter().zip(&run.summary.by_tier).filter(|(_, counts)| counts.total() > 0);
    let tiers = tiers.map(|(tier, counts)| (words(&tier.name), words(&tier.description), *counts)).collect();
    html! {
        p.about {
            "What holds, of what could be decided: what passed, failed or is waived. Bars leave out what does not apply."
        }
        ul.tiles {
            @for (domain, counts) in run.summary.by_domain.iter().filter(|(_, counts)| counts.total() > 0) {
                li.tile { (tile(*domain, counts)) }
            }
        }
        (table("By tier", "Tier", tiers))
        @if run.stands == Stands::Alone && run.summary.by_account.len() > 1 { (accounts(run)) }
    }
}

fn tile(domain: Domain, counts: &VerdictCounts) -> Markup {
    html! {
        h3 { (capital(domain.as_str())) }
        p.share { (holds(counts)) }
        (bars::verdicts(&capital(domain.as_str()), counts))
        p.rest { (parts(counts)) }
    }
}

/// The share that holds, with both numbers; in words when nothing was decided.
fn holds(counts: &VerdictCounts) -> Markup {
    html! {
        @match percent(counts.pass, counts.decided()) {
            Some(percent) => { b { (percent) } " " span { (grouped(counts.pass)) " of " (grouped(counts.decided())) } }
            None => { b { "–" } " " span { "nothing decided" } }
        }
    }
}

/// What does not hold, in words.
fn parts(counts: &VerdictCounts) -> String {
    let parts = [
        (counts.fail, "failed"),
        (counts.waived, "waived"),
        (counts.unknown, "unknown"),
        (counts.error, "errors"),
        (counts.not_applicable, "not applicable"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", grouped(*number)))
        .collect();
    parts.join(" · ")
}

/// A row for each, with its bar.
pub(super) fn table(caption: &str, what: &str, rows: Vec<(Markup, Markup, VerdictCounts)>) -> Markup {
    let table = html! {
        table.numbers {
            caption { (caption) }
            thead {
                tr {
                    th scope="col" { (what) }
                    th.bars scope="col" { "Holds" }
                    @for column in ["Failed", "Waived", "Unknown", "Errors", "Passed", "Not applicable"] {
                        th.number scope="col" { (column) }
                    }
                }
            }
            tbody {
                @for (name, about, counts) in rows {
                    tr {
                        th scope="row" { (name) span.small { (about) } }
                        td.bars { p.share { (holds(&counts)) } (bars::verdicts("Verdicts", &counts)) }
                        @for number in [counts.fail, counts.waived, counts.unknown, counts.error, counts.pass, counts.not_applicable] {
                            td.number { (grouped(number)) }
                        }
                    }
                }
            }
        }
    };
    wide(caption, &table)
}

/// The accounts of a run, the ones with the most failures first.
fn accounts(run: &Run<'_>) -> Markup {
    let mut accounts: Vec<_> = run.summary.by_account.iter().collect();
    accounts.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.fail));
    let left = accounts.len().saturating_sub(MAX_ACCOUNTS);
    let rows = accounts.iter().take(MAX_ACCOUNTS);
    let row = |(account, counts): &(&std::sync::Arc<str>, &VerdictCounts)| {
        (words(&account_label(run.results(), account)), html! {}, **counts)
    };
    html! {
        (table("By account", "Account", rows.map(row).collect()))
        @if left > 0 { p.left-out { "… " (many(left, "more account")) " with fewer failures; " code { "--output html=DIR/" } " writes a page for each." } }
    }
}
