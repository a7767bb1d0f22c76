//! Resources that say more about another one: the policy of a vault, the feature of a detector, the target of a proxy.

use rustc_hash::FxHashMap;

use crate::facts::mapped::{Feed, Role, Target};
use crate::model::Unknown;

use super::index::{Index, is_elsewhere};
use super::{Context, Telling};

/// The parts of every resource of the document.
pub(super) struct Attached {
    of: FxHashMap<usize, Vec<usize>>,
    /// Parts of which it is not known what they are of: the part, what it may be of, and why.
    stray: Vec<(usize, &'static [Target], Unknown)>,
}

/// What the parts of one resource tell.
pub(super) struct Told<T> {
    /// By part.
    pub(super) parts: Vec<(usize, T)>,
    /// Why there may be more.
    pub(super) rest: Option<Unknown>,
}

impl Attached {
    pub(super) fn new(telling: &Telling<'_>, index: &Index<'_>) -> Self {
        let mut attached = Self { of: FxHashMap::default(), stray: Vec::new() };
        for (position, part) in telling.feeds.iter().copied() {
            let Some(relation) = part.relation(Role::Whole) else { continue };
            match index.resolve_one(part, relation) {
                Ok(whole) => attached.of.entry(whole).or_default().push(position),
                Err(reason) if is_elsewhere(part, &reason) => {}
                Err(reason) => attached.stray.push((position, relation.targets, reason)),
            }
        }
        attached
    }

    /// What the parts of a resource tell of something; `read` gives nothing for parts that are about something else.
    pub(super) fn told<'t, T>(
        &self,
        context: &Context<'t>,
        whole: usize,
        read: impl Fn(&'t Feed) -> Option<T>,
    ) -> Told<T> {
        let feed = |part: usize| context.ties.get(part).and_then(|part| part.feed.as_ref()).and_then(&read);
        let parts = self.of.get(&whole).into_iter().flatten();
        let target = context.ties.get(whole).and_then(|whole| whole.target);
        let stray = self
            .stray
            .iter()
            .find(|(part, targets, _)| target.is_some_and(|target| targets.contains(&target)) && feed(*part).is_some());
        Told {
            parts: parts.filter_map(|part| Some((*part, feed(*part)?))).collect(),
            rest: stray.map(|(.., reason)| reason.clone()),
        }
    }
}
