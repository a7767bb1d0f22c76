//! `dbkeel.report/v1`: a named report with everything in it, as JSON that conforms to `docs/schema/report-v1.json`.

use std::io;

use super::Render;
use super::model::NamedReport;
use crate::report::ReportOptions;

/// The format.
pub(super) struct Json;

impl Render for Json {
    fn write(&self, report: &NamedReport, _: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, report)?;
        out.write_all(b"\n")
    }
}
