//! The Rego tests of rules: every `test_…` rule of the `_test.rego` files, by the interpreter, with line coverage.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use regorus::{Engine, Value as Rego};
use serde::Serialize;

use super::compiled::rego_error;
use super::draft::package_name;
use super::examine::sort_key;
use super::files::PolicyFile;
use super::syntax::{self, Parsed};
use crate::diagnostic::Diagnostic;

/// What the tests showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestReport {
    /// Every test that was run; by path, then line.
    pub results: Vec<TestResult>,
    /// The lines that the tests ran, of every file that is not a test; by path. Empty when it was not asked for.
    pub coverage: Vec<FileCoverage>,
}

impl TestReport {
    /// Whether every test passed.
    pub fn passed(&self) -> bool {
        self.results.iter().all(|result| result.outcome == TestOutcome::Passed)
    }

    /// How many tests did not pass.
    pub fn failed(&self) -> usize {
        self.results.iter().filter(|result| result.outcome != TestOutcome::Passed).count()
    }

    /// The share of lines that the tests ran, in percent, rounded down; 100 when there are no lines.
    pub fn coverage_percent(&self) -> u8 {
        let covered: usize = self.coverage.iter().map(|file| file.covered).sum();
        let lines: usize = self.coverage.iter().map(FileCoverage::lines).sum();
        (covered * 100).checked_div(lines).unwrap_or(100) as u8
    }
}

/// One test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// Its full name: `dbkeel.retention.backup_retention_test.test_fails_when_…`.
    pub name: String,
    /// Its file.
    pub path: Arc<str>,
    /// Its line, from 1.
    pub line: u32,
    /// How it ended.
    pub outcome: TestOutcome,
    /// How long it took; not for output that must be the same in every run.
    pub duration: Duration,
}

/// How a test ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestOutcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// It raised an error.
    Error(String),
}

/// The lines of one file that the tests ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileCoverage {
    /// The file.
    pub path: Arc<str>,
    /// How many lines of code were run.
    pub covered: usize,
    /// The lines of code that were not, from 1.
    pub not_covered: Vec<u32>,
}

impl FileCoverage {
    /// How many lines of code there are.
    pub fn lines(&self) -> usize {
        self.covered + self.not_covered.len()
    }
}

/// Runs the tests whose full name contains the filter.
pub fn test(files: &[PolicyFile], filter: Option<&str>, coverage: bool) -> Result<TestReport, Vec<Diagnostic>> {
    let suite = Suite::new(files)?;
    let runs: Vec<(Vec<TestResult>, Lines)> =
        suite.tests.par_iter().map(|(file, parsed)| suite.run(file, parsed, filter, coverage)).collect();
    let mut results = Vec::new();
    let mut lines = Lines::default();
    for (of_file, of_lines) in runs {
        results.extend(of_file);
        lines.merge(of_lines);
    }
    results.sort_by(|a, b| (&a.path, a.line, &a.name).cmp(&(&b.path, b.line, &b.name)));
    Ok(TestReport { results, coverage: if coverage { lines.of_rules() } else { Vec::new() } })
}

/// Every file, parsed, and by package.
struct Suite<'a> {
    tests: Vec<(&'a PolicyFile, Parsed)>,
    by_package: BTreeMap<String, &'a PolicyFile>,
}

impl<'a> Suite<'a> {
    fn new(files: &'a [PolicyFile]) -> Result<Self, Vec<Diagnostic>> {
        let parsed: Vec<_> = files.par_iter().map(|file| (file, syntax::parse(file))).collect();
        let mut suite = Self { tests: Vec::new(), by_package: BTreeMap::new() };
        let mut problems = Vec::new();
        for (file, parsed) in parsed {
            match parsed {
                Ok(parsed) => {
                    suite.by_package.insert(package_name(&parsed.module), file);
                    if file.is_test() {
                        suite.tests.push((file, parsed));
                    }
                }
                Err(problem) => problems.push(*problem),
            }
        }
        problems.sort_by_cached_key(sort_key);
        if problems.is_empty() { Ok(suite) } else { Err(problems) }
    }

