//! `--output FORMAT[=FILE]`: which reports to write, and where to.

use std::io::{self, Write as _};
use std::path::Path;

use clap::Args;

use super::CliError;
use super::shared::{self, Context};
use crate::model::Results;
use crate::report::{Excerpts, Format, ReportOptions, output};
use crate::source::Digests;

#[derive(Args, Debug)]
pub(super) struct OutputArgs {
    #[arg(long = "output", short, value_name = "FORMAT[=FILE]", help = formats(), long_help = formats_with_their_uses())]
    outputs: Vec<String>,
    /// What tells this scan from others of the same repository, in SARIF categories and comment markers
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
    /// For which findings the table shows the lines of the source that decide them
    #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
    excerpts: Excerpts,
}

/// The names of the formats.
fn formats() -> String {
    let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    format!(
        "Write a report to stdout or to FILE (repeatable): {}; to a folder (`html=DIR/`) an index and a page for each account; \
         `parquet=DIR` adds a day to a folder of tables",
        names.join(", ")
    )
}

/// The formats, and what each is for.
fn formats_with_their_uses() -> String {
    let all = || Format::ALL.iter().chain(Format::FOLDERS);
    let width = all().map(|format| format.name().len()).max().unwrap_or_default();
    let lines: Vec<String> = all().map(|format| format!("  {:width$}  {}", format.name(), format.about())).collect();
    format!("Write a report to stdout or to FILE (repeatable):\n{}", lines.join("\n"))
}

/// One report to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    format: Format,
    /// `None` is stdout.
    file: Option<String>,
}

/// The reports to write, and how.
pub(super) struct Outputs {
    outputs: Vec<Output>,
    options: ReportOptions,
}

impl Outputs {
    /// Tells the reports that the gate may pass although part of the scope could not be read.
    pub(super) fn allowing_partial(mut self, allow_partial: bool) -> Self {
        self.options.allow_partial = allow_partial;
        self
    }

    /// Whether a report has room for fixes.
    pub(super) fn want_fixes(&self, context: &Context) -> bool {
        self.outputs.iter().any(|output| match output.format.name() {
            "sarif" => !context.github_actions,
            name => name == "sarif-full",
        })
    }

    /// Whether a report tells the digests of sources.
    pub(super) fn digests(&self) -> Digests {
        match self.outputs.iter().any(|output| output.format.tells_digests()) {
            true => Digests::Taken,
            false => Digests::LeftOut,
        }
    }

    /// Whether nothing but text for people goes to stdout.
    pub(super) fn is_stdout_for_people(&self) -> bool {
        self.outputs.iter().all(|output| output.file.is_some() || output.format == Format::TABLE)
    }
}

impl OutputArgs {
    /// What was asked for; the table on stdout when nothing was.
    pub(super) fn outputs(&self, context: &Context) -> Result<Outputs, CliError> {
        let mut outputs = self.outputs.iter().map(|text| parse(text)).collect::<Result<Vec<_>, _>>()?;
        if outputs.is_empty() {
            outputs.push(Output { format: Format::TABLE, file: None });
        }
        shared::refuse_clashes(outputs.iter().map(|output| output.file.as_deref().map(Path::new)))?;
        let options = ReportOptions {
            color: context.color,
            github_actions: context.github_actions,
            category: self.category.clone(),
            excerpts: self.excerpts,
            ..ReportOptions::default()
        };
        Ok(Outputs { outputs, options })
    }
}

fn parse(text: &str) -> Result<Output, CliError> {
    let (format, file) = match text.split_once('=') {
        Some((format, "")) if Format::FOLDERS.iter().all(|folder| folder.name() != format) => {
            return Err(shared::no_file(format));
        }
        Some((format, "" | "-")) => (format, None),
        Some((format, file)) => (format, Some(file.to_owned())),
        None => (text, None),
    };
    let format = format.parse().map_err(|message: String| CliError::Usage {
        message,
        help: "write `--output FORMAT` or `--output FORMAT=FILE`".into(),
    })?;
    if file.is_none() && Format::FOLDERS.contains(&format) {
        return Err(CliError::Usage {
            message: format!("`{format}` is a folder of files, and no folder is named"),
            help: format!("write `--output {format}=DIR`"),
        });
    }
    Ok(Output { format, file })
}

/// Writes every report: files first, so that a broken pipe on stdout costs none of them.
pub(super) fn write_all(outputs: &Outputs, results: &Results, context: &Context) -> Result<(), CliError> {
    for left_out in outputs.outputs.iter().filter_map(|output| output.format.left_out(results)) {
        context.note(&format!("note: {left_out}"));
    }
    for output in &outputs.outputs {
        if let Some(file) = &output.file {
            let options = ReportOptions { color: false, ..outputs.options.clone() };
            output::write_file(file, output.format, results, &options)
                .map_err(|error| CliError::Output { place: format!("`{file}`"), error })?;
            context.note(&format!("wrote {file}"));
        }
    }
    for output in outputs.outputs.iter().filter(|output| output.file.is_none()) {
        to_stdout(output.format, results, &outputs.options)?;
    }
    Ok(())
}

fn to_stdout(format: Format, results: &Results, options: &ReportOptions) -> Result<(), CliError> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format.write(results, options, &mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CliError::Output { place: "to stdout".into(), error })
        }
        _ => Ok(()),
    }
}
