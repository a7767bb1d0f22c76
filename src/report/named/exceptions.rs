//! `dbkeel report exceptions`: the failures that somebody accepted: by whom, until when, and whether they still say anything.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::model::{Cell, CellValue, Column, ColumnKind, Figure, NamedReport, Row, Section, Tone};
use super::subject::{Subject, days_between};
use crate::model::{Severity, Text, Verdict, WaiverRemark, WaiverReport, WaiverState, WaiverUse};
use crate::waiver::remarks;

/// Makes the report; without waivers it says that no waiver file was read.
pub fn report(subject: &Subject<'_>) -> NamedReport {
    let mut report = subject.report(
        "exceptions",
        "Exceptions report",
        "Which failures somebody accepted, who did and until when, and which waivers are expired, unused or too broad.",
    );
    // What they are waived on counts: a fleet without waivers is a good answer, one that was not read is none.
    report.subjects = subject.results().resources.len();
    let Some(waivers) = &subject.results().waivers else {
        report.figures =
            vec![Figure::new("waivers", "Waivers", Cell::unknown("no waiver file was read; give `--waivers`"))];
        return report;
    };
    report.judged_by.push(format!("waivers {}", waivers.file).into());
    report.figures = figures(waivers);
    report.sections = vec![all(subject, waivers), approvers(subject, waivers), findings(subject), comments(waivers)];
    report
}

fn figures(waivers: &WaiverReport) -> Vec<Figure> {
    let count = |is: &dyn Fn(&WaiverUse) -> bool| waivers.entries.iter().filter(|used| is(used)).count();
    let state = |state| count(&|used: &WaiverUse| used.state == state);
    let remark = |remark| count(&|used: &WaiverUse| used.remarks.contains(&remark));
    let open = state(WaiverState::Active) + state(WaiverState::Expiring);
    let bad = |count: usize, tone| Cell::count(count).toned(if count > 0 { tone } else { Tone::Plain });
    vec![
        Figure::new("open", "Open", Cell::count(open)),
        Figure::new("expiring", "Expire within 30 days", bad(state(WaiverState::Expiring), Tone::Attention)),
        Figure::new("expired", "Expired", bad(state(WaiverState::Expired), Tone::Bad)),
        Figure::new("not_yet", "Do not hold yet", Cell::count(state(WaiverState::NotYet))),
        Figure::new("unused", "Unused", bad(remark(WaiverRemark::Unused), Tone::Attention)),
        Figure::new("over_broad", "Too broad", bad(remark(WaiverRemark::OverBroad), Tone::Attention)),
        Figure::new(
            "unapproved",
            "Without an approver",
            bad(count(&|used: &WaiverUse| used.approver.is_none()), Tone::Attention),
        ),
        Figure::new(
            "waived",
            "Findings waived",
            Cell::count(waivers.entries.iter().map(|used| used.waived).sum::<usize>()),
        ),
    ]
}

const fn tone(state: WaiverState) -> Tone {
    match state {
        WaiverState::Active => Tone::Good,
        WaiverState::NotYet => Tone::Plain,
        WaiverState::Expiring => Tone::Attention,
        WaiverState::Expired => Tone::Bad,
    }
}

fn all(subject: &Subject<'_>, waivers: &WaiverReport) -> Section {
    let columns = vec![
        Column::new("waiver", "Waiver", ColumnKind::Identifier),
        Column::new("state", "State", ColumnKind::Status),
        Column::new("expires", "Last day", ColumnKind::Date),
        Column::number("days_left", "Days left", "days"),
        Column::new("rule", "Rule", ColumnKind::Identifier),
        Column::new("waived", "Waives", ColumnKind::Number),
        Column::new("selected", "Selects", ColumnKind::Number),
        Column::new("approver", "Approver", ColumnKind::Text),
        Column::new("owner", "Owner", ColumnKind::Text),
        Column::new("ticket", "Ticket", ColumnKind::Text),
        Column::new("created", "Since", ColumnKind::Date),
        Column::new("reason", "Reason", ColumnKind::Text),
        Column::new("remarks", "Remarks", ColumnKind::List),
        Column::new("line", "Line", ColumnKind::Number).detail(),
    ];
    let mut entries: Vec<&WaiverUse> = waivers.entries.iter().collect();
    entries.sort_by_key(|used| (&used.expires, &used.id));
    let rows = entries.into_iter().map(|used| row(subject, used)).collect();
    Section::new("waivers", "Waivers", columns, "The waiver file has none.").rows(rows)
}

fn row(subject: &Subject<'_>, used: &WaiverUse) -> Row {
    let expires: Option<Date> = used.expires.parse().ok();
    let left = expires.and_then(|expires| days_between(subject.today(), expires));
    let undated = || Cell::unknown("the waiver file does not say");
    let optional = |text: &Option<std::sync::Arc<str>>| {
        text.as_ref().map_or_else(undated, |text| Cell::text(Text::Shared(text.clone())))
    };
    let created: Option<Date> = used.created.as_ref().and_then(|day| day.parse().ok());
    let remarks = remarks(used).into_iter().map(|remark| CellValue::Text(remark.into()));
    Row::new(vec![
        Cell::identifier(used.id.clone()),
        Cell::status(used.state.as_str().replace('_', " "), tone(used.state)),
        expires.map_or_else(undated, Cell::from),
        left.map_or_else(undated, Cell::integer),
        Cell::identifier(used.rule.clone()),
        Cell::count(used.waived),
        Cell::count(used.selected),
        optional(&used.approver),
        optional(&used.owner),
        optional(&used.ticket),
        created.map_or_else(undated, Cell::from),
        Cell::text(Text::Shared(used.reason.clone())),
        Cell::list(remarks),
        Cell::integer(i64::from(used.line)),
    ])
}

