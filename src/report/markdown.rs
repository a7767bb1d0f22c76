//! Markdown for GitHub: the summary of a job, and a comment on a pull request that a later run can find again.
//!
//! Both have a size that GitHub enforces without mercy: over 1 MiB the summary of a step is dropped while the job stays green,
//! over 65,536 characters a comment is refused (HTTP 422). So the page is made of rows, and a row is written only when it
//! fits; what does not fit is counted. The worst comes first.

use std::io::{self, Write};

use super::category::category;
use super::drift as drift_words;
use super::failures::{self, OfRule};
use super::frameworks as framework_words;
use super::markdown_text::{cell, code, code_cell, escape};
use super::part::Part;
use super::summary::{self, Summary};
use super::text::{count, first_sentence};
use super::{Report, ReportOptions, remediation, waivers};
use crate::model::{
    Coming, ControlReport, Finding, Location, Results, Severity, Standing, Stood, Verdict, VerdictCounts, WaiverUse,
};
use crate::waiver::remarks;

mod drift;
mod page;

use page::{Page, Section};

/// The format.
pub(super) enum Markdown {
    /// The summary of a job: `$GITHUB_STEP_SUMMARY`.
    Summary,
    /// A comment on a pull request.
    Comment,
}

/// In bytes, which are never fewer than what GitHub counts.
const MAX_SUMMARY: usize = 900 * 1024;
const MAX_COMMENT: usize = 60_000;

/// What the findings leave to the sections after them.
const RESERVE: usize = 12_000;

/// The most rows of a section other than the findings.
const MAX_ROWS: usize = 50;

/// How many resources a row names.
const MAX_NAMED: usize = 10;

impl Report for Markdown {
    fn write(&self, results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        let summary = Summary::of(results);
        let is_judged = !drift_words::is_all(results);
        let last = last_lines(results, &summary, is_judged);
        let mut page = match self {
            Self::Summary => Page::new(MAX_SUMMARY, &last),
            Self::Comment => Page::new(MAX_COMMENT, &last),
        };
        if matches!(self, Self::Comment) {
            // How the next run finds the comment that it replaces.
            page.line(&format!("<!-- dbkeel:{} -->", category(results, options)));
        }
        if is_judged {
            head(&mut page, results, &summary);
        }
        drift::head(&mut page, results);
        gaps(&mut page, results);
        reasons(&mut page, results, Verdict::Error, "Rules that raised an error");
        findings(&mut page, results);
        stood_before(&mut page, results);
        reasons(&mut page, results, Verdict::Unknown, "Not known");
        coming(&mut page, results);
        waived(&mut page, results);
        drift::sections(&mut page, results);
        frameworks(&mut page, results);
        numbers(&mut page, results, &summary);
        out.write_all(page.finish().as_bytes())
    }

    fn tells_digests(&self) -> bool {
        false
    }
}

/// The numbers that scripts may read.
fn last_lines(results: &Results, summary: &Summary, is_judged: bool) -> String {
    let gaps = results.gaps.len();
    let comparison = results.drift.comparison.as_ref();
    let of_drift = comparison.map(|comparison| drift_words::last_line(&results.drift, comparison, gaps));
    let of_verdicts = is_judged.then(|| summary::last_line(&summary.total, gaps));
    of_drift.into_iter().chain(of_verdicts).collect::<Vec<_>>().join("\n")
}

fn head(page: &mut Page, results: &Results, summary: &Summary) {
    let stood = results.standing.as_ref().map(Standing::before);
    let title = match summary.total {
        counts if counts.total() == 0 => "! nothing was evaluated".to_owned(),
        counts if counts.fail > 0 && stood == Some(counts.fail) && counts.error == 0 && results.gaps.is_empty() => {
            "✓ this change makes nothing worse".to_owned()
        }
        counts if stood.is_some_and(|stood| counts.fail > stood) => {
            format!("✗ {} failed by this change", counts.fail - stood.unwrap_or_default())
        }
        counts if stood.is_some_and(|stood| stood > 0) && counts.fail > 0 => {
            "! nothing got worse, but not all was judged".to_owned()
        }
        counts if counts.fail > 0 => format!("✗ {} failed", counts.fail),
        counts if counts.error > 0 || !results.gaps.is_empty() => "! nothing failed, but not all was judged".to_owned(),
        _ => "✓ nothing failed".to_owned(),
    };
    page.line(&format!("## dbkeel: {title}\n"));
    if summary.total.total() == 0 {
        page.line("**No rule met a resource that it concerns, so this run proves nothing.**\n");
    }
    page.line(&format!(
        "Judged {} ({}) of {} in {}, by {} of baseline {} as of {}.",
        count(results.resources.len(), "resource"),
        count(summary.databases, "database"),
        results.resources_seen,
        count(results.sources.len(), "file"),
        count(results.rules.len(), "rule"),
        code(&results.run.baseline),
        escape(&results.run.as_of),
    ));
    if summary.total.fail > 0 {
        let of_severity = |severity: &Severity| match summary.failed(*severity) {
            0 => None,
            failed => Some(format!("**{failed} {severity}**")),
        };
        let failed: Vec<String> = Severity::ALL.iter().rev().filter_map(of_severity).collect();
        page.line(&format!("Failed by severity: {}.", failed.join(", ")));
    }
    if let Some(line) = summary::of_change(results, summary.total.fail) {
        page.line(&format!("{}.", super::text::capital(&line)));
    }
}

