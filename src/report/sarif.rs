//! SARIF 2.1.0 in two profiles, one run a log.
//!
//! - **full** has a result for each failure (`fail`), each accepted failure (`fail`, with a suppression) and each verdict
//!   that could not be reached (`open`, level `none`); what passed and what does not apply on request.
//! - **github** has what code scanning accepts and nothing that it would misread: failures only, since it ignores `kind` and
//!   `suppressions` and would open an alert for each; one result for each rule, file and line, since results that share them
//!   share an alert; at most 5,000, the worst first.
//!
//! A finding stands at the line of the Terraform source that decides it. A plan has no lines that a person could open, so
//! where no source was read its findings stand at the first line of the plan, with the resource's address as the logical
//! location.

use std::cmp::Reverse;
use std::io::{self, Write};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{Report, ReportOptions, text, uri};
use crate::model::{Finding, Location, Results, RuleVerdicts, Verdict};
use crate::source::terraform::without_keys;

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
struct Entry<'a> {
    /// The place of the rule among the rules of the run.
    rule: usize,
    verdict: Verdict,
    /// The finding, when the result is about one resource.
    finding: Option<Finding<'a>>,
    location: &'a Location,
    message: String,
    fingerprint: String,
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
}

fn write_full(results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
    let wanted: &[Verdict] = match options.sarif_passes {
        false => &[Verdict::Fail, Verdict::Waived, Verdict::Unknown],
        true => &[Verdict::Fail, Verdict::Waived, Verdict::Unknown, Verdict::Pass, Verdict::NotApplicable],
    };
    results.find_places(|_, verdict| wanted.contains(&verdict));
    let entries = || results.verdicts.iter().flat_map(|of_rule| entries_of(results, of_rule, wanted));
    log::write(results, options, log::Profile::Full, 0, &entries, out)
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
            verdict: finding.outcome.verdict,
            location: finding.location(),
            message: prose::message(&finding),
            fingerprint: finding.fingerprint(),
            finding: Some(finding),
        }
    }
}

fn write_github(results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
    results.find_places(|_, verdict| verdict == Verdict::Fail);
    let of_rules: Vec<Vec<Group<'_>>> =
        results.verdicts.par_iter().map(|of_rule| groups_of(results, of_rule)).collect();
    let mut groups: Vec<Group<'_>> = of_rules.into_iter().flatten().collect();
    // The order within a severity is that of rules, then files, then lines, in which they were made.
    groups.sort_by_key(|group| Reverse(group.first.first().map(Finding::severity)));
    let left_out = groups.len().saturating_sub(MAX_RESULTS);
    groups.truncate(MAX_RESULTS);
    let entries = || groups.iter().filter_map(Group::entry);
    log::write(results, options, log::Profile::Github, left_out, &entries, out)
}

/// The failures of one rule at one place.
struct Group<'a> {
    rule: usize,
    /// Those that the message names.
    first: Vec<Finding<'a>>,
    count: usize,
}

/// The failures of a rule by file and line, sorted by them.
fn groups_of<'a>(results: &'a Results, of_rule: &'a RuleVerdicts) -> Vec<Group<'a>> {
    let mut failures: Vec<(At<'a>, Finding<'a>)> = Vec::new();
    for (resource, outcome) in &of_rule.verdicts {
        let failed = of_rule.outcomes.get(*outcome as usize).filter(|outcome| outcome.verdict == Verdict::Fail);
        let finding = failed.and_then(|outcome| results.finding(of_rule.rule, *resource, outcome));
        failures.extend(finding.map(|finding| (At::of(finding.location()), finding)));
    }
    failures.sort_by_key(|(at, _)| *at);
    let alike = failures.chunk_by(|(one, _), (other, _)| one == other);
    let group = |alike: &[(At<'a>, Finding<'a>)]| Group {
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
    fn of(location: &'a Location) -> Self {
        Self(&location.file, location.region.map(|region| region.start_line))
    }
}

impl<'a> Group<'a> {
    fn entry(&self) -> Option<Entry<'a>> {
        let first = *self.first.first()?;
        let mut entry = Entry::of_one(self.rule, first);
        if self.count > 1 {
            entry.message = prose::message_of_many(first.rule, &self.first, self.count);
            entry.finding = None;
        }
        entry.fingerprint = match entry.location.region {
            None => fingerprint_of("file", "", &first),
            // Instances of one resource share its lines, so the alert stays when one of them is mended.
            Some(_) => fingerprint_of("line", &without_keys(&first.resource.id), &first),
        };
        Some(entry)
    }
}

/// An identity for all findings of a rule at a place, so that the alert stays the same when one of several resources is
/// mended. It holds no line: those move.
fn fingerprint_of(sort: &str, resource: &str, finding: &Finding<'_>) -> String {
    let mut hasher = Sha256::new();
    let file = uri::relative(&finding.location().file);
    for part in
        ["dbkeel/v1", &finding.rule.id, sort, &file].into_iter().chain((!resource.is_empty()).then_some(resource))
    {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    text::hex(&hasher.finalize())
}

#[cfg(test)]
mod tests;
