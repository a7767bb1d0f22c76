//! Rego: loads, checks, compiles, tests and explains rules. The only room that knows regorus.
//!
//! [`load`] turns files into [`Policies`], or says everything that is wrong with them, each with file, line and column. What
//! Rego lets slip is an error here: a fact that the catalogue does not have, a parameter that no METADATA declares, a
//! duplicate id, a function that would make a verdict depend on the clock or the network. A [`Judge`] evaluates one rule.

#[cfg(test)]
mod cases;
mod compiled;
mod draft;
mod errors;
mod examine;
mod files;
mod index;
mod lookup;
mod metadata;
mod nesting;
mod parameters;
#[cfg(test)]
mod rule_ids;
#[cfg(test)]
pub(crate) mod samples;
mod scaffold;
mod stored;
mod syntax;
mod testing;
mod text;
mod trace;
mod untested;
mod usage;
mod value;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

pub use compiled::Judgement;
pub use files::{PolicyFile, ReadError, embedded, read};
pub use lookup::Lookup;
pub use scaffold::{NewRule, Scaffold, domain_codes, domain_of_id, fact, next_id};
pub use testing::{FileCoverage, TestOutcome, TestReport, TestResult, test};
pub use trace::{FileLines, Held, Reached, Seen, Step, Trace, Traced};
pub use value::Data;

use crate::diagnostic::Diagnostic;
use crate::model::{FactPath, Rule, Value};
use compiled::{Compiled, Evaluator};

/// The years whose instants rules can reckon with: OPA counts time in nanoseconds, which 64 bits hold for no others in full.
pub const YEARS: std::ops::RangeInclusive<i16> = 1678..=2261;

/// One rule, ready to judge.
pub struct Policy {
    /// What it says of itself, and what it reads.
    pub rule: Arc<Rule>,
    /// Whether its verdict may differ between tiers: it reads a parameter or the tier's name.
    pub reads_tier: bool,
    /// The maps that it reads as a whole, but only looks into at keys that are known beforehand: nothing else in them matters.
    pub lookups: Vec<Lookup>,
    compiled: Compiled,
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Policy").field(&self.rule.id).finish()
    }
}

impl Policy {
    /// An evaluator of this rule, for one thread; `data` holds what it sees as `data` in each tier.
    pub fn judge<'a>(&'a self, data: &'a [Data]) -> Judge<'a> {
        Judge(Evaluator::new(&self.compiled, data))
    }

    /// What it does with these facts, statement by statement.
    ///
    /// # Errors
    ///
    /// Why it could not be asked.
    pub fn trace<'f>(
        &self,
        asked: Reached,
        data: &Data,
        facts: impl IntoIterator<Item = (&'f FactPath, Option<&'f Value>)>,
    ) -> Result<Trace, String> {
        trace::trace(self, asked, data, facts)
    }

    /// The text of its file.
    pub fn text(&self) -> &str {
        self.compiled.files.first().map_or("", |file| &file.text)
    }
}

/// Evaluates one rule, for one thread.
pub struct Judge<'a>(Evaluator<'a>);

impl Judge<'_> {
    /// What the rule says of a resource of a tier with these facts, or the error that it raised. A fact without a value is not
    /// in `input`.
    pub fn judge<'f>(
        &mut self,
        tier: usize,
        facts: impl IntoIterator<Item = (&'f FactPath, Option<&'f Value>)>,
    ) -> Result<Judgement, String> {
        self.0.judge(tier, &value::input(facts))
    }

    /// Why the rule has no meaning for a resource of a tier; empty when it has one, or when it never says. Only the facts of
    /// [`Rule::applicability`] matter.
    pub fn applicability<'f>(
        &mut self,
        tier: usize,
        facts: impl IntoIterator<Item = (&'f FactPath, Option<&'f Value>)>,
    ) -> Result<Vec<Arc<str>>, String> {
        self.0.applicability(tier, &value::input(facts))
    }

    /// What is violated by a resource of a tier to which the rule applies.
    pub fn violations<'f>(
        &mut self,
        tier: usize,
        facts: impl IntoIterator<Item = (&'f FactPath, Option<&'f Value>)>,
    ) -> Result<Vec<Arc<str>>, String> {
        self.0.violations(tier, &value::input(facts))
    }
}

/// Rules that were loaded and are sound together.
#[derive(Debug, Default)]
pub struct Policies {
    // INVARIANT: sorted by id.
    policies: Vec<Policy>,
}

impl Policies {
    fn new(policies: Vec<Policy>) -> Self {
        Self { policies }
    }

    /// Every rule, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter()
    }

    /// The rule of an id, an alias or a name.
    pub fn find(&self, name: &str) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.rule.is_called(name))
    }

    /// The rule of an id, and no other.
    #[must_use]
    pub fn only(mut self, id: &str) -> Self {
        self.policies.retain(|policy| *policy.rule.id == *id);
        self
    }

    /// The names of all rules that are near a name that none has.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let names = self.policies.iter().flat_map(|policy| [policy.rule.name.as_ref(), policy.rule.id.as_ref()]);
        crate::nearest::nearest(name, names)
    }

    /// SHA-256 over the files of the rules that are used, libraries included; lower-case hexadecimal.
    pub fn sha256(&self, used: impl Fn(&Rule) -> bool) -> String {
        let files: BTreeMap<&str, &str> = self
            .policies
            .iter()
            .filter(|policy| used(&policy.rule))
            .flat_map(|policy| &policy.compiled.files)
            .map(|file| (file.path.as_ref(), file.text.as_ref()))
            .collect();
        digest(files.into_iter().flat_map(|(path, text)| [path, text]))
    }
}

/// What a rule sees of these facts as `input`, as JSON.
#[cfg(test)]
pub(crate) fn input_json<'f>(facts: impl IntoIterator<Item = (&'f FactPath, Option<&'f Value>)>) -> serde_json::Value {
    serde_json::to_value(value::input(facts)).unwrap_or_default()
}

/// SHA-256 of texts and of where each ends; lower-case hexadecimal.
fn digest<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Loads rules: parses, checks and compiles every file that is not a test.
pub fn load(files: &[PolicyFile]) -> Result<Policies, Vec<Diagnostic>> {
    let examined = examine::examine(files);
    if examined.problems.is_empty() { Ok(examined.policies) } else { Err(examined.problems) }
}

/// Loads rules that may be those in the binary: what was found out of these before holds of files that are the same byte for
/// byte, and of no others.
///
/// # Errors
///
/// Everything that is wrong with them.
pub fn load_known(files: &[PolicyFile]) -> Result<Policies, Vec<Diagnostic>> {
    index::read(files).map_or_else(|| load(files), Ok)
}

/// Loads the rules in the binary. What [`load`] says of them was found out when they were written; a test holds it fresh.
pub fn load_embedded() -> Result<Policies, Vec<Diagnostic>> {
    let files = files::embedded_rules();
    load_known(&files)
}

/// Checks rules as [`load`] does, and that each has tests. Sorted by file and place.
pub fn check(files: &[PolicyFile]) -> Vec<Diagnostic> {
    let mut problems = examine::examine(files).problems;
    problems.extend(untested::check(files));
    problems.sort_by_cached_key(examine::sort_key);
    problems
}

#[cfg(test)]
mod tests;