/// What one approver accepted.
#[derive(Default)]
struct Approved {
    open: usize,
    expired: usize,
    waived: usize,
    gravest: Option<Severity>,
}

fn approvers(subject: &Subject<'_>, waivers: &WaiverReport) -> Section {
    const NOBODY: &str = "(nobody)";
    let mut approved: BTreeMap<&str, Approved> = BTreeMap::new();
    for used in &waivers.entries {
        let of = approved.entry(used.approver.as_deref().unwrap_or(NOBODY)).or_default();
        of.open += usize::from(matches!(used.state, WaiverState::Active | WaiverState::Expiring));
        of.expired += usize::from(used.state == WaiverState::Expired);
        of.waived += used.waived;
    }
    for finding in subject.results().findings(&[Verdict::Waived]) {
        let approver = finding.waiver.and_then(|used| used.approver.as_deref()).unwrap_or(NOBODY);
        let of = approved.entry(approver).or_default();
        of.gravest = of.gravest.max(Some(finding.severity()));
    }
    let columns = vec![
        Column::new("approver", "Approver", ColumnKind::Text),
        Column::new("open", "Open", ColumnKind::Number),
        Column::new("expired", "Expired", ColumnKind::Number),
        Column::new("waived", "Findings waived", ColumnKind::Number),
        Column::new("gravest", "Gravest", ColumnKind::Status),
    ];
    let row = |(approver, of): (&str, Approved)| {
        let gravest = of.gravest.map(|gravest| Cell::status(gravest.as_str(), Tone::Plain));
        Row::new(vec![
            Cell::text(approver.to_owned()),
            Cell::count(of.open),
            Cell::count(of.expired),
            Cell::count(of.waived),
            gravest.unwrap_or_else(|| Cell::missing("nothing is waived")),
        ])
    };
    let rows = approved.into_iter().map(row).collect();
    Section::new("approvers", "By approver", columns, "The waiver file has none.").rows(rows)
}

fn findings(subject: &Subject<'_>) -> Section {
    let columns = vec![
        Column::new("resource", "Resource", ColumnKind::Identifier),
        Column::new("severity", "Severity", ColumnKind::Status),
        Column::new("rule", "Rule", ColumnKind::Identifier),
        Column::new("title", "Asks", ColumnKind::Text).detail(),
        Column::new("tier", "Tier", ColumnKind::Text),
        Column::new("waiver", "Waiver", ColumnKind::Identifier),
        Column::new("expires", "Last day", ColumnKind::Date),
        Column::new("finding", "Finding", ColumnKind::Text),
    ];
    let mut findings: Vec<_> = subject.results().findings(&[Verdict::Waived]).collect();
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity()), &finding.resource.id, &finding.rule.id));
    let rows = findings.iter().map(|finding| {
        let waiver = finding.waiver;
        let expires: Option<Date> = waiver.and_then(|used| used.expires.parse().ok());
        let none = || Cell::unknown("the waiver is not on record");
        let cells = vec![
            Cell::identifier(finding.resource.id.clone()),
            Cell::status(finding.severity().as_str(), Tone::Plain),
            Cell::identifier(finding.rule.id.clone()),
            Cell::text(Text::Shared(finding.rule.title.clone())),
            Cell::text(Text::Shared(finding.tier.name.clone())),
            waiver.map_or_else(none, |used| Cell::identifier(used.id.clone())),
            expires.map_or_else(none, Cell::from),
            Cell::text(finding.outcome.messages.first().map_or_else(String::new, ToString::to_string)),
        ];
        Row::of(finding.resource.scope.account.clone(), cells)
    });
    Section::new("findings", "What is waived", columns, "Nothing is waived.").rows(rows.collect())
}

fn comments(waivers: &WaiverReport) -> Section {
    let columns = vec![
        Column::new("waiver", "Waiver", ColumnKind::Identifier),
        Column::new("place", "Comment", ColumnKind::Identifier),
        Column::new("problem", "Waives nothing because", ColumnKind::Text),
    ];
    let rows = waivers.idle_comments.iter().map(|comment| {
        let line = comment.location.region.map(|region| format!(":{}", region.start_line)).unwrap_or_default();
        Row::new(vec![
            Cell::identifier(comment.waiver.clone()),
            Cell::identifier(format!("{}{line}", comment.location.file)),
            Cell::text(Text::Shared(comment.problem.clone())),
        ])
    });
    let none = "Every comment in the source that was read waives what stands under it.";
    Section::new("comments", "Comments that waive nothing", columns, none).rows(rows.collect())
}
