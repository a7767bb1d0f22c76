//! What stands around the findings: what is not known, what is coming, the waivers, and what the page was made from.

use maud::{Markup, html};

use super::page::{Section, left_out};
use super::run::{Run, Stands};
use super::text::{grouped, location, many, name, time, words};
use crate::model::{Coming, Verdict, WaiverReport, WaiverUse};
use crate::report::{failures, waivers as waiver_words};
use crate::waiver::remarks;

/// How many rows a table besides the findings has.
const MAX_ROWS: usize = 200;

/// How many resources a row names.
const MAX_NAMED: usize = 10;

// ---- what is not known

/// What was not scanned, what raised an error, and what could not be decided.
pub(super) fn not_known<'a>(run: &Run<'a>) -> Option<Section<'a>> {
    let errors = failures::reasons_in(run.part, Verdict::Error);
    let unknown = failures::reasons_in(run.part, Verdict::Unknown);
    let gaps = run.gaps.len();
    let total = &run.summary.total;
    let content = html! {
        h3 { "Not scanned" }
        @if gaps == 0 {
            p.none { "Everything that was asked for could be read." }
        } @else {
            p.about { "What could not be read was not judged: it has neither passed nor failed." }
            (gap_table(run))
            (left_out(gaps.saturating_sub(MAX_ROWS), "gaps;", "`--output json=FILE` has all of them."))
        }
        @if total.error > 0 {
            h3 { "Rules that raised an error" }
            (reasons("Errors", &errors))
        }
        @if total.unknown > 0 {
            h3 { "Not known" }
            p.about { (many(total.unknown, "verdict")) " could not be decided; they are neither a pass nor a failure." }
            (reasons("Reasons", &unknown))
        }
    };
    let is_empty = gaps == 0 && total.error == 0 && total.unknown == 0;
    let count = gaps + total.error + total.unknown;
    (!is_empty || run.stands != Stands::Below)
        .then(|| Section::of("not-known", "Not scanned, not known", Some(count), content))
}

fn gap_table(run: &Run<'_>) -> Markup {
    html! {
        table {
            caption.hidden { "What could not be read" }
            thead { tr { th scope="col" { "Where" } th scope="col" { "Why" } } }
            tbody {
                @for gap in run.gaps.iter().take(MAX_ROWS) {
                    tr { th scope="row" { (name(&gap.place)) } td { (words(gap.reason.as_str())) } }
                }
            }
        }
    }
}

fn reasons(caption: &str, rows: &[failures::Reason<'_>]) -> Markup {
    html! {
        table {
            caption.hidden { (caption) }
            thead { tr { th scope="col" { "Rule" } th.number scope="col" { "Verdicts" } th scope="col" { "Why" } } }
            tbody {
                @for reason in rows.iter().take(MAX_ROWS) {
                    tr {
                        th scope="row" { (name(&reason.rule.id)) span.small { (words(&reason.rule.title)) } }
                        td.number { (grouped(reason.count)) }
                        td { (words(&reason.text)) }
                    }
                }
            }
        }
        (left_out(rows.len().saturating_sub(MAX_ROWS), "reasons;", "`--output json=FILE` has all of them."))
    }
}

// ---- what is coming

/// What will fail when the baseline changes; of the whole run.
pub(super) fn coming<'a>(run: &Run<'a>) -> Option<Section<'a>> {
    let results = run.results();
    if results.coming.is_empty() || run.stands == Stands::Below {
        return None;
    }
    let row = |coming: &Coming| {
        html! {
            tr {
                th scope="row" { (time(&coming.from)) @for reason in &coming.reasons { span.small { (words(reason)) } } }
                td { (name(&coming.rule.id)) " " (words(&coming.rule.title)) span.small { (coming.effect()) } }
                td { @for message in &coming.messages { p { (words(message)) } } }
                td { (named(coming.ids(results).map(AsRef::as_ref), coming.resources.len())) }
            }
        }
    };
    let table = html! {
        p.about { "What the baseline announces: it fails no gate yet." }
        table {
            caption.hidden { "What the baseline will ask for" }
            thead { tr { th scope="col" { "From" } th scope="col" { "Rule" } th scope="col" { "Finding" } th scope="col" { "Resources" } } }
            tbody { @for coming in results.coming.iter().take(MAX_ROWS) { (row(coming)) } }
        }
        (left_out(results.coming.len().saturating_sub(MAX_ROWS), "changes;", "`--output json=FILE` has all of them."))
    };
    Some(Section::of("coming", "Coming", Some(results.coming.len()), table))
}

/// The first few of some names, and how many there are.
fn named<'n>(names: impl Iterator<Item = &'n str>, total: usize) -> Markup {
    html! {
        ul.plain { @for one in names.take(MAX_NAMED) { li { (name(one)) } } }
        (left_out(total.saturating_sub(MAX_NAMED), "resources", ""))
    }
}

// ---- waivers

