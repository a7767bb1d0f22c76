//! How many members a cluster has, and whether they stand in more than one zone.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::facts::catalogue::{ENGINE_VERSION, MEMBER_COUNT, MEMBER_DIFFERENCES, MULTI_AZ};
use crate::facts::mapped::{Feed, Role, Ties};
use crate::model::{FactState, Text, Unknown, Value};

use super::index::{Index, Resolution, is_elsewhere, not_here};
use super::services::OF_MEMBERS;
use super::{Context, Joined, Telling};

/// The members of every cluster of the document.
pub(super) struct Members {
    of: FxHashMap<usize, Declared>,
    /// Why members may belong to any cluster.
    doubt: Option<Unknown>,
}

#[derive(Default)]
struct Declared {
    staying: Vec<usize>,
    /// Those that are there before the plan is applied, leaving or not.
    former: Vec<usize>,
    doubt: Option<Unknown>,
}

impl Members {
    pub(super) fn new<'a>(telling: &Telling<'a>, index: &Index<'a>) -> Self {
        let resolve = |(position, member): &(usize, &'a Ties)| {
            let relation = member.relation(Role::Cluster)?;
            Some((*position, *member, index.resolve(member, relation)))
        };
        let resolved: Vec<(usize, &Ties, Resolution)> = telling.members.par_iter().filter_map(resolve).collect();
        let mut members = Self { of: FxHashMap::default(), doubt: None };
        for (position, member, resolution) in resolved {
            members.add(position, member, resolution, index);
        }
        members
    }

    fn add(&mut self, position: usize, member: &Ties, resolution: Resolution, index: &Index<'_>) {
        match (resolution.found.as_slice(), resolution.candidates.as_slice()) {
            ([cluster], []) => {
                let declared = self.of.entry(*cluster).or_default();
                declared.staying.extend(member.stays.then_some(position));
                declared.former.extend(member.was.is_some().then_some(position));
            }
            ([], []) => match resolution.rest {
                // A cluster that is known not to be in this document is none of those that are.
                Some(reason) if !is_elsewhere(member, &reason) => self.doubt = Some(reason),
                _ => {}
            },
            (found, candidates) => {
                for cluster in found.iter().chain(candidates) {
                    self.of.entry(*cluster).or_default().doubt = Some(index.ambiguous(&[position]));
                }
            }
        }
    }

    pub(super) fn join(&self, context: &Context<'_>, joined: &mut Joined) {
        if context.wants(MEMBER_DIFFERENCES) {
            joined.set(context, MEMBER_DIFFERENCES, self.differences(context), None);
        }
        if !context.wants(MEMBER_COUNT) {
            return;
        }
        let (count, zones) = self.count(context, |declared| &declared.staying);
        joined.set(context, MEMBER_COUNT, count, None);
        joined.set(context, MULTI_AZ, zones, None);
        if context.of.was.is_some() {
            let (count, zones) = self.count(context, |declared| &declared.former);
            joined.set_before(context, MEMBER_COUNT, count, None);
            joined.set_before(context, MULTI_AZ, zones, None);
        }
    }

    /// The facts in which the members of a cluster differ.
    fn differences(&self, context: &Context<'_>) -> FactState {
        let declared = self.of.get(&context.position);
        let members = declared.map_or(&[][..], |declared| &declared.staying);
        let told = context.resource.facts.known(MEMBER_COUNT).and_then(Value::as_integer);
        let told = told.and_then(|count| usize::try_from(count).ok());
        if told.is_some() && !context.of.runs {
            return FactState::Missing(Text::Static("its members are made with it, and alike"));
        }
        let doubt = declared.and_then(|declared| declared.doubt.as_ref()).or(self.doubt.as_ref()).cloned();
        let are_fewer = told.map_or(members.is_empty(), |told| members.len() < told);
        let mut rest = doubt.or(are_fewer.then_some(not_here("not all of its members are told of here")));
        let mut differ = Vec::new();
        for (fact, is_open) in OF_MEMBERS.into_iter().filter(|(fact, _)| context.of.runs || *fact != ENGINE_VERSION) {
            let states =
                members.iter().filter_map(|member| context.facts_of(*member)?.get(fact)).map(|fact| &fact.state);
            let states: Vec<&FactState> = states.collect();
            let values: BTreeSet<&Value> = states.iter().filter_map(|state| state.known()).collect();
            if values.len() > 1 {
                differ.push(Value::from(fact.def().name));
            } else if let (true, Some(FactState::Unknown(reason))) =
                (is_open, states.into_iter().find(|state| matches!(state, FactState::Unknown(_))))
            {
                rest = rest.or(Some(reason.clone()));
            }
        }
        match rest {
            None => FactState::Known(Value::set(differ)),
            Some(reason) if differ.is_empty() => FactState::Unknown(reason),
            Some(reason) => FactState::Partial(Value::set(differ), reason),
        }
    }

    fn count(&self, context: &Context<'_>, of: fn(&Declared) -> &Vec<usize>) -> (FactState, FactState) {
        let declared = self.of.get(&context.position);
        if let Some(reason) = declared.and_then(|declared| declared.doubt.as_ref()).or(self.doubt.as_ref()) {
            return both(FactState::Unknown(reason.clone()));
        }
        match (declared.map(of), &context.of.feed) {
            (Some(members), _) if !members.is_empty() => counted(members.len(), spread(context.ties, members)),
            (None, Some(Feed::RecordedMembers(count))) if *count > 0 => counted(*count, *count > 1),
            _ => both(FactState::Unknown(not_here("the cluster's members may be declared elsewhere"))),
        }
    }
}

fn counted(count: usize, spread: bool) -> (FactState, FactState) {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    (FactState::Known(Value::Integer(count)), FactState::Known(Value::Bool(spread)))
}

fn both(state: FactState) -> (FactState, FactState) {
    (state.clone(), state)
}

/// AWS spreads members over zones unless each of them chooses the same one (catalogue row rds-cluster-multi-az).
fn spread(ties: &[Box<Ties>], members: &[usize]) -> bool {
    let zone = |member: &usize| match ties.get(*member).and_then(|member| member.feed.as_ref()) {
        Some(Feed::Member(zone)) => zone.as_deref(),
        _ => None,
    };
    let zones: BTreeSet<Option<&str>> = members.iter().map(zone).collect();
    members.len() > 1 && (zones.len() > 1 || zones.contains(&None))
}
