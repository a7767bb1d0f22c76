//! `--output FORMAT[=FILE]` of reports: in which formats to write, and where to.

use std::io::{self, Write as _};
use std::path::Path;

use clap::Args;

use crate::cli::CliError;
use crate::cli::shared::{self, Context};
use crate::file::write_whole;
use crate::report::ReportOptions;
use crate::report::named::Format;
use crate::report::named::model::NamedReport;

#[derive(Args, Debug)]
pub(super) struct OutputArgs {
    /// Write the report to stdout or to FILE (repeatable): table, markdown, csv, json, html, and of the calendar ics
    #[arg(long = "output", short, value_name = "FORMAT[=FILE]")]
    outputs: Vec<String>,
}

/// The formats and files of one report.
pub(super) struct Outputs {
    /// `None` is stdout.
    outputs: Vec<(Format, Option<String>)>,
    options: ReportOptions,
}

impl OutputArgs {
    /// What was asked for of a report; the table on stdout when nothing was.
    pub(super) fn outputs(&self, report: &str, context: &Context) -> Result<Outputs, CliError> {
        let mut outputs = self.outputs.iter().map(|text| parse(text, report)).collect::<Result<Vec<_>, _>>()?;
        if outputs.is_empty() {
            outputs.push((Format::TABLE, None));
        }
        shared::refuse_clashes(outputs.iter().map(|(_, file)| file.as_deref().map(Path::new)))?;
        Ok(Outputs { outputs, options: ReportOptions { color: context.color, ..ReportOptions::default() } })
    }
}

fn parse(text: &str, report: &str) -> Result<(Format, Option<String>), CliError> {
    let (format, file) = match text.split_once('=') {
        Some((format, "")) => return Err(shared::no_file(format)),
        Some((format, "-")) => (format, None),
        Some((format, file)) => (format, Some(file.to_owned())),
        None => (text, None),
    };
    let format: Format = format.parse().map_err(|message: String| CliError::Usage {
        message,
        help: "write `--output FORMAT` or `--output FORMAT=FILE`".into(),
    })?;
    match format.shows(report) {
        true => Ok((format, file)),
        false => Err(CliError::Usage {
            message: format!("`{}` cannot show the report `{report}`", format.name()),
            help: "only `dbkeel report calendar` has days to put into a calendar".into(),
        }),
    }
}

impl Outputs {
    /// Writes the report: files first, so that a broken pipe on stdout costs none of them.
    pub(super) fn write(&self, report: &NamedReport, context: &Context) -> Result<(), CliError> {
        for (format, file) in &self.outputs {
            let Some(file) = file else { continue };
            let options = ReportOptions { color: false, ..self.options.clone() };
            write_whole(Path::new(file), |out| format.write(report, &options, out))
                .map_err(|error| CliError::Output { place: format!("`{file}`"), error })?;
            context.note(&format!("wrote {file}"));
        }
        for (format, _) in self.outputs.iter().filter(|(_, file)| file.is_none()) {
            let mut out = io::BufWriter::new(io::stdout().lock());
            match format.write(report, &self.options, &mut out).and_then(|()| out.flush()) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    return Err(CliError::Output { place: "to stdout".into(), error });
                }
                _ => {}
            }
        }
        Ok(())
    }
}