fn findings(page: &mut Page, results: &Results) {
    let rules = failures::new_or_worse(results);
    let groups = rules.iter().flat_map(|of_rule| &of_rule.outcomes);
    let rows = groups.flat_map(failures::Group::findings).map(|finding| finding_row(&finding));
    let section = Section {
        title: "Findings",
        columns: &["Severity", "Rule", "Resource", "Finding", "Fix"],
        total: failures::count_of(&rules),
        most: usize::MAX,
        folded: false,
        reserve: RESERVE,
    };
    page.section(&section, rows);
}

/// What stood before the change that was judged, by rule.
fn stood_before(page: &mut Page, results: &Results) {
    let rules = failures::stood_before(&Part::whole(results));
    let columns = &["Severity", "Rule", "Findings", "Resources"];
    let section = Section { folded: true, ..Section::short("Stood before, and got no worse", columns, rules.len()) };
    let row = |of_rule: &OfRule<'_>| {
        let findings = of_rule.outcomes.iter().flat_map(failures::Group::findings);
        let named: Vec<String> = findings.take(MAX_NAMED).map(|finding| code_cell(&finding.resource.id)).collect();
        let more = match of_rule.count().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            more => format!("<br>… {more} more"),
        };
        vec![
            of_rule.severity.to_string(),
            format!("{} {}", code_cell(&of_rule.rule.id), cell(&of_rule.rule.title)),
            of_rule.count().to_string(),
            format!("{}{more}", named.join("<br>")),
        ]
    };
    page.section(&section, rules.iter().map(row));
}

fn finding_row(finding: &Finding<'_>) -> Vec<String> {
    let location = finding.location();
    let mut resource = code_cell(&finding.resource.id);
    if let Some(region) = location.region {
        resource = format!("{resource}<br>{}", code_cell(&format!("{}:{}", location.file, region.start_line)));
    }
    resource = format!("{resource}<br>{}: {}", cell(&finding.tier.name), cell(finding.tier_reason));
    let worse = (finding.stood() == Some(Stood::Worse)).then_some(summary::WORSE);
    let messages = finding.outcome.messages.iter().map(AsRef::as_ref).chain(worse).chain(finding.note());
    let messages: Vec<String> = messages.map(cell).collect();
    vec![
        finding.severity().to_string(),
        format!("{} {}", code_cell(&finding.rule.id), cell(&finding.rule.title)),
        resource,
        messages.join("<br>"),
        remediation::hint(finding).map(|hint| cell(first_sentence(&hint))).unwrap_or_default(),
    ]
}

fn gaps(page: &mut Page, results: &Results) {
    let section = Section::short("What could not be read", &["Where", "Why"], results.gaps.len());
    page.section(&section, results.gaps.iter().map(|gap| vec![code_cell(&gap.place), cell(gap.reason.as_str())]));
}

/// What was said instead of a verdict, by rule and reason, the most frequent first.
fn reasons(page: &mut Page, results: &Results, verdict: Verdict, title: &'static str) {
    let rows = failures::reasons(results, verdict);
    let section = Section {
        folded: verdict == Verdict::Unknown,
        ..Section::short(title, &["Verdicts", "Rule", "Why"], rows.len())
    };
    page.section(
        &section,
        rows.iter().map(|reason| vec![reason.count.to_string(), code_cell(&reason.rule.id), cell(&reason.text)]),
    );
}

