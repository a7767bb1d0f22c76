//! Amazon Web Services as it runs: replies of its API, called live, saved, or imported from the AWS CLI.
//!
//! A reply is kept as [`Item`]s: one object each, in the JSON that `aws <service> describe-… --output json` prints, with
//! secrets taken out. Whatever brings replies here, the same mapping of `crate::facts` makes facts of them.
//! [`operations`] is the one table of the calls: their order, what they need, and the permission they ask for.

mod api;
pub mod collect;
mod decode;
mod family;
mod giving;
mod iam;
mod live;
pub(crate) mod names;
mod object;
pub mod operations;
mod raw;
mod redact;
mod reply;
pub mod s3;
pub(crate) mod services;

pub(crate) use collect::is_watched;
pub use collect::{AccountChoice, Progress, Request, collect, planned_calls};
pub use decode::{Flaw, reply as decode};
pub use family::Family;
pub use giving::calls_that_give;
pub use iam::{iam_policy, iam_policy_of_caller};
pub(crate) use names::arn_of_warehouse;
pub(crate) use object::{Member, Members, Object};
pub use operations::{DISCOVERY, OPERATIONS, Operation, Per};
pub(crate) use raw::{Layout, RawItem};
pub use redact::{WITHHELD, redact};
pub use reply::{CallOutcome, CallStatus, Item, RECORDER, ScopeReplies};
