//! A part of a run: all of it, or what is of one account.
//!
//! Verdicts are many, so a run is divided in one pass, and a part refers to the outcomes of the whole.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Resource, Results, RuleVerdicts};

/// A part of a run.
pub(super) struct Part<'a> {
    /// The run.
    pub(super) results: &'a Results,
    /// Its verdicts, in the order of the run's rules; rules without one are left out.
    pub(super) verdicts: Vec<OfPart<'a>>,
    of: Of<'a>,
}

/// Which part.
enum Of<'a> {
    Whole,
    /// One account, or what is of none that is known; its resources. INVARIANT: ascending.
    Account(Option<&'a Arc<str>>, Vec<u32>),
}

/// The verdicts of one rule in a part of a run.
pub(super) struct OfPart<'a> {
    /// All verdicts of the rule, with the outcomes.
    pub(super) of_rule: &'a RuleVerdicts,
    /// Those of the part: (index of the resource, index of the outcome). INVARIANT: sorted by resource.
    pub(super) verdicts: Cow<'a, [(u32, u32)]>,
}

impl<'a> Part<'a> {
    /// All of it.
    pub(super) fn whole(results: &'a Results) -> Self {
        let of_part = |of_rule: &'a RuleVerdicts| OfPart { of_rule, verdicts: Cow::Borrowed(&of_rule.verdicts) };
        Self { results, verdicts: results.verdicts.iter().map(of_part).collect(), of: Of::Whole }
    }

    /// One part an account, by account; what is of no known account comes first.
    pub(super) fn by_account(results: &'a Results) -> Vec<Self> {
        let mut parts: BTreeMap<Option<&'a Arc<str>>, Vec<u32>> = BTreeMap::new();
        for (resource, position) in results.resources.iter().zip(0..) {
            parts.entry(resource.scope.account.as_ref()).or_default().push(position);
        }
        let mut number_of = vec![0_usize; results.resources.len()];
        for (resources, number) in parts.values().zip(0..) {
            for resource in resources {
                if let Some(slot) = number_of.get_mut(*resource as usize) {
                    *slot = number;
                }
            }
        }
        let part = |(account, resources)| Self { results, verdicts: Vec::new(), of: Of::Account(account, resources) };
        let mut parts: Vec<Self> = parts.into_iter().map(part).collect();
        for of_rule in &results.verdicts {
            divide(of_rule, &number_of, &mut parts);
        }
        parts
    }

    /// Whether it is the whole run.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.of, Of::Whole)
    }

    /// The account that it is of; `None` for the whole, and for what is of no known account.
    pub(super) fn account(&self) -> Option<&'a Arc<str>> {
        match self.of {
            Of::Whole => None,
            Of::Account(account, _) => account,
        }
    }

    /// The judged resources.
    pub(super) fn resources(&self) -> impl Iterator<Item = &'a Resource> + '_ {
        self.positions().filter_map(|position| self.results.resources.get(position as usize))
    }

    /// Their positions among the resources of the run.
    pub(super) fn positions(&self) -> Box<dyn Iterator<Item = u32> + '_> {
        match &self.of {
            Of::Whole => Box::new((0..).take(self.results.resources.len())),
            Of::Account(_, positions) => Box::new(positions.iter().copied()),
        }
    }
}

/// Adds the verdicts of a rule to the parts that their resources are in.
fn divide<'a>(of_rule: &'a RuleVerdicts, number_of: &[usize], parts: &mut [Part<'a>]) {
    for verdict in &of_rule.verdicts {
        let number = number_of.get(verdict.0 as usize);
        let Some(part) = number.and_then(|number| parts.get_mut(*number)) else { continue };
        match part.verdicts.last_mut() {
            Some(last) if std::ptr::eq(last.of_rule, of_rule) => last.verdicts.to_mut().push(*verdict),
            _ => part.verdicts.push(OfPart { of_rule, verdicts: Cow::Owned(vec![*verdict]) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::VerdictCounts;
    use crate::report::summary::Summary;
    use crate::report::testing::everything;

    #[test]
    fn the_accounts_add_up_to_the_whole() {
        let results = everything();
        let parts = Part::by_account(&results);
        assert_eq!(parts.iter().map(|part| part.resources().count()).sum::<usize>(), results.resources.len());
        let sums: Vec<VerdictCounts> = parts.iter().map(|part| Summary::of_part(part).total).collect();
        assert!(sums.len() > 1);
        let sum = |count: fn(&VerdictCounts) -> usize| sums.iter().map(count).sum::<usize>();
        let whole = Summary::of(&results).total;
        assert_eq!((sum(|one| one.fail), sum(VerdictCounts::total)), (whole.fail, whole.total()));
    }
}
