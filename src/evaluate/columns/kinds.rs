//! Which resources are of which kind.

use crate::model::{Kind, Resource};

/// A set of kinds, one bit each.
#[derive(Clone, Copy, Default)]
pub(in crate::evaluate) struct Kinds(u32);

// Every kind has its bit.
const _: () = assert!(Kind::ALL.len() <= 32);

impl Kinds {
    /// Adds one.
    pub(in crate::evaluate) fn add(&mut self, kind: Kind) {
        self.0 |= 1 << kind as u32;
    }

    /// Whether it is among them.
    pub(in crate::evaluate) fn contains(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }
}

impl<'k> FromIterator<&'k Kind> for Kinds {
    fn from_iter<I: IntoIterator<Item = &'k Kind>>(all: I) -> Self {
        let mut kinds = Self::default();
        all.into_iter().for_each(|kind| kinds.add(*kind));
        kinds
    }
}

/// The resources of each kind, by their positions.
pub(in crate::evaluate) struct Members {
    /// By resource.
    kinds: Vec<Kind>,
    /// By kind, in order.
    members: Vec<Vec<u32>>,
}

impl Members {
    pub(in crate::evaluate) fn of(resources: &[Resource]) -> Self {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); Kind::ALL.len()];
        for (position, resource) in (0u32..).zip(resources) {
            if let Some(of_kind) = members.get_mut(resource.kind as usize) {
                of_kind.push(position);
            }
        }
        Self { kinds: resources.iter().map(|resource| resource.kind).collect(), members }
    }

    /// The kind of each resource.
    pub(in crate::evaluate) fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The positions of those of a kind.
    pub(in crate::evaluate) fn of_kind(&self, kind: Kind) -> &[u32] {
        self.members.get(kind as usize).map_or(&[], Vec::as_slice)
    }
}
