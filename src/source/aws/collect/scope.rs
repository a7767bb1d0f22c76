//! One account and region, from the first call to its replies.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use futures_util::StreamExt;
use futures_util::stream;
use tokio::sync::Semaphore;

use super::keep::Used;
use super::needs::{Needed, STAGES, calls, needed};
use super::now;
use super::pages::{self, Listed};
use super::seen::{Made, Seen};
use crate::model::Scope;
use crate::source::aws::api::{Asked, AwsApi};
use crate::source::aws::family;
use crate::source::aws::operations::{OPERATIONS, Operation, Per};
use crate::source::aws::{CallOutcome, CallStatus, Family, Item, ScopeReplies, redact};

/// Why no more calls are made, once credentials have ended.
pub(super) type Ended = Arc<OnceLock<CallStatus>>;

/// Everything that the calls of one scope need.
pub(super) struct ScopeRun {
    pub(super) api: Arc<dyn AwsApi>,
    pub(super) account: Arc<str>,
    pub(super) region: Arc<str>,
    /// Whose databases are collected.
    pub(super) services: BTreeSet<Family>,
    pub(super) calls_per_service: usize,
    /// Whether each call is made about one thing at most.
    pub(super) trial: bool,
    /// Of the whole account: its credentials are one.
    pub(super) account_ended: Ended,
}

/// Calls of one scope that are under way at the same time, whatever their service.
const AT_ONCE: usize = 8;

impl ScopeRun {
    /// Makes every call that is needed. A call that fails takes nothing with it but what it would have named.
    pub(super) async fn run(self) -> ScopeReplies {
        let collected_at = now();
        let mut seen = Seen { region: Some(Arc::clone(&self.region)), calls: Vec::new() };
        let region_ended = Ended::default();
        let gates = Gates::new(self.calls_per_service);
        for stage in STAGES {
            let wanted: Vec<Wanted> = calls(stage).flat_map(|operation| self.wanted(operation, &seen)).collect();
            let made = stream::iter(wanted).map(|wanted| self.make(wanted, &gates, &region_ended));
            let made: Vec<Made> = made.buffered(AT_ONCE).collect().await;
            seen.calls.extend(made);
        }
        replies(scope_of(&self.account, &self.region), collected_at, seen)
    }

    fn wanted(&self, operation: &'static Operation, seen: &Seen) -> Vec<Wanted> {
        let one = |of, need| Wanted { operation, of, need };
        if !family::is_of(&self.services, operation) {
            return vec![one(None, Need::LeftOut)];
        }
        match needed(operation, seen) {
            Needed::Once => vec![one(None, Need::Made)],
            Needed::Nothing => vec![one(None, Need::None)],
            Needed::Unasked => vec![one(None, Need::LeftOut)],
            Needed::Each(things) if self.trial => {
                things.into_iter().take(1).map(|thing| one(Some(thing), Need::Made)).collect()
            }
            Needed::Each(things) => things.into_iter().map(|thing| one(Some(thing), Need::Made)).collect(),
        }
    }

    async fn make(&self, wanted: Wanted, gates: &Gates, region_ended: &Ended) -> Made {
        let Wanted { operation, of, need } = wanted;
        let _open = gates.enter(operation.service).await;
        let ended = self.account_ended.get().or_else(|| region_ended.get());
        let listed = match ended {
            _ if need == Need::None => unsent(CallStatus::Complete),
            _ if need == Need::LeftOut => unsent(CallStatus::NotAsked),
            Some(status) => unsent(status.clone()),
            None => {
                let asked = Asked { operation, region: Arc::clone(&self.region), of: of.clone(), page: None };
                pages::call(self.api.as_ref(), asked).await
            }
        };
        if let CallStatus::Credentials(why) = &listed.status {
            let ended = if is_of_the_account(why) { &self.account_ended } else { region_ended };
            // Another call may have found it out first.
            let _ = ended.set(listed.status.clone());
        }
        Made { operation, of, listed }
    }
}

/// Whether credentials are at an end for the account, or refused by one region: a session token is not valid in a region
/// that the account has not enabled, and whose service says so with the same codes as for a wrong key.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html>
fn is_of_the_account(why: &str) -> bool {
    // What the provider of credentials itself says is a sentence; a service's code is one word.
    why.contains("Expired") || why.contains(' ') || why == "TokenRefreshRequired"
}

struct Wanted {
    operation: &'static Operation,
    of: Option<Arc<str>>,
    need: Need,
}

/// Whether a call is to be made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Made,
    /// There is nothing to ask, so it has told everything.
    None,
    /// Its service is none of those that are collected, or nothing there would have use of what it tells.
    LeftOut,
}

/// A call that sends nothing.
fn unsent(status: CallStatus) -> Listed {
    Listed { values: Vec::new(), requests: 0, status }
}

/// How many calls of a service are under way at once.
struct Gates(BTreeMap<&'static str, Semaphore>);

impl Gates {
    fn new(each: usize) -> Self {
        Self(OPERATIONS.iter().map(|operation| (operation.service, Semaphore::new(each.max(1)))).collect())
    }

    async fn enter(&self, service: &str) -> Option<tokio::sync::SemaphorePermit<'_>> {
        match self.0.get(service) {
            Some(gate) => gate.acquire().await.ok(),
            None => None,
        }
    }
}

fn scope_of(account: &Arc<str>, region: &Arc<str>) -> Scope {
    Scope { account: Some(Arc::clone(account)), region: Some(Arc::clone(region)) }
}

fn replies(scope: Scope, collected_at: Arc<str>, mut seen: Seen) -> ScopeReplies {
    let used = Used::of(&seen);
    let place = |made: &Made| OPERATIONS.iter().position(|operation| *operation == *made.operation);
    seen.calls.sort_by_cached_key(|made| (place(made), made.of.clone()));
    let mut replies = ScopeReplies { scope, collected_at, items: Vec::new(), calls: Vec::new() };
    for Made { operation, of, listed } in seen.calls {
        let before = replies.items.len();
        for mut value in listed.values {
            if used.keeps(operation, &value) {
                redact(&mut value);
                replies.items.push(Item { operation, of: of.clone(), value });
            }
        }
        let items = (replies.items.len() - before) as u64;
        replies.calls.push(CallOutcome { operation, of, requests: listed.requests, items, status: listed.status });
    }
    replies
}

/// A scope of which nothing could be asked: every call that would have been made first, with the reason.
pub(super) fn unreached(
    account: &Arc<str>,
    region: Option<&Arc<str>>,
    services: &BTreeSet<Family>,
    status: &CallStatus,
) -> ScopeReplies {
    let lists = OPERATIONS.iter().filter(|operation| operation.per == Per::Region);
    let call = |operation| {
        let status = if family::is_of(services, operation) { status.clone() } else { CallStatus::NotAsked };
        CallOutcome { operation, of: None, requests: 0, items: 0, status }
    };
    ScopeReplies {
        scope: Scope { account: Some(Arc::clone(account)), region: region.cloned() },
        collected_at: now(),
        items: Vec::new(),
        calls: lists.map(call).collect(),
    }
}
