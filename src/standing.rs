//! Which failures stood before a change: `--gate delta` fails only on what a plan makes worse.
//!
//! The resources of a plan are judged twice, as they were and as they shall be. A failure stood before when the same rule failed on
//! the same resource and nothing about it got worse: it matters no more than it did, no number moved away from the parameter that
//! it is compared with, no list of which every element can be a violation gained one, there are not more violations, and a rule that
//! looks at elements one by one finds fault with no other one.
//! Whatever fails now and did not fail then is new, also when it was not known.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{FactPath, FactState, Finding, Results, Standing, Stood, Value, Verdict};

/// The failures of `after` that stood in `before`, which judged the same sources as they were. To be called once waivers are
/// applied: what is waived fails no gate.
pub fn standing(after: &Results, before: &Results) -> Standing {
    let failed: BTreeMap<_, Finding<'_>> =
        before.findings(&[Verdict::Fail]).map(|finding| (identity(&finding), finding)).collect();
    let stood = |finding: Finding<'_>| {
        let before = failed.get(&identity(&finding))?;
        Some((finding.indices(), if is_worse(&finding, before) { Stood::Worse } else { Stood::Before }))
    };
    after.findings(&[Verdict::Fail]).filter_map(stood).collect()
}

/// What is the same before and after: the rule, and the resource by the address that it has after the change.
fn identity<'a>(finding: &Finding<'a>) -> (&'a str, &'a str, u32) {
    (&finding.rule.id, &finding.resource.id, finding.resource.source)
}

fn is_worse(after: &Finding<'_>, before: &Finding<'_>) -> bool {
    if after.severity() > before.severity() {
        return true;
    }
    let messages = |finding: &Finding<'_>| finding.outcome.messages.iter().cloned().collect::<BTreeSet<_>>();
    let (now, then) = (messages(after), messages(before));
    // Whatever moved, the rule says the same of it.
    if now.is_subset(&then) {
        return false;
    }
    now.len() > then.len() || after.rule.per_element || moved_away(after, before)
}

/// Whether a fact moved to where it is worse.
fn moved_away(after: &Finding<'_>, before: &Finding<'_>) -> bool {
    let rule = after.rule;
    let value = |finding: &Finding<'_>, path: &FactPath| {
        let position = finding.rule.reads.iter().position(|read| read == path)?;
        match finding.outcome.facts.get(position)? {
            FactState::Known(value) | FactState::Partial(value, _) => Some(value.clone()),
            FactState::Unknown(_) | FactState::Missing(_) => None,
        }
    };
    let numbers = |path: &FactPath| match (value(after, path), value(before, path)) {
        (Some(Value::Integer(now)), Some(Value::Integer(then))) => Some((now, then)),
        _ => None,
    };
    let gained = |path: &FactPath| match (value(after, path), value(before, path)) {
        (Some(Value::List(now)), Some(Value::List(then))) => now.iter().any(|one| !then.contains(one)),
        (Some(Value::List(now)), None) => !now.is_empty(),
        _ => false,
    };
    rule.at_least.iter().filter_map(numbers).any(|(now, then)| now < then)
        || rule.at_most.iter().filter_map(numbers).any(|(now, then)| now > then)
        || rule.monotone.iter().any(gained)
}
