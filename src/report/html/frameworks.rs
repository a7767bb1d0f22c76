//! Where the controls of the frameworks stand that were asked for.

use maud::{Markup, html};

use super::bars::{Piece, bar};
use super::page::{Section, wide};
use super::run::{Run, Stands};
use super::text::{grouped, many, words};
use crate::model::{ControlReport, FrameworkReport};
use crate::report::frameworks::{lost, numbers, standing};

/// A section for each framework; they are of the whole run, so a page of one account has none.
pub(super) fn sections<'a>(run: &Run<'a>) -> Vec<Section<'a>> {
    if run.stands == Stands::Below {
        return Vec::new();
    }
    let of = |(report, number): (&'a FrameworkReport, usize)| {
        let title = format!("{} {}", report.name, report.edition);
        Section::of(format!("framework-{number}"), title, Some(report.controls.len()), framework(report))
    };
    run.results().frameworks.iter().zip(1..).map(of).collect()
}

/// Where controls can stand: the word, the class, the glyph.
const STANDINGS: [(&str, &str, &str); 5] = [
    ("satisfied", "pass", "✓"),
    ("satisfied in part", "part", "◐"),
    ("unknown", "unknown", "?"),
    ("not tested", "none", "–"),
    ("not satisfied", "fail", "✗"),
];

fn framework(report: &FrameworkReport) -> Markup {
    let count = |word: &str| report.controls.iter().filter(|control| standing(control) == word).count();
    let pieces = STANDINGS.map(|(label, class, _)| Piece { class, label, count: count(label) });
    html! {
        (bar("Controls", &pieces))
        ul.legend {
            @for (piece, (_, class, glyph)) in pieces.iter().zip(STANDINGS) {
                li { span class={ "standing " (class) } { span.glyph aria-hidden="true" { (glyph) } " " (piece.label) } " " b { (grouped(piece.count)) } }
            }
        }
        p.about {
            "Satisfied means: everything that rules can test of it holds. What no rule tests is left to a person, and said with the control."
        }
        (wide(&format!("Controls of {} {}", report.name, report.edition), &controls(report)))
        (given_away(report))
    }
}

fn controls(report: &FrameworkReport) -> Markup {
    html! {
        table.numbers.controls {
            caption.hidden { "Where the controls stand" }
            thead {
                tr {
                    th scope="col" { "Control" }
                    th scope="col" { "Standing" }
                    @for column in ["Failed", "Waived", "Passed", "Unknown", "Errors", "Not applicable", "Below bar"] {
                        th.number scope="col" { (column) }
                    }
                }
            }
            tbody { @for control in &report.controls { (row(control)) } }
        }
    }
}

fn row(control: &ControlReport) -> Markup {
    let word = standing(control);
    let (class, glyph) =
        STANDINGS.iter().find(|(one, ..)| *one == word).map_or(("none", ""), |(_, class, glyph)| (*class, *glyph));
    html! {
        tr {
            th scope="row" {
                b { (words(&control.id)) } " " (words(&control.title))
                @if let Some(remainder) = &control.remainder { span.small { "left to a person: " (words(remainder)) } }
            }
            td {
                span class={ "standing " (class) } { span.glyph aria-hidden="true" { (glyph) } " " (word) }
                span.small { (control.assessment) }
            }
            @for number in numbers(control) { td.number { (grouped(number)) } }
        }
    }
}

/// The evidence that the baseline gives away.
fn given_away(report: &FrameworkReport) -> Markup {
    let lost = lost(report);
    html! {
        @if !lost.is_empty() {
            h3 { "Evidence that the baseline gives away" }
            ul.plain { @for (what, controls) in &lost { li { (words(what)) " " span.small { (many(*controls, "control")) } } } }
        }
    }
}
