//! Finds what runs for each declared resource: by ARN, then by the id that the provider never gives again, then by account,
//! region and identifier (RDS.md section 9). What may be one of several is a gap, never a guess.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::catalogue::TAGS;
use crate::model::{Before, ChangeAction, FactState, Gap, Inventory, Kind, Resource, Scope, SourceKind, Text};

/// A declared resource, as each kind of source tells it, and what runs for it.
pub(super) struct Pair<'a> {
    /// What is meant to be: a plan, or else configuration, or else an earlier inventory.
    pub(super) intent: Option<&'a Resource>,
    /// What a state recorded.
    pub(super) recorded: Option<&'a Resource>,
    /// What runs.
    pub(super) running: Running<'a>,
}

/// What runs for a declared resource.
#[derive(Clone, Copy)]
pub(super) enum Running<'a> {
    /// This.
    Found(&'a Resource),
    /// This, under the identifier of another one that was recorded.
    Replaced(&'a Resource),
    /// Nothing of that identity.
    Nothing,
    /// One of several, and nothing tells which.
    Several,
    /// It cannot be told; why.
    Unclear(&'static str),
}

impl<'a> Pair<'a> {
    /// The resource that declares it, the one that says most first.
    pub(super) fn declared(&self) -> Option<&'a Resource> {
        self.intent.or(self.recorded)
    }

    /// What runs, be it another one than was recorded.
    pub(super) fn runs(&self) -> Option<&'a Resource> {
        match self.running {
            Running::Found(running) | Running::Replaced(running) => Some(running),
            Running::Nothing | Running::Several | Running::Unclear(_) => None,
        }
    }
}

/// Two inventories, joined.
#[derive(Default)]
pub(super) struct Joined<'a> {
    /// Every declared resource. INVARIANT: sorted by the id and source of the resource that declares it.
    pub(super) pairs: Vec<Pair<'a>>,
    /// What runs and nothing declares. INVARIANT: sorted by id.
    pub(super) alone: Vec<&'a Resource>,
    /// Everything that runs, each once. INVARIANT: sorted by id.
    pub(super) running: Vec<&'a Resource>,
    /// What could not be joined without guessing.
    pub(super) gaps: Vec<Gap>,
}

/// What resources may be mistaken for each other by name: the kind, and what has names of its own within it. A cluster's member
/// may be declared as an instance.
type Family = (Kind, &'static str);

/// How the types begin that share one API and so one space of names for each kind.
const OF_RDS: &[&str] = &["aws_db_", "aws_docdb_", "aws_neptune_", "aws_rds_"];

fn family(resource: &Resource) -> Family {
    let kind = if resource.kind == Kind::ClusterMember { Kind::Instance } else { resource.kind };
    let is_of_clusters = matches!(resource.kind, Kind::ParameterGroup | Kind::Snapshot);
    let names = match OF_RDS.iter().any(|prefix| resource.resource_type.starts_with(prefix)) {
        true if is_of_clusters && resource.resource_type.contains("_cluster_") => "of clusters",
        true => "",
        false => resource.resource_type,
    };
    (kind, names)
}

/// Joins what is declared to what runs.
pub(super) fn join<'a>(declared: &'a Inventory, running: &'a Inventory) -> Joined<'a> {
    let mut joined = Joined::default();
    let index = Index::new(running, &mut joined.gaps);
    let declared_there = declared.resources.iter().filter(|resource| is_declared(resource));
    let found: Vec<(&Resource, Running<'_>)> =
        declared_there.map(|resource| (resource, index.find(resource))).collect();
    let named = Named::new(&found);
    let mut taken: FxHashSet<&str> = FxHashSet::default();
    for (resource, _) in found.iter().filter(|(_, found)| matches!(found, Running::Several)) {
        let candidates = index.named(resource);
        joined.gaps.push(ambiguous(resource, &candidates));
        taken.extend(candidates.iter().map(|candidate| candidate.id.as_ref()));
    }
    let mut groups: BTreeMap<Key<'a>, Vec<(&'a Resource, Running<'a>)>> = BTreeMap::new();
    for (resource, found) in found {
        groups.entry(named.key(resource, found)).or_default().push((resource, found));
    }
    for (_, group) in groups {
        taken.extend(group.iter().filter_map(|(_, running)| runs(*running)).map(|running| running.id.as_ref()));
        match pair(declared, &group) {
            Ok(pair) => joined.pairs.push(pair),
            Err(gap) => joined.gaps.push(gap),
        }
    }
    joined.pairs.sort_by_key(|pair| pair.declared().map(|resource| (&resource.id, resource.source)));
    joined.alone = index.resources.iter().copied().filter(|resource| !taken.contains(resource.id.as_ref())).collect();
    joined.running = index.resources;
    joined
}

fn runs<'a>(running: Running<'a>) -> Option<&'a Resource> {
    match running {
        Running::Found(running) | Running::Replaced(running) => Some(running),
        Running::Nothing | Running::Several | Running::Unclear(_) => None,
    }
}

