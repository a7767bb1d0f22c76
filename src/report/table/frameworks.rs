//! Where the controls of frameworks stand, a line each.

use std::io;

use super::{BOLD, DIM, MAX_ROWS, Page};
use crate::model::FrameworkReport;
use crate::report::frameworks::{self, COLUMNS};
use crate::report::text::{clean, count};

impl Page<'_> {
    /// Every framework that was asked for.
    pub(super) fn frameworks(&mut self) -> io::Result<()> {
        for report in &self.results.frameworks {
            self.framework(report)?;
        }
        Ok(())
    }

    fn framework(&mut self, report: &FrameworkReport) -> io::Result<()> {
        self.heading(BOLD, &clean(&frameworks::heading(report)))?;
        let width = report.controls.iter().map(|control| clean(&control.id).chars().count()).max().unwrap_or(0).max(7);
        let columns: String = COLUMNS.iter().map(|column| format!("  {column:>7}")).collect();
        let head = self.paint(DIM, &format!("  {:<width$}  {:<17}  {:<9}{columns}", "CONTROL", "STATUS", "ASSESSED"));
        writeln!(self.out, "{head}")?;
        for control in &report.controls {
            let (id, standing) = (clean(&control.id), frameworks::standing(control));
            write!(self.out, "  {id:<width$}  {standing:<17}  {:<9}", control.assessment)?;
            for (number, column) in frameworks::numbers(control).iter().zip(COLUMNS) {
                write!(self.out, "  {number:>column$}", column = column.len().max(7))?;
            }
            writeln!(self.out, "  {}", clean(&control.title))?;
        }
        self.lost_evidence(report)
    }

    /// What the baseline gives away, and which controls stand without it.
    fn lost_evidence(&mut self, report: &FrameworkReport) -> io::Result<()> {
        let lost = frameworks::lost(report);
        for (what, controls) in lost.iter().take(MAX_ROWS) {
            writeln!(self.out, "  ! no evidence for {}: {}", count(*controls, "control"), clean(what))?;
        }
        self.rest(lost.len())
    }
}
