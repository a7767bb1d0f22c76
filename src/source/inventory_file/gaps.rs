//! Calls that did not give everything, as gaps.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Header, Missing, ScopeHead};
use crate::model::{Gap, Scope};
use crate::source::aws::operations::position;
use crate::source::aws::{CallStatus, Operation};

/// Every call of a scope that did not give everything; one gap for all that ended alike.
pub fn gaps_of(head: &ScopeHead) -> Vec<Gap> {
    let mut alike: BTreeMap<&CallStatus, BTreeMap<usize, Calls<'_>>> = BTreeMap::new();
    for call in head.calls.iter().filter(|call| call.status.is_gap()) {
        let calls = alike.entry(&call.status).or_default().entry(position(call.operation));
        calls.or_insert_with(|| (call.operation, Vec::new())).1.extend(call.of.as_deref());
    }
    let place: Arc<str> = place(&head.scope).into();
    let gap = |(status, calls): (&CallStatus, BTreeMap<usize, Calls<'_>>)| {
        let calls: Vec<Calls<'_>> = calls.into_values().collect();
        Some(Gap { place: Arc::clone(&place), reason: reason(&calls, status)?.into() })
    };
    alike.into_iter().filter_map(gap).collect()
}

/// A call, and what it was asked about.
type Calls<'a> = (&'static Operation, Vec<&'a str>);

/// A scope that is missing.
pub(super) fn gap_of(missing: &Missing) -> Gap {
    let scope = Scope { account: missing.account.clone(), region: missing.region.clone() };
    let place = match (&scope.account, &scope.region) {
        (None, None) => "accounts of the organization".to_owned(),
        _ => place(&scope),
    };
    Gap { place: place.into(), reason: format!("nothing was collected: {}", missing.why).into() }
}

/// A shard alone: the accounts of the others are not in it, and nothing else says so.
pub(super) fn of_shard(path: &str, header: &Header) -> Option<Gap> {
    let shard = header.shard().filter(|shard| shard.of() > 1)?;
    let reason = format!(
        "it holds the share of shard {shard} and no other account; join all {} shards with `dbkeel merge`",
        shard.of()
    );
    Some(Gap { place: path.into(), reason: reason.into() })
}

/// A scope as people write it: `111122223333/eu-west-1`.
pub(super) fn place(scope: &Scope) -> String {
    match (&scope.account, &scope.region) {
        (Some(account), Some(region)) => format!("{account}/{region}"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => "the account and region of the import".to_owned(),
    }
}

fn reason(calls: &[Calls<'_>], status: &CallStatus) -> Option<String> {
    let what = match status {
        // What is wrong is not with the calls.
        CallStatus::Credentials(_) | CallStatus::OverBudget => first_of(calls),
        _ => named(calls),
    };
    let (was, is, gave) = if calls.len() == 1 { ("was", "is", "gave") } else { ("were", "are", "all gave") };
    Some(match status {
        CallStatus::Complete
        | CallStatus::NotSupported(_)
        | CallStatus::Gone(_)
        | CallStatus::Recorded(_)
        | CallStatus::NotAsked
        | CallStatus::NotImported => return None,
        CallStatus::Denied(code) => format!("{what} {was} denied ({code}); {}", grant(calls)),
        CallStatus::Throttled => {
            format!("{what} {was} throttled until the attempts were used up; collect again with less concurrency")
        }
        CallStatus::Credentials(code) => {
            format!("{what} {was} refused with the credentials ({code}); renew them and collect again")
        }
        CallStatus::Malformed(why) => format!("{what} {gave} no well-formed reply ({why}); collect again"),
        CallStatus::Failed(why) => format!("{what} failed ({why}); collect again"),
        CallStatus::OverBudget => {
            format!("{what} {was} not made: the budget of calls was used up; raise `--max-calls`")
        }
        CallStatus::Incomplete(why) => format!("{what} {is} only a part of a list ({why}); import every page of it"),
    })
}

fn named(calls: &[Calls<'_>]) -> String {
    let one = |(operation, of): &Calls<'_>| format!("{operation}{}", about(of));
    let (last, others) = match calls.split_last() {
        None => return String::new(),
        Some((last, [])) => return one(last),
        Some((last, others)) => (one(last), others.iter().map(one).collect::<Vec<_>>()),
    };
    format!("{} and {last}", others.join(", "))
}

fn first_of(calls: &[Calls<'_>]) -> String {
    match calls {
        [first, _, _, rest @ ..] => format!("{} and {} more calls", named(std::slice::from_ref(first)), rest.len() + 2),
        few => named(few),
    }
}

fn grant(calls: &[Calls<'_>]) -> String {
    match calls {
        [(operation, _)] => format!("grant the IAM permission {}", operation.permission()),
        _ => "grant these IAM permissions; `dbkeel collect aws --iam-policy` prints them all".to_owned(),
    }
}

/// What a call was asked about: the first of it by name, the rest by number.
fn about(of: &[&str]) -> String {
    let mut named = of.to_vec();
    named.sort_unstable();
    match named.as_slice() {
        [] => String::new(),
        [one] => format!(" of `{one}`"),
        [first, rest @ ..] => format!(" of `{first}` and {} more", rest.len()),
    }
}
