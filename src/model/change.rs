//! What a plan means to do to a resource.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use super::kind::word_enum;

word_enum! {
    /// What a plan does to a resource; the words are those that policies read as `input.planned_action`.
    ChangeAction, "planned action" {
        /// The resource is made.
        Create = "create",
        /// The resource is changed in place.
        Update = "update",
        /// The resource is destroyed.
        Delete = "delete",
        /// The resource is destroyed, then made again.
        DeleteThenCreate = "delete-then-create",
        /// The resource is made again, then the old one is destroyed.
        CreateThenDelete = "create-then-delete",
        /// Terraform forgets the resource and leaves it running, then makes a new one (`destroy = false` in its lifecycle).
        ForgetThenCreate = "forget-then-create",
        /// A new one is made, then Terraform forgets the old one and leaves it running.
        CreateThenForget = "create-then-forget",
        /// A data source is read.
        Read = "read",
        /// Nothing happens.
        NoOp = "no-op",
        /// Terraform forgets the resource and leaves it running (a `removed` block).
        Forget = "forget",
    }
}

impl ChangeAction {
    /// Whether the plan makes a new one in the resource's place, in either order.
    pub fn is_replace(self) -> bool {
        matches!(self, Self::DeleteThenCreate | Self::CreateThenDelete) || (self.forgets() && self != Self::Forget)
    }

    /// Whether the plan leaves what there is running, and Terraform forgets it.
    pub fn forgets(self) -> bool {
        matches!(self, Self::Forget | Self::ForgetThenCreate | Self::CreateThenForget)
    }
}

/// What a plan means to do to a resource, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happens.
    pub action: ChangeAction,
    /// Whether the resource is taken over from outside in the same plan (an `import` block).
    pub importing: bool,
    /// Terraform's own word for why it deletes or replaces, such as `replace_because_cannot_update`.
    pub reason: Option<Arc<str>>,
    /// The attributes that force a replacement, as dotted paths: `kms_key_id`, `restore_to_point_in_time.0.use_latest`.
    pub replace_attributes: Vec<Arc<str>>,
    /// Top-level attributes whose value differs between before and after, as far as the latter is known; sorted.
    pub changed_attributes: Vec<Arc<str>>,
    /// The address before a `moved` block.
    pub previous_address: Option<Arc<str>>,
    /// The key of a deposed object: what a failed replacement left behind.
    pub deposed: Option<Arc<str>>,
}
