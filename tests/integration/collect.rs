//! The collector against a server: moto, with a proxy before it that fills gaps and breaks replies.

mod fault;
mod faults;
mod fill;
mod moto;
mod proxy;
mod whole;

use std::sync::Arc;
use std::time::Duration;

use dbkeel::source::aws::collect::{
    Account, AccountChoice, CollectError, Collected, Keys, Limits, RegionChoice, Request, Role, Silent, collect,
};
use dbkeel::source::aws::{CallOutcome, Item, ScopeReplies};

pub(crate) use moto::{Moto, another, moto};
pub(crate) use proxy::{Asked, Edit, Proxy, forward};

/// Patience for tests: three attempts with no wait to speak of.
pub(crate) fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(2),
        read: Duration::from_secs(8),
        attempt: Duration::from_secs(10),
        call: Duration::from_secs(20),
        attempts: 3,
        throttled_attempts: 4,
        first_backoff: Duration::from_millis(1),
        longest_backoff: Duration::from_millis(50),
        reply_bytes: 4 << 20,
    }
}

/// A request for the own account in some regions, through a proxy.
fn request(proxy: &Proxy, regions: &[&str]) -> Request {
    let keys = Keys { id: "AKIAIOSFODNN7EXAMPLE".to_owned(), secret: "x".repeat(40), token: None };
    Request {
        endpoint_url: Some(proxy.url.clone()),
        keys: Some(keys),
        regions: RegionChoice::Listed(regions.iter().map(|region| Arc::from(*region)).collect()),
        limits: limits(),
        ..Request::default()
    }
}

/// Both accounts.
fn both(moto: &Moto) -> AccountChoice {
    let role = Role { name: "DbkeelReadOnly".to_owned(), external_id: Some("nightly".to_owned()) };
    AccountChoice::Listed(vec![
        Account { id: Arc::from(moto.accounts[0].as_str()), role: None, regions: None },
        Account { id: Arc::from(moto.accounts[1].as_str()), role: Some(role), regions: None },
    ])
}

/// Collects; the scopes in order.
fn run(request: &Request) -> Result<(Collected, Vec<ScopeReplies>), CollectError> {
    let mut scopes = Vec::new();
    let collected = collect(request, &Silent, &mut |replies| {
        scopes.push(replies);
        Ok(())
    })?;
    scopes.sort_by(|a, b| a.scope.cmp(&b.scope));
    Ok((collected, scopes))
}

fn outcomes<'r>(replies: &'r ScopeReplies, call: &str) -> Vec<&'r CallOutcome> {
    replies.calls.iter().filter(|made| made.operation.to_string() == call).collect()
}

fn items<'r>(replies: &'r ScopeReplies, call: &str) -> Vec<&'r Item> {
    replies.items.iter().filter(|item| item.operation.to_string() == call).collect()
}

/// The calls that did not end well, as `service:Action status`.
fn lost(replies: &ScopeReplies) -> Vec<String> {
    let lost = replies.calls.iter().filter(|made| !made.status.is_complete());
    lost.map(|made| format!("{} {:?}", made.operation, made.status)).collect()
}

/// Whether a call is about what is not there even when all is well: moto names a key of its own making for encrypted databases
/// without one, the vault of the seed has no notifications, and its tables have no policies.
fn is_gone_here(call: &str) -> bool {
    let calls = ["kms:DescribeKey Gone", "backup:GetBackupVaultNotifications Gone", "dynamodb:GetResourcePolicy Gone"];
    calls.iter().any(|start| call.starts_with(start))
}

/// An object without the member that moto sets to the time of the call.
fn still(value: &serde_json::Value) -> serde_json::Value {
    let mut value = value.clone();
    if let Some(members) = value.as_object_mut() {
        members.remove("LatestRestorableTime");
    }
    value
}
