//! The drift of a run for people at a terminal: what makes rules fail, what else changed, what waits, is expected or could
//! not be seen, and how much of what runs is declared.

use std::collections::BTreeMap;
use std::io;

use super::{BOLD, DIM, MAX_PER_RULE, MAX_ROWS, Page, severity_style};
use crate::model::{Comparison, CoverageRow, Drift, Severity};
use crate::report::drift::{self, Parts, Standing, Unseen};
use crate::report::text::{clean, cut};

/// How many subjects the line about what is not shown names.
const MAX_NAMED: usize = 3;

/// What drifted, in a word or two: how many drifts, and how many of them are not shown.
type Sorts = BTreeMap<String, (usize, usize)>;

/// How much of a name the coverage shows, so that its numbers stay on the screen.
const MAX_LABEL: usize = 60;

impl Page<'_> {
    /// What was compared, and the two ends that need no list.
    pub(super) fn compared(&mut self) -> io::Result<()> {
        let report = &self.results.drift;
        let Some(comparison) = &report.comparison else { return Ok(()) };
        writeln!(self.out, "{}", drift::compared(self.results, comparison))?;
        match drift::standing(report, comparison) {
            Standing::Drifted => Ok(()),
            Standing::NothingCompared => {
                self.heading(severity_style(Severity::Critical), &format!("! {}", drift::NOTHING_COMPARED))
            }
            Standing::NothingDrifted => {
                let text = drift::nothing_drifted(comparison, self.results.gaps.len());
                self.heading(BOLD, &format!("✓ {text}"))
            }
        }
    }

    /// What drifted, by rank.
    pub(super) fn drift(&mut self) -> io::Result<()> {
        let report = &self.results.drift;
        let parts = Parts::of(&report.drifts);
        let others = match (&report.comparison, parts.worse.is_empty()) {
            (None, _) => "~ DRIFT: changed outside Terraform",
            (Some(_), true) => "~ DRIFT",
            (Some(_), false) => "~ OTHER DRIFT",
        };
        self.drifts("✗ DRIFT THAT MAKES RULES FAIL", &parts.worse, self.options.max_findings)?;
        self.drifts(others, &parts.others, MAX_ROWS)?;
        self.drifts("… PENDING: waits for a window or a reboot", &parts.pending, MAX_ROWS)?;
        self.drifts("✓ EXPECTED: changes that the provider makes by itself", &parts.expected, MAX_ROWS)?;
        self.unverifiable(&parts.unverifiable)?;
        match &report.comparison {
            Some(comparison) => self.around(comparison),
            None => Ok(()),
        }
    }

    /// What is told of a comparison besides its drifts.
    fn around(&mut self, comparison: &Comparison) -> io::Result<()> {
        self.odd_ignores(comparison)?;
        self.coverage(&comparison.coverage)?;
        match drift::gate(&self.results.drift, comparison) {
            Some(text) => writeln!(self.out, "\n{text}"),
            None => Ok(()),
        }
    }

    /// A part of the drifts: at most so many, and at most a few of one fact, so that one tag does not take the whole screen.
    fn drifts(&mut self, title: &str, drifts: &[&Drift], most: usize) -> io::Result<()> {
        if drifts.is_empty() {
            return Ok(());
        }
        let worst = drifts.iter().filter_map(|drift| drift.severity()).max();
        self.heading(worst.map_or(BOLD, severity_style), &format!("{title} ({})", drifts.len()))?;
        let mut of_sort: Sorts = BTreeMap::new();
        let mut shown: Vec<&Drift> = Vec::new();
        for drift in drifts {
            let (seen, left_out) = of_sort.entry(drift::sort_of(drift)).or_default();
            *seen += 1;
            match *seen <= MAX_PER_RULE && shown.len() < most {
                true => shown.push(drift),
                false => *left_out += 1,
            }
        }
        for of_resource in shown.chunk_by(|one, other| one.resource.id == other.resource.id) {
            self.of_resource(of_resource)?;
        }
        self.not_shown(drifts.len() - shown.len(), of_sort)
    }

    fn not_shown(&mut self, more: usize, of_sort: Sorts) -> io::Result<()> {
        if more == 0 {
            return Ok(());
        }
        let mut left_out: Vec<_> = of_sort.into_iter().map(|(sort, (_, left_out))| (sort, left_out)).collect();
        left_out.retain(|(_, number)| *number > 0);
        left_out.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
        let named: Vec<String> =
            left_out.iter().take(MAX_NAMED).map(|(sort, number)| format!("{number} {sort}")).collect();
        let dots = if left_out.len() > MAX_NAMED { ", …" } else { "" };
        writeln!(self.out, "  … {more} more ({}{dots}); see `--output json=FILE`", clean(&named.join(", ")))
    }

    fn of_resource(&mut self, drifts: &[&Drift]) -> io::Result<()> {
        let Some(first) = drifts.first() else { return Ok(()) };
        writeln!(self.out, "  {}", clean(&first.resource.id))?;
        if let Some(running) = first.resource.running_id.as_ref().filter(|running| **running != first.resource.id) {
            let running = self.paint(DIM, &clean(running));
            writeln!(self.out, "    {running}")?;
        }
        drifts.iter().try_for_each(|drift| self.one(drift))
    }

    fn one(&mut self, drift: &Drift) -> io::Result<()> {
        let cosmetic = if drift::is_told_cosmetic(drift) { " (cosmetic)" } else { "" };
        writeln!(self.out, "      {}: {}{cosmetic}", drift.class, clean(&drift::what(drift)))?;
        for note in drift::notes(drift) {
            self.note(&note)?;
        }
        for effect in &drift.effects {
            let severity = self.paint(severity_style(effect.severity), &effect.severity.as_str().to_uppercase());
            writeln!(self.out, "        {severity}  {}", clean(&drift::effect_on_rule(drift, effect)))?;
        }
        self.line_of(drift)
    }

    fn note(&mut self, text: &str) -> io::Result<()> {
        let text = self.paint(DIM, &clean(text));
        writeln!(self.out, "        {text}")
    }

    /// Where it is declared, when that is a line that a person can open.
    fn line_of(&mut self, drift: &Drift) -> io::Result<()> {
        let location = drift.location();
        let line = location.region.map(|region| format!("--> {}:{}", location.file, region.start_line));
        let note = drift.place.as_ref().and_then(|place| place.note.as_ref());
        match (line, note) {
            (None, None) => Ok(()),
            (Some(line), None) => self.note(&line),
            (Some(line), Some(note)) => self.note(&format!("{line}: {note}")),
            (None, Some(note)) => self.note(&format!("--> no line: {note}")),
        }
    }

    fn unverifiable(&mut self, unseen: &[Unseen<'_>]) -> io::Result<()> {
        if unseen.is_empty() {
            return Ok(());
        }
        let total: usize = unseen.iter().map(|unseen| unseen.drifts).sum();
        self.heading(BOLD, &format!("? COULD NOT BE COMPARED ({total})"))?;
        for unseen in unseen.iter().take(MAX_ROWS) {
            writeln!(self.out, "  {}: {}", unseen.what(), clean(unseen.reason))?;
        }
        self.rest(unseen.len())
    }

    fn odd_ignores(&mut self, comparison: &Comparison) -> io::Result<()> {
        let odd = drift::odd_ignores(comparison);
        if odd.is_empty() {
            return Ok(());
        }
        self.heading(BOLD, &format!("! IGNORE RULES THAT IGNORE NOTHING ({})", odd.len()))?;
        for (ignore, remark) in odd.iter().take(MAX_ROWS) {
            writeln!(self.out, "  {}: {}", clean(&drift::place_of(ignore)), clean(&ignore.reason))?;
            writeln!(self.out, "      {remark}")?;
        }
        self.rest(odd.len())
    }

    fn coverage(&mut self, rows: &[CoverageRow]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let label = |row: &CoverageRow| cut(&clean(&drift::label(self.results, row)), MAX_LABEL).into_owned();
        let mut labels: Vec<(String, &CoverageRow)> = Vec::new();
        let mut left_out = 0;
        for alike in rows.chunk_by(|one, other| one.by == other.by) {
            labels.extend(alike.iter().take(MAX_ROWS).map(|row| (label(row), row)));
            left_out += alike.len().saturating_sub(MAX_ROWS);
        }
        let width = labels.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0).max(12);
        let title = "COVERAGE";
        let heading = format!("  {title:<width$}  RUNNING  DECLARED    SHARE  APPROVED MODULES");
        let heading = self.paint(DIM, heading.trim_end());
        writeln!(self.out, "\n{heading}")?;
        for (label, row) in &labels {
            let approved = row.approved.map_or_else(|| "-".to_owned(), |approved| approved.to_string());
            let (running, declared, share) = (row.running, row.declared, drift::share(row));
            writeln!(self.out, "  {label:<width$}  {running:>7}  {declared:>8}  {share:>7}  {approved:>16}")?;
        }
        self.rest(left_out + if left_out > 0 { MAX_ROWS } else { 0 })
    }
}
