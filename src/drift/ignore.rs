//! Ignore rules: drift that somebody expects, for a reason and until a day.
//!
//! They stand in a baseline (`drift: {ignore: […]}`) or in a file of their own. What they promise: each one says what it is
//! for, why, and until when; what is not known selects nothing; one that is over or that matches nothing says so.

mod read;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::facts::FactId;
use crate::model::{Drift, DriftClass, DriftSubject, FactMap, FactPath, IgnoreUse, Location};
use crate::report::text::clean;
use crate::selection::{Patterns, TagPatterns};
use crate::waiver::day_of;
pub(crate) use read::rules;

/// Drift that is left out of the report: all that is given must match.
#[derive(Debug)]
pub struct IgnoreRule {
    /// Of which the drift's class must be one; any, when there are none.
    classes: Vec<DriftClass>,
    /// Of which the drift's fact must be one; any subject, when there are none.
    facts: Vec<FactPattern>,
    /// Addresses, ARNs or names, of which one must match.
    resources: Option<Patterns>,
    tags: TagPatterns,
    reason: Arc<str>,
    /// The last day on which it holds, in UTC.
    expires: Date,
    location: Location,
    /// What it is for, in the words of the file.
    what: String,
}

/// A fact, or some keys of one.
#[derive(Debug)]
struct FactPattern {
    fact: FactId,
    /// `None` for the fact as a whole, with all of its keys.
    keys: Option<Patterns>,
}

impl IgnoreRule {
    /// What it is for, in a line for people.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Why it is there.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The last day on which it holds.
    pub fn expires(&self) -> Date {
        self.expires
    }

    fn selects<'t>(&self, drift: &Drift, tags: &dyn Fn(&Drift) -> Option<&'t FactMap>) -> bool {
        (self.classes.is_empty() || self.classes.contains(&drift.class))
            && (self.facts.is_empty() || self.facts.iter().any(|fact| fact.matches(&drift.subject)))
            && self.resources.as_ref().is_none_or(|patterns| is_named(drift, patterns))
            && (self.tags.is_empty() || tags(drift).is_some_and(|tags| self.tags.match_all(tags)))
    }
}

fn is_named(drift: &Drift, patterns: &Patterns) -> bool {
    let resource = &drift.resource;
    let names = [Some(&resource.id), resource.running_id.as_ref(), resource.name.as_ref()];
    names.into_iter().flatten().any(|name| patterns.matches(name))
}

impl FactPattern {
    fn matches(&self, subject: &DriftSubject) -> bool {
        let DriftSubject::Fact(FactPath { fact, key, .. }) = subject else { return false };
        *fact == self.fact
            && match (&self.keys, key) {
                (None, _) => true,
                (Some(keys), Some(key)) => keys.matches(key),
                // A map that drifts as a whole is every one of its keys, and only `*` says that.
                (Some(keys), None) => keys.matches(""),
            }
    }
}

/// Reads a file of ignore rules from its text.
///
/// # Errors
///
/// Everything that is wrong with the text, in its order.
pub fn parse(file: &str, text: &str) -> Result<Vec<IgnoreRule>, Vec<Diagnostic>> {
    read::file(file, text)
}

/// Takes out the drift that the rules select, as of the day of the run (RFC 3339, UTC), and tells what each of them did.
/// `tags` gives the tags of what a drift is about.
pub fn apply<'r, 't>(
    drifts: &mut Vec<Drift>,
    rules: impl IntoIterator<Item = &'r IgnoreRule>,
    as_of: &str,
    tags: &dyn Fn(&Drift) -> Option<&'t FactMap>,
) -> Vec<IgnoreUse> {
    // A day that cannot be told is after every other: nothing is ignored then, which errs on the safe side.
    let today = day_of(as_of).unwrap_or(Date::MAX);
    let mut all: Vec<(&IgnoreRule, IgnoreUse)> = rules.into_iter().map(|rule| (rule, rule.unused(today))).collect();
    drifts.retain(|drift| {
        let mut stays = true;
        for (_, used) in all.iter_mut().filter(|(rule, used)| !used.expired && rule.selects(drift, tags)) {
            used.matched += 1;
            stays = false;
        }
        stays
    });
    all.into_iter().map(|(_, used)| used).collect()
}

impl IgnoreRule {
    fn unused(&self, today: Date) -> IgnoreUse {
        IgnoreUse {
            reason: self.reason.clone(),
            expires: self.expires.to_string().into(),
            location: self.location.clone(),
            expired: today > self.expires,
            matched: 0,
        }
    }
}

/// What a person should know of the ignore rules of a run, a line each. One that does what it says has none.
pub fn notes(uses: &[IgnoreUse]) -> Vec<String> {
    uses.iter().filter_map(note).map(|note| clean(&note).into_owned()).collect()
}

fn note(used: &IgnoreUse) -> Option<String> {
    let remark = match (used.expired, used.matched) {
        (true, _) => format!("expired on {} and ignores nothing", used.expires),
        (false, 0) => "matches no drift: take it out, or mend what it selects".to_owned(),
        (false, _) => return None,
    };
    let line = used.location.region.map_or(0, |region| region.start_line);
    Some(format!("note: the ignore rule at {}:{line} ({}) {remark}", used.location.file, used.reason))
}
