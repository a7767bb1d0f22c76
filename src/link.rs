//! Joins a database to what it refers to: cluster, parameter groups, option group, security groups, subnets, key, secret.

use crate::facts::Mapped;
use crate::model::Resource;

/// The judged resources of one document, joined; sorted by id.
pub fn link(mapped: Vec<Mapped>) -> Vec<Resource> {
    let mut resources: Vec<Resource> = mapped.into_iter().filter_map(|mapped| mapped.resource).collect();
    resources.sort_by(|left, right| left.id.cmp(&right.id));
    resources
}