/// The waivers of a run: what each accepts, who accepted it, and until when.
pub(super) fn waivers<'a>(run: &Run<'a>) -> Option<Section<'a>> {
    let report = run.results().waivers.as_ref().filter(|_| run.stands != Stands::Below)?;
    let told = waiver_words::told(report);
    let resources = waiver_words::resources(run.results(), MAX_NAMED);
    let idle = report.entries.len() - told.len();
    let content = html! {
        p.about {
            (many(run.summary.total.waived, "failure")) " accepted by " (many(report.entries.len(), "waiver")) " of " (name(&report.file)) "."
            @if idle > 0 { " " (many(idle, "waiver")) " neither waived anything nor " (if idle == 1 { "needs" } else { "need" }) " care." }
        }
        @if !told.is_empty() {
            table {
                caption.hidden { "Waivers" }
                thead {
                    tr {
                        th scope="col" { "Waiver" }
                        th scope="col" { "Holds until" }
                        th scope="col" { "Why, and who" }
                        th.number scope="col" { "Findings" }
                        th scope="col" { "Of" }
                    }
                }
                tbody {
                    @for (position, used) in told.iter().take(MAX_ROWS) {
                        (waiver(used, resources.get(*position).map_or(&[][..], Vec::as_slice)))
                    }
                }
            }
            (left_out(told.len().saturating_sub(MAX_ROWS), "waivers;", "`--output json=FILE` has all of them."))
        }
        (idle_comments(report))
    };
    Some(Section::of("waivers", "Waivers", Some(report.entries.len()), content))
}

fn waiver(used: &WaiverUse, resources: &[&std::sync::Arc<str>]) -> Markup {
    let who = [("risk owned by ", &used.owner), ("approved by ", &used.approver), ("decided in ", &used.ticket)];
    html! {
        tr {
            th scope="row" { (name(&used.id)) span.small { (name(&used.rule)) } }
            td {
                (time(&used.expires)) span.small { (used.state.as_str().replace('_', " ")) }
                @for remark in remarks(used) { p.remark { span.glyph aria-hidden="true" { "!" } " " (words(&remark)) } }
            }
            td {
                (words(&used.reason))
                @for (label, whose) in who { @if let Some(whose) = whose { span.small { (label) (words(whose)) } } }
            }
            td.number { (grouped(used.waived)) }
            td { @if !resources.is_empty() { (named(resources.iter().map(|one| one.as_ref()), used.waived)) } }
        }
    }
}

fn idle_comments(report: &WaiverReport) -> Markup {
    let comments = &report.idle_comments;
    html! {
        @if !comments.is_empty() {
            h3 { "Comments that waive nothing" }
            table {
                caption.hidden { "Comments that waive nothing" }
                thead { tr { th scope="col" { "Where" } th scope="col" { "Why" } } }
                tbody {
                    @for comment in comments.iter().take(MAX_ROWS) {
                        tr { th scope="row" { (location(&comment.location)) } td { (words(&comment.problem)) } }
                    }
                }
            }
            (left_out(comments.len().saturating_sub(MAX_ROWS), "comments;", "`--output json=FILE` has all of them."))
        }
    }
}

// ---- what it was made from

/// By what it was judged and from what, each with its digest.
pub(super) fn made_from<'a>(run: &Run<'a>) -> Section<'a> {
    let results = run.results();
    let info = &results.run;
    let sources = &results.sources;
    let row = |what: Markup, which: Markup, digest: &str| {
        html! { tr { th scope="row" { (what) } td { (which) } td.digest { (name(digest)) } } }
    };
    let text = |text: &'static str| html! { (text) };
    let table = html! {
        table {
            caption { "SHA-256 of everything that decided a verdict" }
            thead { tr { th scope="col" { "What" } th scope="col" { "Which" } th scope="col" { "SHA-256" } } }
            tbody {
                (row(text("Tool"), html! { "dbkeel " (words(&info.version)) }, ""))
                (row(text("Baseline"), name(&info.baseline), &info.baseline_sha256))
                (row(text("Rules"), html! { (grouped(results.rules.len())) " used" }, &info.policies_sha256))
                @if let Some(waivers) = &results.waivers { (row(text("Waivers"), name(&waivers.file), &waivers.sha256)) }
                @for framework in &results.frameworks {
                    (row(text("Framework"), html! { (words(&framework.name)) " " (words(&framework.edition)) }, &framework.sha256))
                }
                @for source in sources.iter().take(MAX_ROWS) {
                    @let tool = source.tool_version.as_ref().map(|version| format!(" by {version}")).unwrap_or_default();
                    (row(html! { (source.kind.as_str().replace('-', " ")) (words(&tool)) }, name(&source.path), source.digest()))
                }
            }
        }
        (left_out(sources.len().saturating_sub(MAX_ROWS), "files;", "`--output json=FILE` has all of them."))
        p.about { "Judged as of " (time(&info.as_of)) "; the gate fails on " (info.fail_on) " or graver. The same files, baseline, rules and instant give the same page, byte for byte." }
    };
    Section::of("made-from", "What this is made from", None, table)
}