/// What a failed replacement left behind is to be destroyed.
fn is_declared(resource: &Resource) -> bool {
    // A state tells by the address alone.
    resource.change.as_ref().is_none_or(|change| change.deposed.is_none()) && !resource.id.contains(" (deposed ")
}

/// What tells that several sources declare the same resource.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// The same runs for them.
    Running(&'a str),
    /// They record the same ARN or id.
    Identity(&'a str),
    /// They have the same name in the same place.
    Name(Family, Option<&'a Scope>, Cow<'a, str>),
    /// Nothing: they stand for themselves.
    Itself(&'a str, u32),
}

/// What goes by a name, in lower case.
type ByName<'a, T> = FxHashMap<(Family, Cow<'a, str>), Vec<T>>;

/// Declared resources by name, for those of which nothing but the name is known: a folder, a plan that makes something.
struct Named<'a> {
    /// What is known by more than its name, with what it is known by.
    known: ByName<'a, (&'a Scope, Known<'a>)>,
    /// The places of those that are known by their names.
    places: ByName<'a, &'a Scope>,
}

/// By what a resource is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known<'a> {
    Running(&'a str),
    Identity(&'a str),
}

impl<'a> Known<'a> {
    fn of(resource: &'a Resource, found: Running<'a>) -> Option<Self> {
        let identity = &resource.identity;
        let recorded = identity.arn.as_deref().or(identity.resource_id.as_deref());
        runs(found).map(|running| Self::Running(&running.id)).or(recorded.map(Self::Identity))
    }

    fn key(self) -> Key<'a> {
        match self {
            Self::Running(id) => Key::Running(id),
            Self::Identity(id) => Key::Identity(id),
        }
    }
}

impl<'a> Named<'a> {
    fn new(found: &[(&'a Resource, Running<'a>)]) -> Self {
        let mut named = Self { known: FxHashMap::default(), places: FxHashMap::default() };
        for (resource, found) in found {
            let Some(name) = &resource.name else { continue };
            let key = (family(resource), lower(name));
            match Known::of(resource, *found) {
                Some(known) => named.known.entry(key).or_default().push((&resource.scope, known)),
                None => named.places.entry(key).or_default().push(&resource.scope),
            }
        }
        named
    }