/// What will fail when the baseline changes.
fn coming(page: &mut Page, results: &Results) {
    let section = Section::short(
        "Coming: what the baseline will ask for",
        &["From", "Severity", "Rule", "Resources", "Finding", "Reason"],
        results.coming.len(),
    );
    let row = |of_rule: &Coming| {
        let named: Vec<String> = of_rule.ids(results).take(MAX_NAMED).map(|id| code_cell(id)).collect();
        let more = match of_rule.resources.len().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            more => format!("<br>… {more} more"),
        };
        let lines =
            |texts: &[std::sync::Arc<str>]| texts.iter().map(|text| cell(text)).collect::<Vec<_>>().join("<br>");
        vec![
            of_rule.from.to_string(),
            match of_rule.today {
                None => of_rule.severity.to_string(),
                Some(_) => of_rule.effect(),
            },
            format!("{} {}", code_cell(&of_rule.rule.id), cell(&of_rule.rule.title)),
            format!("{}{more}", named.join("<br>")),
            lines(&of_rule.messages),
            lines(&of_rule.reasons),
        ]
    };
    page.section(&section, results.coming.iter().map(row));
}

/// The waivers that waived something or need somebody's care.
fn waived(page: &mut Page, results: &Results) {
    let Some(report) = &results.waivers else { return };
    let told = waivers::told(report);
    let columns = &["Findings", "Waiver", "Rule", "Expires", "Owner", "Reason", "Care"];
    let section = Section { folded: true, ..Section::short("Waived", columns, told.len()) };
    let row = |(_, used): &(usize, &WaiverUse)| {
        let remarks: Vec<String> = remarks(used).iter().map(|remark| cell(remark)).collect();
        vec![
            used.waived.to_string(),
            code_cell(&used.id),
            code_cell(&used.rule),
            used.expires.to_string(),
            used.owner.as_deref().map(cell).unwrap_or_default(),
            cell(&used.reason),
            remarks.join("<br>"),
        ]
    };
    page.section(&section, told.iter().map(row));
    let idle = &report.idle_comments;
    let section =
        Section { folded: true, ..Section::short("Comments that waive nothing", &["Where", "Why"], idle.len()) };
    let place =
        |location: &Location| format!("{}:{}", location.file, location.region.map_or(0, |region| region.start_line));
    page.section(
        &section,
        idle.iter().map(|comment| vec![code_cell(&place(&comment.location)), cell(&comment.problem)]),
    );
}

/// Where the controls of each framework stand.
fn frameworks(page: &mut Page, results: &Results) {
    const COLUMNS: &[&str] = &[
        "Control",
        "Status",
        "Assessed",
        "Failed",
        "Waived",
        "Passed",
        "Unknown",
        "Errors",
        "Not applicable",
        "Below bar",
        "What it asks",
    ];
    let row = |control: &ControlReport| {
        let words = [code_cell(&control.id), framework_words::standing(control).into(), control.assessment.to_string()];
        let numbers = framework_words::numbers(control);
        let numbers = numbers.iter().map(usize::to_string);
        words.into_iter().chain(numbers).chain([cell(&control.title)]).collect()
    };
    for report in &results.frameworks {
        page.line(&format!("\n{}", escape(&framework_words::heading(report))));
        let controls =
            Section { folded: true, most: 200, ..Section::short("Controls", COLUMNS, report.controls.len()) };
        page.section(&controls, report.controls.iter().map(row));
        let lost = framework_words::lost(report);
        let columns = &["Controls", "What gives no evidence for them"];
        let section =
            Section { folded: true, ..Section::short("Evidence that the baseline gives away", columns, lost.len()) };
        page.section(&section, lost.iter().map(|(what, controls)| vec![controls.to_string(), cell(what)]));
    }
}

