//! Puts placed replies together: by account and region, each call once, each object once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use super::Reply;
use super::place::{Placed, arn_of};
use super::tidy::tidy;
use crate::model::Scope;
use crate::source::aws::operations::position;
use crate::source::aws::{CallOutcome, CallStatus, Item, OPERATIONS, Operation, ScopeReplies};

/// One call of a scope: where it stands in the order of calls, and what it is about.
type Call = (usize, Option<Arc<str>>);

/// What the import holds of one call.
struct Gathered {
    operation: &'static Operation,
    objects: Vec<Object>,
    /// Where each of them is, by what it is known by.
    known: FxHashMap<Arc<str>, usize>,
    /// The member that says that there are more pages, if every reply has one.
    cut: Option<&'static str>,
}

struct Object {
    /// What it is known by; an object without an ARN is known by all of it.
    identity: Arc<str>,
    value: Json,
    recorder: Option<&'static str>,
}

/// By account and region.
pub(super) fn assemble(placed: Vec<Placed>, collected_at: &Arc<str>, notes: &mut Vec<String>) -> Vec<ScopeReplies> {
    let mut scopes: BTreeMap<Scope, BTreeMap<Call, Gathered>> = BTreeMap::new();
    let mut differing = BTreeSet::new();
    for Placed { reply, scopes: of_values, scope } in placed {
        let Reply { operation, of, values, cut, recorder, .. } = reply;
        let call = (position(operation), of);
        let places = if of_values.is_empty() { BTreeSet::from([scope]) } else { of_values.iter().cloned().collect() };
        for place in places {
            let new = || Gathered { operation, objects: Vec::new(), known: FxHashMap::default(), cut };
            let gathered = scopes.entry(place).or_default().entry(call.clone()).or_insert_with(new);
            gathered.cut = gathered.cut.and(cut);
        }
        for (mut value, place) in values.into_iter().zip(of_values) {
            tidy(&mut value);
            let identity = arn_of(operation, &value).unwrap_or_else(|| value.to_string().into());
            let gathered = scopes.get_mut(&place).and_then(|calls| calls.get_mut(&call));
            if let Some(differs) = gathered.and_then(|gathered| gathered.add(Object { identity, value, recorder })) {
                differing.insert(differs);
            }
        }
    }
    notes.extend(
        differing.into_iter().map(|identity| {
            format!("`{identity}` comes up more than once, and not the same: what was read last counts")
        }),
    );
    scopes.into_iter().map(|(scope, calls)| replies(scope, calls, collected_at)).collect()
}

impl Gathered {
    /// Adds an object; its name, when another of that name says something else.
    fn add(&mut self, object: Object) -> Option<Arc<str>> {
        if self.operation.list.is_none() {
            return self.join(object);
        }
        let place = *self.known.entry(Arc::clone(&object.identity)).or_insert(self.objects.len());
        let Some(old) = self.objects.get_mut(place) else {
            self.objects.push(object);
            return None;
        };
        // What the service itself said says more than what was recorded of it.
        if old.recorder.is_none() && object.recorder.is_some() {
            return None;
        }
        let differs = old.value != object.value && old.recorder == object.recorder;
        let name = Arc::clone(&object.identity);
        *old = object;
        // The states of a history are meant to differ.
        (differs && old.recorder.is_none()).then_some(name)
    }

    /// Joins the pages of a reply that is one object.
    fn join(&mut self, object: Object) -> Option<Arc<str>> {
        match self.objects.first_mut() {
            Some(first) if first.recorder.is_none() && object.recorder.is_some() => {}
            Some(first) => join(&mut first.value, object.value),
            None => self.objects.push(object),
        }
        None
    }

    fn status(&self) -> CallStatus {
        let recorder = self.objects.iter().find_map(|object| object.recorder);
        match (recorder, self.cut) {
            (Some(recorder), _) => CallStatus::Recorded(recorder.into()),
            (None, Some(token)) => CallStatus::Incomplete(format!("`{token}` is in it").into()),
            // What `--default-only` and `--engine-version` leave does not say that other versions were withdrawn.
            (None, None) if self.operation.action == "DescribeDBEngineVersions" && self.objects.len() < 2 => {
                CallStatus::Recorded("a reply with one version".into())
            }
            (None, None) => CallStatus::Complete,
        }
    }
}

/// Appends the lists of one page to those of another. Elements that are there already come up once.
fn join(whole: &mut Json, page: Json) {
    match (whole, page) {
        (Json::Object(whole), Json::Object(page)) => {
            for (name, value) in page {
                match whole.get_mut(&name) {
                    Some(old) => join(old, value),
                    None => drop(whole.insert(name, value)),
                }
            }
        }
        (Json::Array(whole), Json::Array(page)) => {
            let fresh: Vec<Json> = page.into_iter().filter(|element| !whole.contains(element)).collect();
            whole.extend(fresh);
        }
        (whole, page) => *whole = page,
    }
}

fn replies(scope: Scope, calls: BTreeMap<Call, Gathered>, collected_at: &Arc<str>) -> ScopeReplies {
    let imported: BTreeSet<usize> = calls.keys().map(|(position, _)| *position).collect();
    let (mut items, mut outcomes) = (Vec::new(), Vec::new());
    for ((_, of), gathered) in calls {
        let (operation, status, count) = (gathered.operation, gathered.status(), gathered.objects.len() as u64);
        outcomes.push(CallOutcome { operation, of: of.clone(), requests: 0, items: count, status });
        items.extend(gathered.objects.into_iter().map(|Object { value, .. }| Item {
            operation,
            of: of.clone(),
            value,
        }));
    }
    let absent = OPERATIONS.iter().enumerate().filter(|(position, _)| !imported.contains(position));
    outcomes.extend(absent.map(|(_, operation)| CallOutcome {
        operation,
        of: None,
        requests: 0,
        items: 0,
        status: CallStatus::NotImported,
    }));
    outcomes.sort_by_key(|call| position(call.operation));
    ScopeReplies { scope, collected_at: Arc::clone(collected_at), items, calls: outcomes }
}
