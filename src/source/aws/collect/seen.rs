//! What a scope has answered so far.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::pages::Listed;
use crate::source::aws::{CallStatus, Operation};

/// A call that was made, or that needed no making.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) operation: &'static Operation,
    pub(super) of: Option<Arc<str>>,
    pub(super) listed: Listed,
}

/// The answers of a scope.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) region: Option<Arc<str>>,
    pub(super) calls: Vec<Made>,
}

impl Seen {
    fn made<'s>(&'s self, service: &'s str, action: &'s str) -> impl Iterator<Item = &'s Made> {
        self.calls.iter().filter(move |made| made.operation.service == service && made.operation.action == action)
    }

    /// The objects that a call gave.
    pub(super) fn values_of<'s>(&'s self, service: &'s str, action: &'s str) -> impl Iterator<Item = &'s Json> {
        self.made(service, action).flat_map(|made| &made.listed.values)
    }

    /// The objects that a call, named `service:Action`, gave.
    pub(super) fn values<'s>(&'s self, call: &'s str) -> impl Iterator<Item = &'s Json> {
        let (service, action) = call.split_once(':').unwrap_or_default();
        self.values_of(service, action)
    }

    /// The distinct texts of a member of the objects that a call gave.
    pub(super) fn texts(&self, call: &str, member: &str) -> BTreeSet<Arc<str>> {
        self.values(call).filter_map(|value| text(value, member)).map(Arc::from).collect()
    }

    /// Whether a call gave all that there is to collect: where a service is not offered, or left out, that is nothing.
    pub(super) fn is_whole(&self, call: &str) -> bool {
        let (service, action) = call.split_once(':').unwrap_or_default();
        self.made(service, action).all(|made| {
            matches!(made.listed.status, CallStatus::Complete | CallStatus::NotSupported(_) | CallStatus::NotAsked)
        })
    }

    /// Whether all of some calls did.
    pub(super) fn has_whole(&self, calls: &[&str]) -> bool {
        calls.iter().all(|call| self.is_whole(call))
    }

    /// Whether there is, or for want of an answer may be, something that one of these calls lists.
    pub(super) fn may_have(&self, calls: &[&str]) -> bool {
        !self.has_whole(calls) || calls.iter().any(|call| self.values(call).next().is_some())
    }
}

/// A member that is text.
pub(super) fn text<'v>(value: &'v Json, member: &str) -> Option<&'v str> {
    value.get(member).and_then(Json::as_str).filter(|text| !text.is_empty())
}

/// The items of a member that is a list.
pub(super) fn list<'v>(value: &'v Json, member: &str) -> impl Iterator<Item = &'v Json> {
    value.get(member).and_then(Json::as_array).into_iter().flatten()
}
