//! Reports: one file an output format, each a pure function from [`Results`] and [`ReportOptions`] to bytes.
//!
//! A format implements [`Report`] and stands in one row of [`Format::ALL`]; nothing else knows it. No format reads the
//! clock, the environment or the terminal: what they need to know of those comes in as options, so the same results give
//! the same bytes. Text that came from a source (names, tags, addresses, messages) is an attacker's as far as a report is
//! concerned: each format escapes it for its own reader, see [`mod@text`].

use std::fmt;
use std::io;
use std::str::FromStr;

use crate::model::Results;

mod annotations;
mod asff;
pub mod baseline_diff;
mod category;
mod csv;
mod drift;
mod drift_rule;
mod failures;
mod frameworks;
mod gate;
mod gitlab_code_quality;
#[cfg(test)]
mod hostile;
mod html;
mod json;
mod junit;
mod lines;
mod markdown;
mod markdown_text;
pub mod named;
mod ocsf;
mod oscal;
pub mod output;
mod parquet;
mod part;
pub(crate) mod remediation;
pub mod run_diff;
mod sarif;
mod siem;
#[cfg(test)]
mod standing;
pub mod summary;
mod table;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
mod uri;
mod waivers;

pub use gate::Gate;

/// What a report needs to know besides the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportOptions {
    /// Whether the reader shows ANSI colours.
    pub color: bool,
    /// How many findings a report for people spells out before it counts the rest.
    pub max_findings: usize,
    /// Whether the run happens inside GitHub Actions (`GITHUB_ACTIONS=true`), which decides the profile of `sarif`.
    pub github_actions: bool,
    /// Whether `sarif-full` also lists what passed and what does not apply.
    pub sarif_passes: bool,
    /// What tells this run's scope from others in the same repository; `None` derives it from the sources.
    pub category: Option<String>,
    /// For which findings the table shows the lines of the source.
    pub excerpts: Excerpts,
    /// Whether the gate may pass although part of the scope could not be read.
    pub allow_partial: bool,
}

/// For which findings a report for people shows the lines of the source that decide them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Excerpts {
    /// For those that fail the gate, the 20 worst
    #[default]
    Gate,
    /// For every failure
    All,
    /// For none
    None,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self {
            color: false,
            max_findings: 20,
            github_actions: false,
            sarif_passes: false,
            category: None,
            excerpts: Excerpts::Gate,
            allow_partial: false,
        }
    }
}

/// An output format.
pub trait Report: Sync {
    /// Writes the report, without flushing.
    fn write(&self, results: &Results, options: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()>;

    /// What a reader would miss in it and cannot see there: findings that the format has no room for.
    fn left_out(&self, _: &Results) -> Option<String> {
        None
    }

    /// Whether it tells the digests of the sources, in whatever form.
    fn tells_digests(&self) -> bool {
        true
    }
}

/// A registered output format.
#[derive(Clone, Copy)]
pub struct Format {
    name: &'static str,
    about: &'static str,
    report: &'static dyn Report,
}

impl Format {
    /// Every format that is one file. A new one is a row here and a file beside the others.
    pub const ALL: &'static [Self] = &[
        Self::TABLE,
        Self::new("json", "every verdict, as `dbkeel.results/v1`", &json::Json),
        Self::new("sarif", "SARIF 2.1.0: `sarif-github` inside GitHub Actions, else `sarif-full`", &sarif::Sarif::Auto),
        Self::new("sarif-full", "SARIF 2.1.0 with everything that SARIF can say", &sarif::Sarif::Full),
        Self::new("sarif-github", "SARIF 2.1.0 with what code scanning accepts", &sarif::Sarif::Github),
        Self::new("markdown", "a job summary for GitHub, at most 900 KiB", &markdown::Markdown::Summary),
        Self::new(
            "pr-comment",
            "a pull-request comment for GitHub, at most 60,000 bytes",
            &markdown::Markdown::Comment,
        ),
        Self::new("junit", "JUnit XML: a test case for each rule and resource", &junit::Junit),
        Self::new("csv", "a row for each rule and resource", &csv::Csv),
        Self::new("ocsf", "OCSF 1.5.0: a Compliance Finding a line, for what collects events", &ocsf::Ocsf),
        Self::new("asff", "ASFF: an array of findings for AWS Security Hub, never uploaded", &asff::Asff),
        Self::HTML,
        Self::new(
            "gitlab-code-quality",
            "GitLab Code Quality: failures for a merge request's widget",
            &gitlab_code_quality::CodeQuality,
        ),
        Self::new(
            "github-annotations",
            "GitHub workflow commands: the worst failures beside their lines",
            &annotations::Annotations::Github,
        ),
        Self::new(
            "azure-annotations",
            "Azure Pipelines logging commands: the worst failures beside their lines",
            &annotations::Annotations::Azure,
        ),
        Self::new("oscal", "OSCAL 1.2.1 assessment results, for auditors' tools", &oscal::Oscal),
    ];

    /// Those that are a folder of files, and can be written nowhere else.
    pub const FOLDERS: &'static [Self] = &[Self::PARQUET];

    /// For those whose questions outgrow one file.
    pub const PARQUET: Self = Self::new(
        "parquet",
        "tables of verdicts, facts, drift and gaps for DuckDB, Athena, Spark; adds a partition a day to a folder",
        &parquet::Parquet,
    );

    /// For people at a terminal.
    pub const TABLE: Self = Self::new("table", "a summary for people", &table::Table);

    /// For people who would rather look than read.
    pub const HTML: Self =
        Self::new("html", "a page to look at, without script; to a folder, a page an account", &html::Html);

    const fn new(name: &'static str, about: &'static str, report: &'static dyn Report) -> Self {
        Self { name, about, report }
    }

    /// The word that the command line uses.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// What it is for, in a few words.
    pub const fn about(self) -> &'static str {
        self.about
    }

    /// What a reader would miss in it and cannot see there.
    pub fn left_out(self, results: &Results) -> Option<String> {
        self.report.left_out(results)
    }

    /// Whether it tells the digests of the sources, in whatever form.
    pub fn tells_digests(self) -> bool {
        self.report.tells_digests()
    }

    /// Writes the results in this format.
    pub fn write(self, results: &Results, options: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()> {
        self.report.write(results, options, out)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Format").field(&self.name).finish()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = || Self::ALL.iter().chain(Self::FOLDERS);
        all().find(|format| format.name == text).copied().ok_or_else(|| {
            let names: Vec<&str> = all().map(|format| format.name).collect();
            format!("`{text}` is not an output format; expected one of {}", names.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_own_name() {
        for format in Format::ALL.iter().chain(Format::FOLDERS) {
            assert_eq!(format.to_string().parse(), Ok(*format));
        }
    }

    #[test]
    fn an_unknown_format_names_the_ones_that_exist() {
        let error = "yaml".parse::<Format>().unwrap_err();
        assert!(error.starts_with("`yaml` is not an output format; expected one of table, json,"), "{error}");
    }

    /// What depends on a digest differs between two runs that differ in nothing else.
    #[test]
    fn formats_tell_the_digests_of_sources_where_they_say_so() {
        for format in Format::ALL {
            let [one, other] = ["a", "b"].map(|digit| {
                let mut results = testing::everything();
                results.sources.iter_mut().for_each(|source| source.sha256 = Some(digit.repeat(64).into()));
                testing::render(format.name(), &results)
            });
            assert_eq!(one != other, format.tells_digests(), "{}", format.name());
        }
    }
}