    fn key(&self, resource: &'a Resource, found: Running<'a>) -> Key<'a> {
        match (Known::of(resource, found), &resource.name) {
            (Some(known), _) => known.key(),
            (None, Some(name)) => self.of_name(resource, name),
            (None, None) => Key::Itself(&resource.id, resource.source),
        }
    }

    /// A folder that declares what a state recorded knows no more than its name.
    fn of_name(&self, resource: &'a Resource, name: &'a str) -> Key<'a> {
        let key = (family(resource), lower(name));
        let known = self.known.get(&key).map_or(&[][..], Vec::as_slice);
        let here = known.iter().filter(|(scope, _)| may_be_same_place(scope, &resource.scope));
        let mut here: Vec<Known<'a>> = here.map(|(_, known)| *known).collect();
        here.sort_unstable();
        here.dedup();
        if let [one] = here.as_slice() {
            return one.key();
        }
        let places = self.places.get(&key).map_or(&[][..], Vec::as_slice);
        let is_one_place = places.iter().all(|one| places.iter().all(|other| may_be_same_place(one, other)));
        let (family, name) = key;
        Key::Name(family, (!is_one_place).then_some(&resource.scope), name)
    }
}

/// One of each kind of source; several of one kind would each say something else.
fn pair<'a>(inventory: &Inventory, group: &[(&'a Resource, Running<'a>)]) -> Result<Pair<'a>, Gap> {
    let of = |wanted: SourceKind| {
        let kind = move |resource: &Resource| inventory.sources.get(resource.source as usize).map(|source| source.kind);
        let mut found = group.iter().filter(move |(resource, _)| kind(resource) == Some(wanted));
        match (found.next(), found.next()) {
            (Some(one), Some(other)) => Err(twice(inventory, one.0, other.0)),
            (one, _) => Ok(one.copied()),
        }
    };
    let plan = of(SourceKind::TerraformPlan)?;
    let state = of(SourceKind::TerraformState)?;
    let configuration = of(SourceKind::TerraformConfiguration)?;
    let earlier = of(SourceKind::Inventory)?;
    let intent = plan.or(configuration).or(earlier);
    // What is recorded knows its identity best.
    let running = [state, plan, configuration, earlier].into_iter().flatten().map(|(_, running)| running).next();
    Ok(Pair {
        intent: intent.map(|(resource, _)| resource),
        recorded: state.map(|(resource, _)| resource),
        running: running.unwrap_or(Running::Nothing),
    })
}

fn twice(inventory: &Inventory, one: &Resource, other: &Resource) -> Gap {
    let file = |resource: &Resource| inventory.sources.get(resource.source as usize).map_or("", |source| &source.path);
    let reason = format!(
        "`{}` of `{}` and `{}` of `{}` declare the same {}: which of them holds cannot be told",
        one.id,
        file(one),
        other.id,
        file(other),
        one.kind
    );
    Gap { place: Arc::clone(&one.id), reason: Text::from(reason) }
}

/// Joins the resources of two environments: those that are alike in kind and carry the same value of a tag. Where several do,
/// nothing tells which of them belong together.
pub(super) fn join_environments<'a>(first: &'a Inventory, second: &'a Inventory, key: &str) -> Joined<'a> {
    let mut joined = Joined::default();
    let (of_first, of_second) = (by_tag(first, key), by_tag(second, key));
    let mut kinds: Vec<&(Kind, &'static str, &str)> = of_first.keys().chain(of_second.keys()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let of = |side: &BTreeMap<_, Vec<&'a Resource>>| side.get(kind).cloned().unwrap_or_default();
        let (one, other) = (of(&of_first), of(&of_second));
        match (one.as_slice(), other.as_slice()) {
            ([one], [other]) => {
                joined.pairs.push(Pair { intent: Some(one), recorded: None, running: Running::Found(other) });
            }
            ([one], []) => joined.pairs.push(Pair { intent: Some(one), recorded: None, running: Running::Nothing }),
            ([], [other]) => joined.alone.push(other),
            (one, other) => joined.gaps.extend(alike(kind, key, one, other)),
        }
    }
    joined.running = of_second.into_values().flatten().collect();
    joined.running.sort_by(|a, b| a.id.cmp(&b.id));
    joined.alone.sort_by(|a, b| a.id.cmp(&b.id));
    joined.pairs.sort_by_key(|pair| pair.declared().map(|resource| (&resource.id, resource.source)));
    joined
}

