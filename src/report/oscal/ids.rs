//! Identifiers: UUIDs of version 5, made from the run and from what they stand for, so that the same run has the same ones.

use std::fmt;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::model::{FactState, Outcome, Results, Stood, Verdict};
use crate::report::ReportOptions;
use crate::report::drift::what;
use crate::report::text::hex;

/// The UUID of something in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(Uuid);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    }
}

/// Makes the identifiers of one document.
pub(super) struct Ids(Uuid);

/// Stands between the parts of a name; no part that precedes another holds it.
const SEPARATOR: &[u8] = &[0x1f];

impl Ids {
    /// Of a run: its instant, the digests of all that went into it, what was asked of it, and what it found, since not all that
    /// decides that is a file. Another run has none of its identifiers.
    pub(super) fn of(results: &Results, options: &ReportOptions) -> Self {
        let run = &results.run;
        let project = Uuid::new_v5(&Uuid::NAMESPACE_URL, super::NAMESPACE.as_bytes());
        let mut parts: Vec<&str> = vec![&run.as_of, &run.version, &run.baseline_sha256, &run.policies_sha256];
        let allows = if options.allow_partial { "allow-partial" } else { "" };
        let found = found(results);
        parts.extend([run.fail_on.as_str(), allows, &found]);
        parts.extend(results.sources.iter().flat_map(|source| [source.path.as_ref(), source.digest()]));
        parts.extend(results.waivers.iter().map(|waivers| waivers.sha256.as_ref()));
        parts.extend(results.frameworks.iter().map(|framework| framework.sha256.as_ref()));
        Self(Uuid::new_v5(&project, &joined(&parts)))
    }

    /// Of a thing: what it is, and what tells it from others of its sort.
    pub(super) fn id(&self, kind: &str, key: &[&str]) -> Id {
        let parts: Vec<&str> = std::iter::once(kind).chain(key.iter().copied()).collect();
        Id(Uuid::new_v5(&self.0, &joined(&parts)))
    }
}

/// A digest of what the document tells: every verdict with what it rests on, every drift and every gap.
fn found(results: &Results) -> String {
    let mut found = Found(Sha256::new());
    for assignment in &results.assignments {
        found.number(assignment.tier.into());
    }
    for of_rule in &results.verdicts {
        of_rule.outcomes.iter().for_each(|outcome| found.outcome(outcome));
        for (resource, outcome) in &of_rule.verdicts {
            found.number(*resource);
            found.number(*outcome);
        }
    }
    for finding in results.findings(&[Verdict::Fail, Verdict::Waived, Verdict::Unknown, Verdict::Error]) {
        let location = finding.location();
        found.text(&location.file);
        found.number(location.region.map_or(0, |region| region.start_line));
        found.text(finding.age().map_or("", |age| &age.opened));
        found.text(finding.stood().map_or("", Stood::as_str));
    }
    for drift in &results.drift.drifts {
        [&drift.fingerprint(), drift.class.as_str(), &what(drift)].into_iter().for_each(|text| found.text(text));
    }
    for gap in &results.gaps {
        [&*gap.place, gap.reason.as_str()].into_iter().for_each(|text| found.text(text));
    }
    hex(&found.0.finalize())
}

/// A digest of texts and numbers, none of which runs into the next.
struct Found(Sha256);

impl Found {
    fn text(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
    }

    fn number(&mut self, number: u32) {
        self.0.update(number.to_le_bytes());
    }

    /// The values of facts come from files whose digests are known; whether one was withheld does not.
    fn outcome(&mut self, outcome: &Outcome) {
        self.text(outcome.verdict.as_str());
        outcome.messages.iter().for_each(|message| self.text(message));
        for state in &outcome.facts {
            self.number(match state {
                FactState::Known(_) => 0,
                FactState::Partial(..) => 1,
                FactState::Unknown(_) => 2,
                FactState::Missing(_) => 3,
            });
        }
    }
}

fn joined(parts: &[&str]) -> Vec<u8> {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    parts.join(SEPARATOR)
}