fn numbers(page: &mut Page, results: &Results, summary: &Summary) {
    const COLUMNS: [&str; 7] = ["", "Failed", "Waived", "Passed", "Unknown", "Not applicable", "Errors"];
    let row = |name: String, counts: &VerdictCounts| {
        let numbers = [counts.fail, counts.waived, counts.pass, counts.unknown, counts.not_applicable, counts.error];
        std::iter::once(name).chain(numbers.iter().map(usize::to_string)).collect()
    };
    let domains = Section { folded: true, ..Section::short("By domain", &COLUMNS, summary.by_domain.len()) };
    page.section(&domains, summary.by_domain.iter().map(|(domain, counts)| row(domain.to_string(), counts)));
    if summary.total.total() > 0 {
        let tiers = Section { folded: true, ..Section::short("By tier", &COLUMNS, results.tiers.len()) };
        let rows = results.tiers.iter().zip(&summary.by_tier);
        page.section(&tiers, rows.map(|(tier, counts)| row(cell(&tier.name), counts)));
        if summary.by_account.len() > 1 || !results.accounts.is_empty() {
            let accounts = Section { folded: true, ..Section::short("By account", &COLUMNS, summary.by_account.len()) };
            let label = |account: &str| cell(&super::summary::account_label(results, account));
            page.section(&accounts, summary.by_account.iter().map(|(account, counts)| row(label(account), counts)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{
        HOSTILE, audited, drifted, everything, many, many_drifts, nothing, render, uncompared, undrifted,
    };

    #[test]
    fn everything_at_once() {
        insta::assert_snapshot!("summary", render("markdown", &everything()));
        insta::assert_snapshot!("comment", render("pr-comment", &everything()));
    }

    #[test]
    fn nothing_at_all() {
        insta::assert_snapshot!("summary_nothing", render("markdown", &nothing()));
        insta::assert_snapshot!("comment_nothing", render("pr-comment", &nothing()));
    }

    #[test]
    fn everything_drifted() {
        insta::assert_snapshot!("summary_drifted", render("markdown", &drifted()));
        insta::assert_snapshot!("comment_audited", render("pr-comment", &audited()));
    }

    #[test]
    fn nothing_drifted() {
        insta::assert_snapshot!("comment_undrifted", render("pr-comment", &undrifted()));
        insta::assert_snapshot!("comment_uncompared", render("pr-comment", &uncompared()));
    }

    #[test]
    fn much_drift_stays_within_what_github_takes() {
        let results = many_drifts(50_000);
        for (format, limit) in [("markdown", MAX_SUMMARY), ("pr-comment", MAX_COMMENT)] {
            let text = render(format, &results);
            assert!(text.len() <= limit && text.len() > limit / 2, "{format}: {}", text.len());
            let shown = text.lines().filter(|line| line.starts_with("| high |")).count();
            assert!(text.contains(&format!("\n… {} more\n", 50_000 - shown)), "{format}");
            assert!(text.ends_with(" 5 ignored, 0 gaps\n") || text.ends_with(" 0 ignored, 0 gaps\n"), "{format}");
        }
    }

    #[test]
    fn a_large_fleet_stays_within_what_github_takes() {
        for findings in [5_000, 50_000] {
            let results = many(findings);
            for (format, limit) in [("markdown", MAX_SUMMARY), ("pr-comment", MAX_COMMENT)] {
                let text = render(format, &results);
                assert!(text.len() <= limit && text.len() > limit / 2, "{format}: {}", text.len());
                let shown = text.lines().filter(|line| line.starts_with("| high |")).count();
                let left = findings as usize - shown;
                assert_eq!(left > 0, text.contains(&format!("\n… {left} more\n")), "{format}: {left}");
                assert!(text.ends_with("0 errors, 0 gaps\n"));
            }
        }
    }

    #[test]
    fn a_page_full_of_hostile_text_stays_within_what_github_takes() {
        let mut results = everything();
        let long = HOSTILE.repeat(1000);
        for resource in &mut results.resources {
            resource.id = long.as_str().into();
        }
        results.gaps = vec![results.gaps[0].clone(); 500];
        for gap in &mut results.gaps {
            gap.place = long.as_str().into();
        }
        results.drift.drifts = vec![results.drift.drifts[0].clone(); 500];
        for drift in &mut results.drift.drifts {
            drift.subject = crate::model::DriftSubject::Attribute(long.as_str().into());
        }
        assert!(render("pr-comment", &results).len() <= MAX_COMMENT);
        let mut results = drifted();
        for drift in &mut results.drift.drifts {
            drift.subject = crate::model::DriftSubject::Attribute(long.as_str().into());
            drift.reason = Some(long.clone().into());
        }
        results.drift.drifts = results.drift.drifts.iter().cycle().take(500).cloned().collect();
        assert!(render("pr-comment", &results).len() <= MAX_COMMENT);
    }

    #[test]
    fn the_only_tags_are_ours() {
        for format in ["markdown", "pr-comment"] {
            let mut text = render(format, &audited());
            for tag in
                ["<code>", "</code>", "<br>", "<details>", "</details>", "<summary>", "</summary>", "<!--", "-->"]
            {
                text = text.replace(tag, "");
            }
            assert!(!text.contains(['<', '>', '@']), "{text}");
        }
    }
}