type ByTag<'a> = BTreeMap<(Kind, &'static str, &'a str), Vec<&'a Resource>>;

fn by_tag<'a>(inventory: &'a Inventory, key: &str) -> ByTag<'a> {
    let mut by_tag = ByTag::new();
    for resource in &inventory.resources {
        let tags = resource.facts.map(TAGS);
        let value = tags.and_then(|tags| match &tags.entries.get(key)?.state {
            FactState::Known(value) => value.as_str(),
            _ => None,
        });
        if let Some(value) = value.filter(|_| resource.kind != Kind::Snapshot) {
            by_tag.entry((resource.kind, resource.resource_type, value)).or_default().push(resource);
        }
    }
    by_tag
}

/// The members of a cluster carry its tags, and stand for one another.
fn alike(
    (kind, resource_type, value): &(Kind, &'static str, &str),
    key: &str,
    one: &[&Resource],
    other: &[&Resource],
) -> Option<Gap> {
    if *kind == Kind::ClusterMember {
        return None;
    }
    let reason = format!(
        "{} and {} of type {resource_type} carry it: nothing tells which of them belong together",
        one.len(),
        other.len()
    );
    Some(Gap { place: Arc::from(format!("tag {key} = {value}")), reason: Text::from(reason) })
}

/// What runs, by everything that tells it apart.
struct Index<'a> {
    resources: Vec<&'a Resource>,
    by_arn: FxHashMap<&'a str, &'a Resource>,
    by_id: FxHashMap<&'a str, &'a Resource>,
    by_name: ByName<'a, &'a Resource>,
    /// The ids of what two inventories tell differently.
    unclear: FxHashSet<&'a str>,
}

impl<'a> Index<'a> {
    fn new(running: &'a Inventory, gaps: &mut Vec<Gap>) -> Self {
        let mut index = Self {
            resources: Vec::with_capacity(running.resources.len()),
            by_arn: FxHashMap::default(),
            by_id: FxHashMap::default(),
            by_name: FxHashMap::default(),
            unclear: FxHashSet::default(),
        };
        let mut sorted: Vec<&Resource> = running.resources.iter().collect();
        sorted.sort_by(|a, b| (&a.id, a.source).cmp(&(&b.id, b.source)));
        for same in sorted.chunk_by(|a, b| a.id == b.id) {
            let Some((first, others)) = same.split_first() else { continue };
            if others.iter().any(|other| other.facts != first.facts || other.identity != first.identity) {
                index.unclear.insert(&first.id);
                // What declares it by name must find it, or it would be missing.
                index.add_name(first);
                gaps.push(told_twice(running, same));
                continue;
            }
            index.add(first);
        }
        index
    }

    fn add(&mut self, resource: &'a Resource) {
        self.resources.push(resource);
        if let Some(arn) = &resource.identity.arn {
            self.by_arn.insert(arn, resource);
        }
        if let Some(id) = &resource.identity.resource_id {
            self.by_id.insert(id, resource);
        }
        self.add_name(resource);
    }

    fn add_name(&mut self, resource: &'a Resource) {
        if let Some(name) = &resource.name {
            self.by_name.entry((family(resource), lower(name))).or_default().push(resource);
        }
    }

