//! SARIF 2.1.0 in two profiles, one run a log.
//!
//! - **full** has a result for each failure (`fail`), each accepted failure (`fail`, with a suppression) and each verdict
//!   that could not be reached (`open`, level `none`); what passed and what does not apply on request.
//! - **github** has what code scanning accepts and nothing that it would misread: failures only, since it ignores `kind` and
//!   `suppressions` and would open an alert for each; one result for each rule, file and line, since results that share them
//!   share an alert; at most 5,000, the worst first.
//!
//! Drift is shown under a rule of its own for each fact (`DBK-DRIFT-MULTI-AZ`): what may fail a gate as `fail`, at the level
//! of what it does to a verdict; in the full profile what waits as `review`, what the provider does by itself as
//! `informational`, what could not be seen as `open` (section 3.27.9). What runs and is declared nowhere has no file; it
//! stands at a path that says where it runs, `live/aws/<account>/<region>/rds/db/<id>`.
//!
//! A finding stands at the line of the Terraform source that decides it. A plan has no lines that a person could open, so
//! where no source was read its findings stand at the first line of the plan, with the resource's address as the logical
//! location.

use std::cmp::Reverse;
use std::io::{self, Write};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{Report, ReportOptions, drift_rule, text, uri};
use crate::model::{Drift, Finding, Location, Region, Results, RuleVerdicts, Severity, Verdict};
use crate::source::terraform::without_keys;

mod drift;
mod log;
mod prose;

/// GitHub shows at most so many results of a run (github/docs, SARIF limits).
const MAX_RESULTS: usize = 5000;

/// The format.
pub(super) enum Sarif {
    /// `Github` inside GitHub Actions, else `Full`.
    Auto,
    /// Everything that SARIF can say.
    Full,
    /// What code scanning accepts.
    Github,
}

/// One result, before it is put into SARIF's types.
#[derive(Clone)]
struct Entry<'a> {
    /// The place of the rule among the rules of the run: those that judge, then those of drift.
    rule: usize,
    sort: Sort,
    subject: Subject<'a>,
    place: Place,
    message: String,
    fingerprint: String,
}

/// What a result is about.
#[derive(Clone)]
enum Subject<'a> {
    Finding(Finding<'a>),
    Drift(&'a Drift),
    /// Several findings, or several drifts.
    Several,
}

/// What a result says of its rule.
#[derive(Clone, Copy)]
enum Sort {
    Fail(Severity),
    Accepted(Severity),
    Pass,
    NotApplicable,
    Open,
    Review,
    Informational,
}

impl Sort {
    fn of(finding: &Finding<'_>) -> Self {
        match finding.outcome.verdict {
            Verdict::Fail => Self::Fail(finding.severity()),
            Verdict::Waived => Self::Accepted(finding.severity()),
            Verdict::Pass => Self::Pass,
            Verdict::NotApplicable => Self::NotApplicable,
            Verdict::Unknown | Verdict::Error => Self::Open,
        }
    }

    fn severity(self) -> Option<Severity> {
        match self {
            Self::Fail(severity) | Self::Accepted(severity) => Some(severity),
            _ => None,
        }
    }
}

/// A file of the repository and a stretch of it.
#[derive(Clone)]
struct Place {
    uri: String,
    region: Option<Region>,
}

impl Place {
    fn of(location: &Location) -> Self {
        Self { uri: uri::relative(&location.file), region: location.region }
    }
}

impl Report for Sarif {
    fn write(&self, results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        let github = match self {
            Self::Auto => options.github_actions,
            Self::Full => false,
            Self::Github => true,
        };
        match github {
            true => write_github(results, options, out),
            false => write_full(results, options, out),
        }
    }

    fn tells_digests(&self) -> bool {
        false
    }
}

fn write_full(results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
    let wanted: &[Verdict] = match options.sarif_passes {
        false => &[Verdict::Fail, Verdict::Waived, Verdict::Unknown],
        true => &[Verdict::Fail, Verdict::Waived, Verdict::Unknown, Verdict::Pass, Verdict::NotApplicable],
    };
    results.find_places(|_, verdict| wanted.contains(&verdict));
    let drift_rules = drift_rule::rules(results);
    let drift = drift::Maker::new(results, &drift_rules);
    let entries = || {
        let findings = results.verdicts.iter().flat_map(|of_rule| entries_of(results, of_rule, wanted));
        findings.chain(drift.entries())
    };
    let run = log::Of { results, options, drift_rules: &drift_rules, profile: log::Profile::Full, left_out: 0 };
    log::write(run, &entries, out)
}

fn entries_of<'a>(
    results: &'a Results,
    of_rule: &'a RuleVerdicts,
    wanted: &'a [Verdict],
) -> impl Iterator<Item = Entry<'a>> {
    of_rule.verdicts.iter().filter_map(move |(resource, outcome)| {
        let outcome = of_rule.outcomes.get(*outcome as usize)?;
        if !wanted.contains(&outcome.verdict) {
            return None;
        }
        let finding = results.finding(of_rule.rule, *resource, outcome)?;
        Some(Entry::of_one(of_rule.rule, finding))
    })
}

