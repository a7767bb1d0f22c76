//! One call of the API, whoever answers it: AWS, or a fake in a test.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value as Json;

use super::{CallStatus, Operation};

/// What a page is asked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) operation: &'static Operation,
    /// The region that is asked.
    pub(super) region: Arc<str>,
    /// What the call is about.
    pub(super) of: Option<Arc<str>>,
    /// The page, as the one before named it.
    pub(super) page: Option<Arc<str>>,
}

/// What one page, all of its attempts together, led to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    /// The reply in the AWS CLI's JSON, or why there is none; never [`CallStatus::Complete`].
    pub(super) result: Result<Json, CallStatus>,
    /// The requests that were sent.
    pub(super) requests: u32,
}

/// A future that borrows what it works on.
pub(super) type Eventually<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The API as one account's credentials reach it.
pub(super) trait AwsApi: Send + Sync {
    /// Asks for one page, as often as it takes.
    fn call<'a>(&'a self, asked: &'a Asked) -> Eventually<'a, Answer>;
}

/// Where the APIs of accounts come from.
pub(super) trait Accounts: Send + Sync {
    /// The region in which to ask about accounts.
    fn home(&self) -> Arc<str>;
    /// The requests sent so far, to whichever account.
    fn requests(&self) -> u64;
    /// With the credentials that the user gave.
    fn own(&self) -> Arc<dyn AwsApi>;
    /// With a role assumed by them.
    fn with_role<'a>(
        &'a self,
        role: &'a str,
        external_id: Option<&'a str>,
    ) -> Eventually<'a, Result<Arc<dyn AwsApi>, CallStatus>>;
}
