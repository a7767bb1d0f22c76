//! The report for people at a terminal: what was judged, the worst findings, what could not be known, the numbers.
//!
//! It fits a screen or two whatever the size of the fleet: findings beyond a limit are counted, not formatted. A resource's
//! address stands on a line of its own, never wrapped or cut, so that it can be copied.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::drift as drift_words;
use super::failures::{self, Group, OfRule};
use super::part::Part;
use super::summary::{self, Summary};
use super::text::{clean, count, first_sentence};
use super::{Report, ReportOptions, remediation, waivers};
use crate::model::{Finding, Results, Severity, Since, Stood, Verdict};
use crate::waiver::remarks;

mod drift;
mod excerpt;
mod frameworks;
mod grid;

/// The format.
pub(super) struct Table;

/// How many findings of one rule are spelt out, so that one rule does not take the whole screen.
const MAX_PER_RULE: usize = 5;

/// How many rows the lists of unknown verdicts, errors, gaps and drift have.
const MAX_ROWS: usize = 10;

impl Report for Table {
    fn write(&self, results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        let summary = Summary::of(results);
        let mut page = Page { results, options, out };
        let is_judged = !drift_words::is_all(results);
        if is_judged {
            page.judged(&summary)?;
        }
        page.compared()?;
        page.findings()?;
        excerpt::write(results, options, page.out)?;
        page.stood_before()?;
        page.reasons(Verdict::Error, ("✗", "RULES THAT RAISED AN ERROR"))?;
        page.reasons(Verdict::Unknown, ("?", "NOT KNOWN"))?;
        page.waivers()?;
        page.coming()?;
        page.drift()?;
        page.gaps()?;
        page.frameworks()?;
        if is_judged {
            page.numbers(&summary)?;
        }
        page.since()?;
        page.last_lines(&summary, is_judged)
    }

    fn tells_digests(&self) -> bool {
        false
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Colour only repeats what glyph and word already say.
fn severity_style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Critical | Severity::High => AnsiColor::Red,
        Severity::Medium => AnsiColor::Yellow,
        Severity::Low => AnsiColor::Cyan,
        Severity::Info => AnsiColor::Blue,
    };
    let style = color.on_default();
    if severity >= Severity::Critical { style.bold() } else { style }
}

struct Page<'a> {
    results: &'a Results,
    options: &'a ReportOptions,
    out: &'a mut dyn Write,
}

