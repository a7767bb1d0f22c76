//! Inventory files: what was collected or imported, on disk; versioned, sealed, and read as a stream.
//!
//! An inventory file is JSON Lines, compressed with zstd when its name ends in `.zst`:
//!
//! ```text
//! {"inventory":{"version":1,"tool":"dbkeel 0.1.0","provider":"aws","source":"aws","started_at":"…","request":{…}}}
//! {"scope":{"account":"111122223333","region":"eu-west-1","collected_at":"…"}}
//! {"call":"rds:DescribeDBInstances","requests":2,"items":117,"status":{"is":"complete"}}
//! {"item":"rds:DescribeDBInstances","value":{…}}
//! {"end":{"items":117,"sha256":"…"}}
//! {"manifest":{"scopes":[…],"missing":[],"items":117,"requests":2,"finished_at":"…"}}
//! {"seal":{"sha256":"…"}}
//! ```
//!
//! It holds the API's own objects, without their secrets, not facts: an old inventory gains what a newer dbkeel understands.
//! The calls of a scope stand before its items, because how a call ended decides what an absent object means. Every
//! digest is that of all bytes before its line, so one pass over the file verifies all of them and names the scope in which
//! a file was changed.
//!
//! [`Journal`] writes it scope by scope and survives being killed; [`read`] hands out its items in batches. A file that is not
//! sealed, or was changed, is refused: what it lacks would pass for what does not exist.

mod gaps;
mod journal;
mod journal_error;
mod line;
mod merge;
mod read;
mod scan;
mod seal;
mod stages;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

pub use gaps::gaps_of;
pub use journal::Journal;
pub use journal_error::JournalError;
#[cfg(test)]
pub(crate) use line::item as raw_item;
pub(crate) use line::value as parsed;
pub use merge::{Absent, MergeError, Shards};
pub(crate) use read::{Taker, read_into};
pub use read::{header, is_inventory, read};
pub use seal::{Sealed, write};

use super::aws::collect::Shard;
use super::aws::{CallOutcome, ScopeReplies};
use crate::model::{Gap, Provider, Scope, SourceInfo};

/// The version of the format that this program writes, and the only one it reads.
pub const VERSION: u64 = 1;

/// How an inventory came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The provider's API was asked.
    Aws,
    /// Replies that somebody had on disk.
    Import,
}

/// The first line: what was asked, when, by what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version of the format.
    pub version: u64,
    /// What wrote it: `dbkeel 0.1.0`.
    pub tool: Arc<str>,
    /// Who runs what it holds.
    pub provider: Provider,
    /// How it came to be.
    pub source: Origin,
    /// When it was begun; RFC 3339, UTC.
    pub started_at: Arc<str>,
    /// What was asked for. A collection goes on only with the same request.
    pub request: Map<String, Json>,
}

impl Header {
    /// The header of an inventory of AWS that this program begins now.
    pub fn new(source: Origin, started_at: impl Into<Arc<str>>, request: Map<String, Json>) -> Self {
        Self {
            version: VERSION,
            tool: concat!("dbkeel ", env!("CARGO_PKG_VERSION")).into(),
            provider: Provider::Aws,
            source,
            started_at: started_at.into(),
            request,
        }
    }
}

/// What a request says of its share of the accounts.
const SHARD: &str = "shard";

impl Header {
    /// The shard whose share it is; `None` for a whole collection.
    pub fn shard(&self) -> Option<Shard> {
        Shard::deserialize(self.request.get(SHARD)?).ok()
    }
}

/// A scope that was to be collected and was not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// The account.
    pub account: Option<Arc<str>>,
    /// The region; `None` when the account as a whole could not be entered.
    pub region: Option<Arc<str>>,
    /// Why, and what to do about it.
    pub why: Arc<str>,
}

/// What is known only at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// When the last scope was finished; RFC 3339, UTC.
    pub finished_at: Arc<str>,
    /// The scopes that were to be collected and were not.
    pub missing: Vec<Missing>,
}

/// A scope without its items.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeHead {
    /// The account and the region.
    pub scope: Scope,
    /// When its collection began; RFC 3339, UTC.
    pub collected_at: Arc<str>,
    /// Every call that was to be made.
    pub calls: Vec<CallOutcome>,
}

impl ScopeHead {
    /// The head of what a scope yielded.
    pub fn of(replies: &ScopeReplies) -> Self {
        Self {
            scope: replies.scope.clone(),
            collected_at: Arc::clone(&replies.collected_at),
            calls: replies.calls.clone(),
        }
    }
}

/// What an inventory file says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct InventoryInfo {
    /// Its first line.
    pub header: Header,
    /// When its last scope was finished; RFC 3339, UTC.
    pub finished_at: Arc<str>,
    /// The file.
    pub source: SourceInfo,
    /// The accounts and regions that it holds, sorted.
    pub scopes: Vec<Scope>,
    /// All items.
    pub items: u64,
    /// All requests that were sent.
    pub requests: u64,
    /// Calls that did not give everything, and scopes that are missing.
    pub gaps: Vec<Gap>,
    /// The scopes that were to be collected and were not.
    pub missing: Vec<Missing>,
    /// What an import does not hold, for people.
    pub notes: Vec<String>,
}
