//! Commands to a pipeline's runner, which shows them beside the lines of a pull request: GitHub's workflow commands
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>) and Azure Pipelines' logging commands
//! (<https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>).
//!
//! A runner obeys whatever stands in a log, so no text of a source may begin a command, end one or add to its properties.
//! It also keeps only the first few of a step (10 of each sort: actions/toolkit#734; Azure's agent keeps 10 errors and 10
//! warnings). So the worst come first, and a last one counts what was left out. What was not proven comes before the failures
//! of its sort: a list that looks complete and is not would be worse than none.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::io::{self, Write};

use super::failures::new_or_worse;
use super::text::{clean, count};
use super::{Gate, Report, ReportOptions, drift, uri};
use crate::model::{Drift, Finding, Location, Results, Severity, Verdict};

mod command;
#[cfg(test)]
mod tests;

use command::Command;

/// The runner that obeys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Annotations {
    /// GitHub Actions.
    Github,
    /// Azure Pipelines.
    Azure,
}

/// How many of a sort a runner keeps of one step.
const MOST: usize = 10;

/// The sort of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Error,
    Warning,
    Notice,
}

impl Level {
    /// From the worst.
    const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    fn of(severity: Severity) -> Self {
        match severity {
            Severity::Critical | Severity::High => Self::Error,
            Severity::Medium => Self::Warning,
            Severity::Low | Severity::Info => Self::Notice,
        }
    }
}

/// What is told beside a line.
struct Annotation {
    /// `None` is what was not proven, which comes first.
    severity: Option<Severity>,
    code: String,
    title: String,
    message: String,
    location: Option<Location>,
}

/// The annotations of one sort: the first few, and how many there are.
#[derive(Default)]
struct OfLevel {
    shown: Vec<Annotation>,
    total: usize,
}

impl OfLevel {
    /// Adds one that is no worse than those before it; made only if there is room.
    fn add(&mut self, make: impl FnOnce() -> Annotation) {
        if self.shown.len() < MOST {
            self.shown.push(make());
        }
        self.total += 1;
    }
}

impl Report for Annotations {
    fn write(&self, results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        let mut levels = self.levels(results, options);
        let total: usize = levels.iter().map(|of_level| of_level.total).sum();
        let is_cut = levels.iter().any(|of_level| of_level.total > MOST);
        if is_cut && let Some(last) = levels.last_mut() {
            // The room for the count.
            last.shown.truncate(MOST - 1);
        }
        let mut shown = 0;
        for (of_level, level) in levels.iter().zip(self.sorts()) {
            for annotation in &of_level.shown {
                writeln!(out, "{}", self.command(*level, annotation))?;
                shown += 1;
            }
        }
        if is_cut {
            let message = format!(
                "{} left out: a runner shows {MOST} of each sort; the other reports of this run have all of them",
                count(total - shown, "finding")
            );
            let rest =
                Annotation { severity: None, code: String::new(), title: "dbkeel".to_owned(), message, location: None };
            let level = self.sorts().last().copied().unwrap_or(Level::Notice);
            writeln!(out, "{}", self.command(level, &rest))?;
        }
        Ok(())
    }

    fn tells_digests(&self) -> bool {
        false
    }
}

