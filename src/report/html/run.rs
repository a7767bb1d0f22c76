//! The page of a run: what was judged, or compared, or both; all of it, or of one account.

use std::io::{self, Write};

use maud::{Markup, html};

use super::page::{Frame, Section, page, write as write_piece};
use super::text::{grouped, name, time};
use super::{account, around, drift, findings, frameworks, head, scorecard, worst};
use crate::model::{Drift, Gap, Results, SourceKind};
use crate::report::part::Part;
use crate::report::summary::Summary;
use crate::report::{ReportOptions, drift as drift_words};

/// What a page of a run is made from.
pub(super) struct Run<'a> {
    /// The part of the run that it is about.
    pub(super) part: &'a Part<'a>,
    /// Its numbers.
    pub(super) summary: Summary,
    /// Its drift.
    pub(super) drifts: Vec<&'a Drift>,
    /// What could not be read of it.
    pub(super) gaps: Vec<&'a Gap>,
    /// Whether the gate may pass although part of the scope could not be read.
    pub(super) allow_partial: bool,
    /// Where it stands among others.
    pub(super) stands: Stands,
}

/// Whether a page has others beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// It is all there is.
    Alone,
    /// It leads to a page for each account, which have the findings.
    Above,
    /// It is of one account.
    Below,
}

impl<'a> Run<'a> {
    /// A page that is all there is.
    pub(super) fn alone(part: &'a Part<'a>, options: &ReportOptions) -> Self {
        Self::new(part, options, Stands::Alone)
    }

    /// A page of a part of a run.
    pub(super) fn new(part: &'a Part<'a>, options: &ReportOptions, stands: Stands) -> Self {
        let results = part.results;
        let is_here = |account: Option<&std::sync::Arc<str>>| part.is_whole() || account == part.account();
        Self {
            part,
            summary: Summary::of_part(part),
            drifts: results.drift.drifts.iter().filter(|one| is_here(one.resource.scope.account.as_ref())).collect(),
            gaps: results.gaps.iter().filter(|gap| account::concerns(part, gap)).collect(),
            allow_partial: options.allow_partial,
            stands,
        }
    }

    /// The whole run.
    pub(super) fn results(&self) -> &'a Results {
        self.part.results
    }

    /// Whether it judged anything, or only compared.
    pub(super) fn is_judged(&self) -> bool {
        !drift_words::is_all(self.results())
    }
}

/// Writes the page.
pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let title = title(run);
    let frame = Frame {
        title: &title,
        as_of: &run.results().run.as_of,
        above: (run.stands == Stands::Below).then_some(("index.html", "all accounts")),
        under: under(run),
        is_wide: false,
    };
    page(&frame, &head::headline(run), &sections(run), out)
}

fn title(run: &Run<'_>) -> String {
    match run.stands {
        Stands::Below => format!("Account {}", account::label(run.part)),
        _ if !run.is_judged() => "Drift".to_owned(),
        _ if run.results().sources.iter().all(|source| source.kind == SourceKind::Inventory) => {
            "Scan of what runs".to_owned()
        }
        _ => "Scan of what is declared".to_owned(),
    }
}

/// Of what, by what, as of when.
fn under(run: &Run<'_>) -> Markup {
    let results = run.results();
    html! {
        p.under {
            @match results.sources.as_slice() {
                [only] => { span { (name(&only.path)) } }
                several => { span { (grouped(several.len())) " files" } }
            }
            span { "baseline " (name(&results.run.baseline)) }
            span { "as of " (time(&results.run.as_of)) }
        }
    }
}

fn sections<'a>(run: &'a Run<'a>) -> Vec<Section<'a>> {
    let mut sections = Vec::new();
    if run.is_judged() && run.summary.total.total() > 0 {
        sections.push(Section::of("scorecard", "Scorecard", None, scorecard::scorecard(run)));
    }
    if run.stands == Stands::Above {
        sections.push(account::section(run));
    }
    if run.is_judged() && run.stands != Stands::Above {
        sections.push(findings_section(run));
    }
    sections.extend(worst::section(run));
    sections.extend(drift::section(run));
    sections.extend(frameworks::sections(run));
    sections.extend(around::not_known(run));
    sections.extend(around::coming(run));
    sections.extend(around::waivers(run));
    sections.push(around::made_from(run));
    sections
}

fn findings_section<'a>(run: &'a Run<'a>) -> Section<'a> {
    Section {
        id: "findings".into(),
        title: "Findings".into(),
        count: Some(run.summary.total.fail),
        write: Box::new(|out| match run.summary.total.fail {
            0 => write_piece(out, &html! { p.none { (head::nothing_failed(run)) } }),
            _ => findings::write(run, out),
        }),
    }
}