impl<'a> Entry<'a> {
    fn of_one(rule: usize, finding: Finding<'a>) -> Self {
        Self {
            rule,
            sort: Sort::of(&finding),
            place: Place::of(finding.location()),
            message: prose::message(&finding),
            fingerprint: finding.fingerprint(),
            subject: Subject::Finding(finding),
        }
    }
}

fn write_github(results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
    results.find_places(|_, verdict| verdict == Verdict::Fail);
    let drift_rules = drift_rule::rules(results);
    let drift = drift::Maker::new(results, &drift_rules);
    let of_rules: Vec<Vec<Failures<'_>>> =
        results.verdicts.par_iter().map(|of_rule| groups_of(results, of_rule)).collect();
    let mut groups: Vec<Group<'_>> = of_rules.into_iter().flatten().map(Group::Failures).collect();
    groups.extend(drift.groups().into_iter().map(|group| Group::Drifts(Box::new(group))));
    // The order within a severity is that of rules, then files, then lines, in which they were made.
    groups.sort_by_key(|group| Reverse(group.severity()));
    let left_out = groups.len().saturating_sub(MAX_RESULTS);
    groups.truncate(MAX_RESULTS);
    let entries = || groups.iter().filter_map(Group::entry);
    let run = log::Of { results, options, drift_rules: &drift_rules, profile: log::Profile::Github, left_out };
    log::write(run, &entries, out)
}

/// What one result of code scanning stands for.
enum Group<'a> {
    Failures(Failures<'a>),
    Drifts(Box<drift::Group<'a>>),
}

impl<'a> Group<'a> {
    fn severity(&self) -> Option<Severity> {
        match self {
            Self::Failures(failures) => failures.first.first().map(Finding::severity),
            Self::Drifts(drifts) => drifts.severity(),
        }
    }

    fn entry(&self) -> Option<Entry<'a>> {
        match self {
            Self::Failures(failures) => failures.entry(),
            Self::Drifts(drifts) => drifts.entry(),
        }
    }
}

/// The failures of one rule at one place.
struct Failures<'a> {
    rule: usize,
    /// Those that the message names.
    first: Vec<Finding<'a>>,
    count: usize,
}

/// The failures of a rule by file and line, sorted by them.
fn groups_of<'a>(results: &'a Results, of_rule: &'a RuleVerdicts) -> Vec<Failures<'a>> {
    let mut failures: Vec<(At<'a>, Finding<'a>)> = Vec::new();
    for (resource, outcome) in &of_rule.verdicts {
        let failed = of_rule.outcomes.get(*outcome as usize).filter(|outcome| outcome.verdict == Verdict::Fail);
        let finding = failed.and_then(|outcome| results.finding(of_rule.rule, *resource, outcome));
        failures.extend(finding.map(|finding| (At::file_of(finding.location()), finding)));
    }
    failures.sort_by_key(|(at, _)| *at);
    let alike = failures.chunk_by(|(one, _), (other, _)| one == other);
    let group = |alike: &[(At<'a>, Finding<'a>)]| Failures {
        rule: of_rule.rule,
        first: alike.iter().take(prose::MAX_NAMED).map(|(_, finding)| *finding).collect(),
        count: alike.len(),
    };
    alike.map(group).collect()
}

/// A file and a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct At<'a>(&'a str, Option<u32>);

impl<'a> At<'a> {
    fn file_of(location: &'a Location) -> Self {
        Self(&location.file, location.region.map(|region| region.start_line))
    }

    fn of(place: &'a Place) -> Self {
        Self(&place.uri, place.region.map(|region| region.start_line))
    }
}

impl<'a> Failures<'a> {
    fn entry(&self) -> Option<Entry<'a>> {
        let first = *self.first.first()?;
        let mut entry = Entry::of_one(self.rule, first);
        if self.count > 1 {
            entry.message = prose::message_of_many(first.rule, &self.first, self.count);
            entry.subject = Subject::Several;
        }
        let (rule, uri) = (&first.rule.id, &entry.place.uri);
        entry.fingerprint = match entry.place.region {
            None => fingerprint_of("file", "", rule, uri),
            // Instances of one resource share its lines, so the alert stays when one of them is mended.
            Some(_) => fingerprint_of("line", &without_keys(&first.resource.id), rule, uri),
        };
        Some(entry)
    }
}

/// An identity for all findings, or drifts, of a rule at a place, so that the alert stays the same when one of several resources is
/// mended. It holds no line: those move.
fn fingerprint_of(sort: &str, resource: &str, rule: &str, file: &str) -> String {
    let mut hasher = Sha256::new();
    for part in ["dbkeel/v1", rule, sort, file].into_iter().chain((!resource.is_empty()).then_some(resource)) {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    text::hex(&hasher.finalize())
}

#[cfg(test)]
mod tests;