impl Annotations {
    /// The sorts that the runner knows.
    fn sorts(self) -> &'static [Level] {
        match self {
            Self::Github => &Level::ALL,
            Self::Azure => Level::ALL.split_at(2).0,
        }
    }

    /// What there is to tell, by [`Self::sorts`].
    fn levels(self, results: &Results, options: &ReportOptions) -> Vec<OfLevel> {
        let mut levels: Vec<OfLevel> = self.sorts().iter().map(|_| OfLevel::default()).collect();
        let place = |level: Level| (level as usize).min(self.sorts().len() - 1);
        let mut add = |level: Level, make: &mut dyn FnMut() -> Annotation| {
            if let Some(of_level) = levels.get_mut(place(level)) {
                of_level.add(make);
            }
        };
        for unproven in unproven(results, options) {
            let mut unproven = Some(unproven);
            add(Level::Warning, &mut || unproven.take().unwrap_or_else(nothing_evaluated));
        }
        let mut drifts: Vec<&Drift> = results.drift.drifts.iter().filter(|drift| drift.class.can_fail()).collect();
        drifts.sort_by_key(|drift| Reverse(severity_of(drift)));
        let mut drifts = drifts.into_iter().peekable();
        for of_rule in new_or_worse(results) {
            while let Some(drift) = drifts.next_if(|drift| severity_of(drift) > of_rule.severity) {
                add(Level::of(severity_of(drift)), &mut || of_drift(drift));
            }
            for group in &of_rule.outcomes {
                for finding in group.findings() {
                    add(Level::of(of_rule.severity), &mut || of_finding(&finding));
                }
            }
        }
        for drift in drifts {
            add(Level::of(severity_of(drift)), &mut || of_drift(drift));
        }
        levels
    }

    fn command(self, level: Level, annotation: &Annotation) -> Command<'_> {
        let location = annotation.location.as_ref();
        let file = location.filter(|location| !location.file.is_empty()).map(|location| uri::plain(&location.file));
        let region = location.and_then(|location| location.region).filter(|_| file.is_some());
        match self {
            Self::Github => Command::github(level, annotation, file, region),
            Self::Azure => Command::azure(level, annotation, file, region),
        }
    }
}

/// What was not proven: nothing at all, what could not be read, and what raised an error.
fn unproven(results: &Results, options: &ReportOptions) -> Vec<Annotation> {
    let told = |title: &str, message: String, location: Option<Location>| Annotation {
        severity: None,
        code: String::new(),
        title: title.to_owned(),
        message,
        location,
    };
    let gaps = results
        .gaps
        .iter()
        .map(|gap| told("could not be read", format!("{}: {}", gap.place, gap.reason.as_str()), None));
    let errors = results.findings(&[Verdict::Error]).map(|finding| {
        let message = format!("{}: {}", finding.resource.id, finding.message());
        let code = finding.rule.id.to_string();
        Annotation {
            code,
            ..told(&format!("{} raised an error", finding.rule.id), message, Some(finding.location().clone()))
        }
    });
    let mut unproven: Vec<Annotation> = gaps.chain(errors).collect();
    if unproven.is_empty() && Gate::of(results, options.allow_partial) == Gate::NotProven {
        unproven.push(nothing_evaluated());
    }
    unproven
}

fn nothing_evaluated() -> Annotation {
    Annotation {
        severity: None,
        code: String::new(),
        title: "nothing was evaluated".to_owned(),
        message: "nothing was evaluated or compared, so this run proves nothing".to_owned(),
        location: None,
    }
}

fn severity_of(drift: &Drift) -> Severity {
    drift.severity().unwrap_or(Severity::Info)
}

fn of_finding(finding: &Finding<'_>) -> Annotation {
    Annotation {
        severity: Some(finding.severity()),
        code: finding.rule.id.to_string(),
        title: format!("{} {}", finding.rule.id, finding.rule.title),
        message: format!("{}: {}", finding.resource.id, finding.message()),
        location: Some(finding.location().clone()),
    }
}

fn of_drift(drift: &Drift) -> Annotation {
    Annotation {
        severity: drift.severity(),
        code: drift.rule_id(),
        title: format!("{} {}", drift.rule_id(), drift.class.meaning()),
        message: format!("{}: {}", drift.resource.id, drift::what(drift)),
        location: Some(drift.location().clone()),
    }
}

impl Annotation {
    /// The message on one line, with how much it matters.
    fn text(&self) -> String {
        let message: Cow<'_, str> = clean(&self.message);
        match self.severity {
            Some(severity) => format!("{severity}: {message}"),
            None => message.into_owned(),
        }
    }
}
