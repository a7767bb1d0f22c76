//! Collects accounts and regions: which there are, what each has, a few at a time.
//!
//! [`collect`] is a plain function: the tasks in it are nobody else's business. A call that fails is an outcome of its scope
//! and leaves everything else as it is; only what leaves nothing to collect is an error.

mod accounts;
mod keep;
mod needs;
mod pages;
mod plan;
mod request;
mod run;
mod scope;
mod seen;
mod shard;
mod tables;
#[cfg(test)]
mod tests;
mod warehouses;

use std::sync::Arc;

use super::live::{Access, Live};
use super::{CallStatus, Operation, ScopeReplies};
use crate::model::Scope;
pub(super) use accounts::arn_of;
pub(crate) use needs::is_watched;
pub use plan::{Plan, PlannedCall, Times, planned_calls};
pub use request::{Account, AccountChoice, Keys, Limits, Organization, RegionChoice, Request, Role};
pub use shard::Shard;

/// What a run is told while it works.
pub trait Progress {
    /// Something happened. Called from the thread that called [`collect`].
    fn tell(&self, event: &Event<'_>);
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'e> {
    /// The accounts are known; so many.
    Accounts(usize),
    /// An account's regions are known: so many scopes more.
    Scopes {
        /// The account.
        account: &'e str,
        /// How many of its regions are collected.
        scopes: usize,
    },
    /// Nothing, or not everything, of an account can be collected.
    AccountLost {
        /// The account.
        account: &'e str,
        /// The call that failed.
        call: &'static Operation,
        /// How.
        status: &'e CallStatus,
    },
    /// A scope's calls begin.
    Started(&'e Scope),
    /// A scope is complete, or as complete as it gets.
    Finished {
        /// The scope.
        scope: &'e Scope,
        /// The requests that it took.
        requests: u64,
        /// The objects that it gave.
        items: u64,
        /// How many of its calls did not end well.
        incomplete: usize,
    },
}

/// Tells nobody.
pub struct Silent;

impl Progress for Silent {
    fn tell(&self, _: &Event<'_>) {}
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The scopes that were given away, those of which nothing could be read too.
    pub scopes: usize,
    /// The requests sent.
    pub requests: u64,
    /// The calls that did not end well.
    pub incomplete: usize,
}

/// Why nothing could be collected.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// The user's own credentials do not work.
    #[error("AWS does not accept the credentials: {}", .0.words())]
    Credentials(CallStatus),
    /// The organization does not say which accounts it has.
    #[error("`{call}` failed, so the accounts are not known: {}", .status.words())]
    Accounts {
        /// The call.
        call: &'static Operation,
        /// How it ended.
        status: CallStatus,
    },
    /// No account is left after the excludes.
    #[error("no account is left to collect")]
    NoAccounts,
    /// The operating system gives no threads.
    #[error("the collector cannot start: {0}")]
    Start(std::io::Error),
    /// A task of the collector ended without a result.
    #[error("the collector broke off; this is a bug of dbkeel")]
    Broken,
    /// What was collected could not be taken.
    #[error(transparent)]
    Sink(Box<dyn std::error::Error + Send + Sync>),
}

/// Takes what a scope yielded, as soon as it is there.
pub type Sink<'s> = dyn FnMut(ScopeReplies) -> Result<(), Box<dyn std::error::Error + Send + Sync>> + 's;

/// Collects what a request names, and gives each scope away when it is finished, in the order in which they finish. An
/// error of the sink ends the run.
pub fn collect(request: &Request, progress: &dyn Progress, sink: &mut Sink<'_>) -> Result<Collected, CollectError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(CollectError::Start)?;
    let done = runtime.block_on(async {
        let live = Live::new(&access(request), &request.limits, request.max_requests).await;
        run::run(Arc::new(live), request, progress, sink).await
    });
    // A connection that hangs must not keep the process.
    runtime.shutdown_background();
    done
}

fn access(request: &Request) -> Access {
    let home_region = match &request.regions {
        RegionChoice::Listed(regions) => regions.first().map(ToString::to_string),
        RegionChoice::Enabled => None,
    };
    Access {
        profile: request.profile.clone(),
        endpoint_url: request.endpoint_url.clone(),
        keys: request.keys.clone(),
        home_region,
    }
}

/// Now, to the second.
fn now() -> Arc<str> {
    let now = jiff::Timestamp::now();
    let whole = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    Arc::from(whole.to_string())
}