impl Page<'_> {
    fn paint(&self, style: Style, text: &str) -> String {
        match self.options.color {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }

    fn heading(&mut self, style: Style, text: &str) -> io::Result<()> {
        let text = self.paint(style, text);
        writeln!(self.out, "\n{text}")
    }

    fn judged(&mut self, summary: &Summary) -> io::Result<()> {
        let results = self.results;
        writeln!(
            self.out,
            "judged {} ({}) of {} in {}, by {} of baseline `{}` as of {}",
            count(results.resources.len(), "resource"),
            count(summary.databases, "database"),
            results.resources_seen,
            count(results.sources.len(), "file"),
            count(results.rules.len(), "rule"),
            clean(&results.run.baseline),
            results.run.as_of,
        )?;
        if summary.total.total() > 0 {
            return Ok(());
        }
        let warning = "! NOTHING WAS EVALUATED: no rule met a resource that it concerns, so this run proves nothing";
        self.heading(severity_style(Severity::Critical), warning)
    }

    fn findings(&mut self) -> io::Result<()> {
        let failures = failures::new_or_worse(self.results);
        let total = failures::count_of(&failures);
        let mut left = self.options.max_findings;
        for same_severity in failures.chunk_by(|a, b| a.severity == b.severity) {
            let Some(severity) = same_severity.first().map(|of_rule| of_rule.severity) else { continue };
            if left == 0 {
                break;
            }
            let title = format!("✗ {} ({})", severity.as_str().to_uppercase(), failures::count_of(same_severity));
            self.heading(severity_style(severity), &title)?;
            for of_rule in same_severity {
                left -= self.rule(of_rule, left)?;
            }
        }
        let shown = self.options.max_findings - left;
        match total.saturating_sub(shown) {
            0 => Ok(()),
            more => writeln!(self.out, "\n… {} more findings; see `--output json=FILE`", more),
        }
    }

    /// Writes at most `left` findings of one rule; returns how many.
    fn rule(&mut self, of_rule: &OfRule<'_>, left: usize) -> io::Result<usize> {
        let most = left.min(MAX_PER_RULE);
        if most == 0 {
            return Ok(0);
        }
        let rule = of_rule.rule;
        let title = self.paint(BOLD, &clean(&rule.title));
        writeln!(self.out, "  {} {}: {title}", clean(&rule.id), clean(&rule.name))?;
        let findings: Vec<Finding<'_>> = of_rule.outcomes.iter().flat_map(Group::findings).take(most).collect();
        let mut fix = None;
        for alike in findings.chunk_by(are_alike) {
            let next = alike.first().and_then(remediation::hint);
            if next != fix {
                self.fix(std::mem::replace(&mut fix, next))?;
            }
            self.alike(alike)?;
        }
        self.fix(fix)?;
        match of_rule.count() - findings.len() {
            0 => {}
            more => writeln!(self.out, "    … {more} more of this rule")?,
        }
        Ok(findings.len())
    }

    /// The addresses of resources that share an outcome, then what the rule says of them all, and why they are judged so.
    fn alike(&mut self, findings: &[Finding<'_>]) -> io::Result<()> {
        for finding in findings {
            writeln!(self.out, "    {}", clean(&finding.resource.id))?;
            self.place(finding)?;
            if finding.stood() == Some(Stood::Worse) {
                writeln!(self.out, "      {}", summary::WORSE)?;
            }
            if let Some(age) = finding.age() {
                let text = self.paint(DIM, &age.text());
                writeln!(self.out, "      {text}")?;
            }
        }
        let Some(first) = findings.first() else { return Ok(()) };
        for message in &first.outcome.messages {
            writeln!(self.out, "      {}", clean(message))?;
        }
        let tier = self.paint(DIM, &format!("tier: {} ({})", clean(&first.tier.name), clean(first.tier_reason)));
        writeln!(self.out, "      {tier}")
    }

    /// How to mend the findings above, once for all of them that are mended alike.
    fn fix(&mut self, hint: Option<String>) -> io::Result<()> {
        let Some(hint) = hint else { return Ok(()) };
        let hint = self.paint(DIM, &format!("fix: {}", clean(first_sentence(&hint))));
        writeln!(self.out, "      {hint}")
    }

    /// Where to look, when it is a line of a file rather than the whole of a plan.
    fn place(&mut self, finding: &Finding<'_>) -> io::Result<()> {
        let location = finding.location();
        let line = location.region.map(|region| format!("{}:{}", clean(&location.file), region.start_line));
        let text = match (line, finding.note().map(clean)) {
            (None, None) => return Ok(()),
            (Some(line), None) => format!("--> {line}"),
            (Some(line), Some(note)) => format!("--> {line}: {note}"),
            (None, Some(note)) => format!("--> no line: {note}"),
        };
        let text = self.paint(DIM, &text);
        writeln!(self.out, "      {text}")
    }

    /// What the plan found and makes no worse: by rule, for somebody else's change.
    fn stood_before(&mut self) -> io::Result<()> {
        let rules = failures::stood_before(&Part::whole(self.results));
        if rules.is_empty() {
            return Ok(());
        }
        let total = failures::count_of(&rules);
        self.heading(
            BOLD,
            &format!("= STOOD BEFORE ({total}): this change makes none of it worse, and the gate lets it pass"),
        )?;
        for of_rule in rules.iter().take(MAX_ROWS) {
            let (rule, severity) = (of_rule.rule, of_rule.severity);
            let (id, name, title) = (clean(&rule.id), clean(&rule.name), clean(&rule.title));
            writeln!(self.out, "  {:>6} × {severity} {id} {name}: {title}", of_rule.count())?;
        }
        self.rest(rules.len())
    }

    /// What was said instead of a verdict: how often, by which rule.
    fn reasons(&mut self, verdict: Verdict, (glyph, title): (&str, &str)) -> io::Result<()> {
        let reasons = failures::reasons(self.results, verdict);
        if reasons.is_empty() {
            return Ok(());
        }
        let total: usize = reasons.iter().map(|reason| reason.count).sum();
        self.heading(BOLD, &format!("{glyph} {title} ({})", count(total, "verdict")))?;
        for reason in reasons.iter().take(MAX_ROWS) {
            writeln!(self.out, "  {:>6} × {}: {}", reason.count, clean(&reason.rule.id), clean(&reason.text))?;
        }
        self.rest(reasons.len())
    }

    /// The waivers that waived something or need somebody's care, and the comments that waive nothing.
    fn waivers(&mut self) -> io::Result<()> {
        let Some(report) = &self.results.waivers else { return Ok(()) };
        let told = waivers::told(report);
        if told.is_empty() && report.idle_comments.is_empty() {
            return Ok(());
        }
        let total = report.entries.iter().map(|used| used.waived).sum();
        self.heading(BOLD, &format!("~ WAIVED ({}), by {}", count(total, "finding"), clean(&report.file)))?;
        let resources = waivers::resources(self.results, MAX_PER_RULE);
        for (position, used) in told.iter().take(MAX_ROWS) {
            writeln!(self.out, "  {:>6} × {}", used.waived, clean(&waivers::line(used)))?;
            let named = resources.get(*position).map_or(&[][..], Vec::as_slice);
            for resource in named {
                writeln!(self.out, "           {}", clean(resource))?;
            }
            match used.waived.saturating_sub(named.len()) {
                0 => {}
                more => writeln!(self.out, "           … {more} more")?,
            }
            for remark in remarks(used) {
                writeln!(self.out, "           ! {}", clean(&remark))?;
            }
        }
        self.rest(told.len())?;
        for comment in report.idle_comments.iter().take(MAX_ROWS) {
            let line = comment.location.region.map_or(0, |region| region.start_line);
            let place = format!("{}:{line}", comment.location.file);
            writeln!(self.out, "  {}\n      the comment waives nothing: {}", clean(&place), clean(&comment.problem))?;
        }
        self.rest(report.idle_comments.len())
    }

    /// What will fail when the baseline changes.
    fn coming(&mut self) -> io::Result<()> {
        let coming = &self.results.coming;
        if coming.is_empty() {
            return Ok(());
        }
        let total: usize = coming.iter().map(|coming| coming.resources.len()).sum();
        self.heading(BOLD, &format!("> COMING: what the baseline will ask for ({})", count(total, "failure")))?;
        for of_rule in coming.iter().take(MAX_ROWS) {
            let rule = &of_rule.rule;
            let title = self.paint(BOLD, &clean(&rule.title));
            let (id, name) = (clean(&rule.id), clean(&rule.name));
            writeln!(self.out, "  from {}: {} of {id} {name}: {title}", of_rule.from, of_rule.effect())?;
            for id in of_rule.ids(self.results).take(MAX_PER_RULE) {
                writeln!(self.out, "    {}", clean(id))?;
            }
            match of_rule.resources.len().saturating_sub(MAX_PER_RULE) {
                0 => {}
                more => writeln!(self.out, "    … {more} more")?,
            }
            let why = of_rule.reasons.iter().map(|reason| format!("because: {reason}"));
            for line in of_rule.messages.iter().map(ToString::to_string).chain(why) {
                writeln!(self.out, "      {}", clean(&line))?;
            }
        }
        self.rest(coming.len())
    }

    fn gaps(&mut self) -> io::Result<()> {
        let gaps = &self.results.gaps;
        if gaps.is_empty() {
            return Ok(());
        }
        self.heading(BOLD, &format!("! GAPS: what could not be read ({})", gaps.len()))?;
        for gap in gaps.iter().take(MAX_ROWS) {
            writeln!(self.out, "  {}\n      {}", clean(&gap.place), clean(gap.reason.as_str()))?;
        }
        self.rest(gaps.len())
    }

    fn rest(&mut self, rows: usize) -> io::Result<()> {
        match rows.saturating_sub(MAX_ROWS) {
            0 => Ok(()),
            more => writeln!(self.out, "  … {more} more; see `--output json=FILE`"),
        }
    }

    fn numbers(&mut self, summary: &Summary) -> io::Result<()> {
        if summary.total.total() > 0 {
            let domains = summary.by_domain.iter().map(|(domain, counts)| (domain.as_str().into(), counts));
            self.grid("DOMAIN", domains.collect())?;
            let tiers = self.results.tiers.iter().zip(&summary.by_tier);
            self.grid("TIER", tiers.map(|(tier, counts)| (clean(&tier.name), counts)).collect())?;
            if summary.by_account.len() > 1 || !self.results.accounts.is_empty() {
                let label = |account: &str| clean(&summary::account_label(self.results, account)).into_owned().into();
                let accounts = summary.by_account.iter().map(|(account, counts)| (label(account), counts));
                self.grid("ACCOUNT", accounts.collect())?;
            }
        }
        let failed: Vec<String> =
            Severity::ALL.iter().rev().map(|severity| format!("{} {severity}", summary.failed(*severity))).collect();
        writeln!(self.out, "\nfailed by severity: {}", failed.join(", "))?;
        match summary::of_change(self.results, summary.total.fail) {
            Some(line) => writeln!(self.out, "{line}"),
            None => Ok(()),
        }
    }

    /// What changed since the run before.
    fn since(&mut self) -> io::Result<()> {
        let Some(since) = self.results.history.as_ref().and_then(|history| history.since.as_ref()) else {
            return Ok(());
        };
        let Since { run, as_of, new, fixed, worse, waived, gone, not_evaluated } = since;
        writeln!(
            self.out,
            "since run {run} ({as_of}): {new} new, {fixed} fixed, {worse} worse, {waived} waived, {gone} gone with the resource, \
             {not_evaluated} not evaluated now"
        )
    }

    /// The numbers that scripts may read.
    fn last_lines(&mut self, summary: &Summary, is_judged: bool) -> io::Result<()> {
        let gaps = self.results.gaps.len();
        if let Some(comparison) = &self.results.drift.comparison {
            let blank = if is_judged { "" } else { "\n" };
            writeln!(self.out, "{blank}{}", drift_words::last_line(&self.results.drift, comparison, gaps))?;
        }
        match is_judged {
            true => writeln!(self.out, "{}", summary::last_line(&summary.total, gaps)),
            false => Ok(()),
        }
    }

    fn grid(&mut self, title: &str, rows: Vec<grid::Row<'_>>) -> io::Result<()> {
        let heading = self.paint(DIM, &grid::heading(title, &rows));
        writeln!(self.out, "\n{heading}")?;
        grid::write(&rows, self.out)
    }
}

/// Whether two findings of a rule are told in the same words.
fn are_alike(a: &Finding<'_>, b: &Finding<'_>) -> bool {
    std::ptr::eq(a.outcome, b.outcome)
        && a.resource.resource_type == b.resource.resource_type
        && (&a.tier.name, a.tier_reason) == (&b.tier.name, b.tier_reason)
}

#[cfg(test)]
mod tests {
    use crate::report::ReportOptions;
    use crate::report::testing::{
        audited, drifted, everything, many, many_drifts, nothing, render, render_with, uncompared, undrifted,
    };

    #[test]
    fn everything_at_once() {
        insta::assert_snapshot!(render("table", &everything()));
    }

    #[test]
    fn nothing_at_all() {
        insta::assert_snapshot!(render("table", &nothing()));
    }

    #[test]
    fn everything_drifted() {
        insta::assert_snapshot!(render("table", &drifted()));
    }

    #[test]
    fn nothing_drifted() {
        insta::assert_snapshot!(render("table", &undrifted()));
    }

    #[test]
    fn nothing_was_compared() {
        insta::assert_snapshot!(render("table", &uncompared()));
    }

    #[test]
    fn an_audit_ends_in_the_numbers_of_both() {
        let page = render("table", &audited());
        let last: Vec<&str> = page.lines().rev().take(2).collect();
        assert!(last[0].ends_with(" gaps") && last[0].contains(" failed, "), "{page}");
        assert!(last[1].ends_with(" gaps") && last[1].contains(" changed, "), "{page}");
        assert!(page.starts_with("judged ") && page.contains("\ncompared "), "{page}");
    }

    #[test]
    fn fifty_thousand_drifts_fit_the_same_page() {
        let page = render("table", &many_drifts(50_000));
        assert!(page.lines().count() < 60, "{page}");
        assert!(page.contains("  … 49995 more (49995 backup_retention_days); see"), "{page}");
    }

    #[test]
    fn colour_changes_no_text() {
        let options = ReportOptions { color: true, ..ReportOptions::default() };
        for results in [everything(), drifted()] {
            let colored = render_with("table", &results, &options);
            assert!(colored.contains('\u{1b}'));
            assert_eq!(anstream::adapter::strip_str(&colored).to_string(), render("table", &results));
        }
    }

    #[test]
    fn a_large_fleet_fits_the_same_page() {
        let page = render("table", &many(50_000));
        assert!(page.lines().count() < 60, "{page}");
        assert!(page.contains("49995 more"), "{page}");
        assert!(page.ends_with("\n50000 failed, 0 waived, 0 passed, 0 unknown, 0 not applicable, 0 errors, 0 gaps\n"));
    }
}
