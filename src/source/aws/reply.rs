//! What the calls of one account and region yielded.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::operations::Operation;
use crate::model::Scope;

/// The member of an object by which it says that another service recorded it, such as `AWS Config`: what it lacks is not
/// known then, whatever the absence would mean in a reply.
pub const RECORDER: &str = "@recorder";

/// One object of a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The call that gave it.
    pub operation: &'static Operation,
    /// What the call was asked about, for a call that is asked of one thing: a parameter group's name, a snapshot's
    /// identifier, a key's ARN.
    pub of: Option<Arc<str>>,
    /// The object as the AWS CLI prints it, without its secrets.
    pub value: Json,
}

/// How one call ended, all of its pages and attempts together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallOutcome {
    /// The call.
    pub operation: &'static Operation,
    /// What it was asked about; `None` for a call that lists everything.
    pub of: Option<Arc<str>>,
    /// The requests sent, attempts and pages counted.
    pub requests: u32,
    /// The objects that it gave.
    pub items: u64,
    /// How it ended.
    pub status: CallStatus,
}

/// How a call ended. The facts that a call would have given are unknown unless it is [`CallStatus::Complete`];
/// [`CallStatus::is_gap`] tells which are gaps too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "why")]
pub enum CallStatus {
    /// Every page arrived and was understood.
    Complete,
    /// The account may not make this call; the service's error code.
    Denied(Arc<str>),
    /// The service asked to slow down until the attempts were used up.
    Throttled,
    /// The credentials ended or were refused.
    Credentials(Arc<str>),
    /// Region or service does not offer it.
    NotSupported(Arc<str>),
    /// What the call was about was deleted after another call had named it; the service's error code.
    Gone(Arc<str>),
    /// What came back was not a whole, well-formed reply; what was wrong, without any of its text.
    Malformed(Arc<str>),
    /// No reply in time, no connection, or an error of the service; which.
    Failed(Arc<str>),
    /// Not made, because the budget of calls was used up.
    OverBudget,
    /// Only a part was imported: a page of a longer list; what shows it.
    Incomplete(Arc<str>),
    /// Told by another service, which records only some members of each object; which. An absent member means nothing, and
    /// the list may lack what that service does not record. No gap: that is all there was to import.
    Recorded(Arc<str>),
    /// The collection was limited to other services, or had no use of what it tells. No gap: nothing was asked of it.
    NotAsked,
    /// The import holds no reply of this call. No gap: it tells nothing, and nothing was asked of it.
    NotImported,
}

impl CallStatus {
    /// What happened, for people: `AccessDenied`, `throttled`.
    pub fn words(&self) -> &str {
        match self {
            Self::Complete => "complete",
            Self::Throttled => "throttled until the attempts were used up",
            Self::OverBudget => "the budget of calls was used up",
            Self::NotAsked => "nobody asked for it",
            Self::NotImported => "the import holds no reply",
            Self::Denied(why)
            | Self::Credentials(why)
            | Self::NotSupported(why)
            | Self::Gone(why)
            | Self::Malformed(why)
            | Self::Failed(why)
            | Self::Incomplete(why)
            | Self::Recorded(why) => why,
        }
    }

    /// Whether something is there that could not be read. What a region does not offer, what was deleted meanwhile, what
    /// nobody asked for and what an import never held leave nothing out that was asked for.
    pub fn is_gap(&self) -> bool {
        !self.is_complete()
            && !matches!(
                self,
                Self::NotSupported(_) | Self::Gone(_) | Self::Recorded(_) | Self::NotAsked | Self::NotImported
            )
    }

    /// Whether the call gave everything that there is.
    pub fn is_complete(&self) -> bool {
        *self == Self::Complete
    }
}

/// Everything that the calls of one account and region yielded.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeReplies {
    /// The account and the region.
    pub scope: Scope,
    /// When its collection began; RFC 3339, UTC.
    pub collected_at: Arc<str>,
    /// The objects. INVARIANT: in the order of [`super::OPERATIONS`], then of `of`, then as the service gave them; so what
    /// tells about databases stands before the databases.
    pub items: Vec<Item>,
    /// Every call that was to be made. INVARIANT: in the same order.
    pub calls: Vec<CallOutcome>,
}
