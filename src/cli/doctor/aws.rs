//! What AWS says to the calls of a collection: one region of each account, each call about one thing at most.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Standing};
use crate::cli::fleet;
use crate::fleet::Fleet;
use crate::report::text::count;
use crate::source::aws::collect::{AccountChoice, Event, RegionChoice, Request};
use crate::source::aws::{self, CallStatus, OPERATIONS, Progress, ScopeReplies};

/// What prints the permissions.
const POLICY: &str =
    "`dbkeel collect aws --iam-policy` prints a policy with every permission that a collection needs, and no other";

/// The accounts of a fleet file.
pub(super) fn of_fleet(fleet: &Fleet, profile: Option<&str>) -> Vec<Check> {
    let request = fleet::request(fleet);
    tried(Request { profile: profile.map(str::to_owned).or(request.profile.clone()), ..request })
}

/// The account of the credentials that are found.
pub(super) fn own(profile: Option<&str>) -> Vec<Check> {
    tried(Request {
        profile: profile.map(str::to_owned),
        accounts: AccountChoice::Own,
        regions: RegionChoice::Enabled,
        ..Request::default()
    })
}

/// Accounts that could not be entered, or whose regions are not known.
#[derive(Default)]
struct LostAccounts(RefCell<BTreeMap<String, (&'static str, String)>>);

impl Progress for LostAccounts {
    fn tell(&self, event: &Event<'_>) {
        if let Event::AccountLost { account, call, status } = event {
            let lost = (call.action, status.words().to_owned());
            self.0.borrow_mut().insert((*account).to_owned(), lost);
        }
    }
}

fn tried(request: Request) -> Vec<Check> {
    let lost = LostAccounts::default();
    let mut answered: Vec<ScopeReplies> = Vec::new();
    let mut sink = |replies: ScopeReplies| {
        answered.push(replies);
        Ok(())
    };
    let ended = aws::collect(&Request { trial: true, ..request }, &lost, &mut sink);
    let lost = lost.0.into_inner();
    let mut checks: Vec<Check> = lost
        .iter()
        .map(|(account, (call, why))| {
            Check::new(format!("account {account}"), Standing::Missing, format!("it cannot be entered: {call}: {why}"))
                .remedy(
                    "the role has to exist there and to trust these credentials; docs/collecting.md has both policies",
                )
        })
        .collect();
    let is_lost = |replies: &ScopeReplies| replies.scope.account.as_deref().is_some_and(|id| lost.contains_key(id));
    answered.retain(|replies| !is_lost(replies));
    answered.sort_by(|a, b| a.scope.cmp(&b.scope));
    checks.extend(answered.iter().map(of_scope));
    if let Err(error) = ended {
        checks.push(
            Check::new("AWS", Standing::Missing, error.to_string())
                .remedy("`aws sts get-caller-identity` shows whether the AWS CLI finds credentials here"),
        );
    }
    checks
}

/// What one account's region answered.
fn of_scope(replies: &ScopeReplies) -> Check {
    let (account, region) = (replies.scope.account.as_deref(), replies.scope.region.as_deref());
    let what = format!("account {} in {}", account.unwrap_or("?"), region.unwrap_or("?"));
    let of = |is_wanted: &dyn Fn(&CallStatus) -> bool| -> BTreeSet<String> {
        replies.calls.iter().filter(|call| is_wanted(&call.status)).map(|call| call.operation.permission()).collect()
    };
    let denied = of(&|status| matches!(status, CallStatus::Denied(_)));
    let failed: BTreeMap<String, &str> = replies
        .calls
        .iter()
        .filter(|call| call.status.is_gap() && !matches!(call.status, CallStatus::Denied(_)))
        .map(|call| (call.operation.to_string(), call.status.words()))
        .collect();
    let made: BTreeSet<String> =
        replies.calls.iter().filter(|call| call.requests > 0).map(|call| call.operation.to_string()).collect();
    let untried = OPERATIONS.iter().filter(|operation| !made.contains(&operation.to_string())).count();
    let found = format!(
        "{} answered; {untried} others were not tried, for nothing there needs them",
        count(made.len(), "call")
    );
    if !denied.is_empty() {
        let list = denied.into_iter().collect::<Vec<_>>().join(", ");
        return Check::new(what, Standing::Missing, format!("not allowed: {list}\n{found}")).remedy(POLICY);
    }
    if !failed.is_empty() {
        let list: Vec<String> = failed.iter().map(|(call, why)| format!("{call}: {why}")).collect();
        return Check::new(what, Standing::Missing, format!("no answer: {}\n{found}", list.join(", ")));
    }
    Check::new(what, Standing::Good, found)
}