    fn find(&self, declared: &Resource) -> Running<'a> {
        let identity = &declared.identity;
        if let Some(arn) = identity.arn.as_deref() {
            if self.unclear.contains(arn) {
                return Running::Unclear(TOLD_TWICE);
            }
            if let Some(running) = self.by_arn.get(arn) {
                return of_name(declared, running);
            }
        }
        // An id is given once in a region.
        let by_id = identity.resource_id.as_deref().and_then(|id| self.by_id.get(id));
        if let Some(running) = by_id.filter(|running| may_be_same_place(&declared.scope, &running.scope)) {
            return Running::Found(running);
        }
        self.by_name(declared)
    }

    fn by_name(&self, declared: &Resource) -> Running<'a> {
        match self.named(declared).as_slice() {
            [] => Running::Nothing,
            [running] if self.unclear.contains(running.id.as_ref()) => Running::Unclear(TOLD_TWICE),
            [running] => of_name(declared, running),
            _ => Running::Several,
        }
    }

    /// What runs under the name of a declared resource, where it may be.
    fn named(&self, declared: &Resource) -> Vec<&'a Resource> {
        let Some(name) = &declared.name else { return Vec::new() };
        let named = self.by_name.get(&(family(declared), lower(name))).map_or(&[][..], Vec::as_slice);
        named.iter().copied().filter(|running| may_be_same_place(&declared.scope, &running.scope)).collect()
    }
}

fn ambiguous(declared: &Resource, candidates: &[&Resource]) -> Gap {
    let ids: Vec<String> = candidates.iter().map(|candidate| format!("`{}`", candidate.id)).collect();
    let reason = format!("{} all have its name, and the source does not say which of them it is", ids.join(", "));
    Gap { place: Arc::clone(&declared.id), reason: Text::from(reason) }
}

/// What runs under the identifier of a declared resource is another one when its id is another, unless the plan makes it anew.
fn of_name<'a>(declared: &Resource, running: &'a Resource) -> Running<'a> {
    let is_made_anew = declared.change.as_ref().is_some_and(|change| change.action.is_replace());
    match (&declared.identity.resource_id, &running.identity.resource_id) {
        (Some(recorded), Some(runs)) if recorded != runs && !is_made_anew => Running::Replaced(running),
        _ => Running::Found(running),
    }
}

const TOLD_TWICE: &str = "two inventories tell it differently";

fn told_twice(inventory: &Inventory, same: &[&Resource]) -> Gap {
    let file = |resource: &&Resource| inventory.sources.get(resource.source as usize).map_or("", |source| &source.path);
    let files: Vec<String> = same.iter().map(|resource| format!("`{}`", file(resource))).collect();
    let reason = format!("{} tell it differently; give one inventory of each account and region", files.join(" and "));
    Gap { place: same.first().map_or_else(|| Arc::from(""), |first| Arc::clone(&first.id)), reason: reason.into() }
}

/// Whether two places are the same as far as both are known.
pub(super) fn may_be_same_place(one: &Scope, other: &Scope) -> bool {
    let alike = |one: &Option<Arc<str>>, other: &Option<Arc<str>>| one.is_none() || other.is_none() || one == other;
    alike(&one.account, &other.account) && alike(&one.region, &other.region)
}

fn lower(name: &str) -> Cow<'_, str> {
    match name.chars().any(char::is_uppercase) {
        true => Cow::Owned(name.to_lowercase()),
        false => Cow::Borrowed(name),
    }
}

/// Whether a plan takes a resource away or lets go of it: then nothing declares it any longer.
pub(super) fn leaves(resource: &Resource) -> bool {
    resource.change.as_ref().is_some_and(|change| matches!(change.action, ChangeAction::Delete | ChangeAction::Forget))
}

/// Whether a plan makes a resource that was not there.
pub(super) fn is_to_be_made(resource: &Resource) -> bool {
    resource.change.as_ref().is_some_and(|change| change.action == ChangeAction::Create)
}

/// The facts that a source recorded of a resource: a state's, or those that a plan started from.
pub(super) fn recorded_facts<'a>(pair: &Pair<'a>) -> Option<&'a crate::model::Facts> {
    if let Some(recorded) = pair.recorded {
        return Some(&recorded.facts);
    }
    match pair.intent.map(|intent| (&intent.before, intent)) {
        Some((Before::Facts(facts), _)) => Some(facts),
        Some((Before::Unchanged, intent)) => Some(&intent.facts),
        _ => None,
    }
}
