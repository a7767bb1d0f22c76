//! What the tables of a scope make it necessary to ask.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::seen::{Seen, text};

/// The call that lists them.
pub(super) const NAMES: &str = "dynamodb:ListTables";

/// Their names.
pub(super) fn names(seen: &Seen) -> BTreeSet<Arc<str>> {
    seen.values(NAMES).filter_map(Json::as_str).map(Arc::from).collect()
}

/// Their ARNs.
pub(super) fn arns(seen: &Seen) -> BTreeSet<Arc<str>> {
    of(seen, "TableArn").map(Arc::from).collect()
}

/// A text of each table.
pub(super) fn of<'s>(seen: &'s Seen, member: &'static str) -> impl Iterator<Item = &'s str> {
    described(seen).filter_map(move |table| text(table, member))
}

/// The keys that encrypt them.
pub(super) fn keys(seen: &Seen) -> impl Iterator<Item = &str> {
    described(seen).filter_map(|table| text(table.get("SSEDescription")?, "KMSMasterKeyArn"))
}

fn described(seen: &Seen) -> impl Iterator<Item = &Json> {
    seen.values("dynamodb:DescribeTable").filter_map(|reply| reply.get("Table"))
}
