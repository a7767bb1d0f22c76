//! Calls that did not give everything, as gaps.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Missing, ScopeHead};
use crate::model::{Gap, Scope};
use crate::source::aws::operations::position;
use crate::source::aws::{CallStatus, Operation};

/// Every call of a scope that did not give everything, one gap for all that a call was asked about and that ended alike.
pub fn gaps_of(head: &ScopeHead) -> Vec<Gap> {
    let mut alike: BTreeMap<(usize, &str, &CallStatus), Alike<'_>> = BTreeMap::new();
    for call in &head.calls {
        let operation = call.operation;
        let key = (position(operation), operation.action, &call.status);
        alike.entry(key).or_insert_with(|| (operation, Vec::new())).1.push(call.of.as_deref());
    }
    let place: Arc<str> = place(&head.scope).into();
    let gaps = alike.into_iter().filter_map(|((.., status), (operation, of))| {
        Some(Gap { place: Arc::clone(&place), reason: reason(operation, &of, status)?.into() })
    });
    gaps.collect()
}

/// A call, and what it was asked about.
type Alike<'h> = (&'static Operation, Vec<Option<&'h str>>);

/// A scope that is missing.
pub(super) fn gap_of(missing: &Missing) -> Gap {
    let scope = Scope { account: missing.account.clone(), region: missing.region.clone() };
    Gap { place: place(&scope).into(), reason: format!("nothing was collected: {}", missing.why).into() }
}

/// A scope as people write it: `111122223333/eu-west-1`.
pub(super) fn place(scope: &Scope) -> String {
    match (&scope.account, &scope.region) {
        (Some(account), Some(region)) => format!("{account}/{region}"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => "the account and region of the import".to_owned(),
    }
}

fn reason(operation: &Operation, of: &[Option<&str>], status: &CallStatus) -> Option<String> {
    let what = format!("{operation}{}", about(of));
    Some(match status {
        CallStatus::Complete | CallStatus::Recorded(_) | CallStatus::NotImported => return None,
        CallStatus::Denied(code) => {
            format!("{what} was denied ({code}); grant the IAM permission {}", operation.permission())
        }
        CallStatus::Throttled => {
            format!("{what} was throttled until the attempts were used up; collect again with less concurrency")
        }
        CallStatus::Credentials(code) => {
            format!("{what} was refused with the credentials ({code}); renew them and collect again")
        }
        CallStatus::NotSupported(code) => format!("{what} is not offered there ({code})"),
        CallStatus::Malformed(why) => format!("{what} gave no well-formed reply ({why}); collect again"),
        CallStatus::Failed(why) => format!("{what} failed ({why}); collect again"),
        CallStatus::OverBudget => format!("{what} was not made: the budget of calls was used up; raise `--max-calls`"),
        CallStatus::Incomplete(why) => format!("{what} is only a part of a list ({why}); import every page of it"),
    })
}

/// What a call was asked about: the first of it by name, the rest by number.
fn about(of: &[Option<&str>]) -> String {
    let mut named: Vec<&str> = of.iter().copied().flatten().collect();
    named.sort_unstable();
    match named.as_slice() {
        [] => String::new(),
        [one] => format!(" of `{one}`"),
        [first, rest @ ..] => format!(" of `{first}` and {} more", rest.len()),
    }
}
