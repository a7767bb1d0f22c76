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

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::report::named::testing::{everything, nothing, render};

    #[test]
    fn everything_at_once() {
        insta::assert_snapshot!(render("json", &everything()));
    }

    #[test]
    fn reports_are_as_the_schema_says() {
        let schema: Value = serde_json::from_str(include_str!("../../../docs/schema/report-v1.json")).unwrap();
        for report in [everything(), nothing()] {
            let document: Value = serde_json::from_str(&render("json", &report)).unwrap();
            let errors: Vec<String> =
                jsonschema::draft202012::new(&schema).unwrap().iter_errors(&document).map(|e| e.to_string()).collect();
            assert_eq!(errors, [] as [&str; 0]);
        }
    }
}