    fn run(
        &self,
        file: &PolicyFile,
        parsed: &Parsed,
        filter: Option<&str>,
        coverage: bool,
    ) -> (Vec<TestResult>, Lines) {
        let package = package_name(&parsed.module);
        let tests: Vec<(String, u32)> = test_rules(parsed)
            .into_iter()
            .map(|(name, line)| (format!("{package}.{name}"), line))
            .filter(|(name, _)| filter.is_none_or(|filter| name.contains(filter)))
            .collect();
        if tests.is_empty() {
            return (Vec::new(), Lines::default());
        }
        let mut engine = self.engine(file, parsed);
        engine.set_enable_coverage(coverage);
        let results = tests.into_iter().map(|(name, line)| {
            let start = Instant::now();
            let outcome = outcome(engine.eval_rule(format!("data.{name}")));
            TestResult { name, path: file.path.clone(), line, outcome, duration: start.elapsed() }
        });
        let results = results.collect();
        (results, if coverage { Lines::of(&engine) } else { Lines::default() })
    }

    /// An engine with the test file and every file that it needs, directly or not.
    fn engine(&self, file: &PolicyFile, parsed: &Parsed) -> Engine {
        let mut engine = parsed.engine.clone();
        let mut seen = BTreeSet::from([file.path.as_ref()]);
        let mut pending = self.needs(&file.text);
        while let Some(needed) = pending.pop() {
            if seen.insert(needed.path.as_ref()) {
                // It was parsed before, on its own.
                let _ = engine.add_policy(needed.path.to_string(), needed.text.to_string());
                pending.extend(self.needs(&needed.text));
            }
        }
        engine
    }

    /// The files whose packages a text mentions.
    fn needs(&self, text: &str) -> Vec<&'a PolicyFile> {
        let mentions = text.match_indices("data.").filter_map(|(at, root)| text.get(at + root.len()..));
        mentions.filter_map(|rest| self.package_at(rest)).collect()
    }

    /// The file of the longest package that a text begins with.
    fn package_at(&self, text: &str) -> Option<&'a PolicyFile> {
        let end =
            text.find(|char: char| !char.is_ascii_alphanumeric() && !matches!(char, '_' | '.')).unwrap_or(text.len());
        let mut path = text.get(..end)?;
        loop {
            match self.by_package.get(path) {
                Some(file) => return Some(file),
                None => path = path.rsplit_once('.')?.0,
            }
        }
    }
}

/// The names of the tests of a file and their lines; each name once.
pub(super) fn test_rules(parsed: &Parsed) -> Vec<(String, u32)> {
    let mut tests: Vec<(String, u32)> = Vec::new();
    for rule in parsed.module.rules.iter().filter(|rule| rule.name().starts_with("test_")) {
        if tests.iter().all(|(name, _)| name != rule.name()) {
            let (line, _) = parsed.places.at(rule.defines().span().start);
            tests.push((rule.name().to_owned(), line));
        }
    }
    tests
}

fn outcome(result: Result<Rego, impl std::fmt::Display>) -> TestOutcome {
    match result {
        Ok(Rego::Bool(true)) => TestOutcome::Passed,
        Ok(_) => TestOutcome::Failed,
        Err(error) => TestOutcome::Error(rego_error(&error.to_string())),
    }
}

/// Per file, the lines that were run, and those that were not.
#[derive(Default)]
struct Lines(BTreeMap<String, (BTreeSet<u32>, BTreeSet<u32>)>);

impl Lines {
    fn of(engine: &Engine) -> Self {
        let report = engine.get_coverage_report().unwrap_or_default();
        Self(report.files.into_iter().map(|file| (file.path, (file.covered, file.not_covered))).collect())
    }

    fn merge(&mut self, other: Self) {
        for (path, (covered, not_covered)) in other.0 {
            let lines = self.0.entry(path).or_default();
            lines.0.extend(covered);
            lines.1.extend(not_covered);
        }
    }

    fn of_rules(self) -> Vec<FileCoverage> {
        let rules = self.0.into_iter().filter(|(path, _)| !path.ends_with("_test.rego"));
        let coverage = rules.map(|(path, (covered, not_covered))| FileCoverage {
            path: path.into(),
            covered: covered.len(),
            not_covered: not_covered.difference(&covered).copied().collect(),
        });
        coverage.collect()
    }
}
