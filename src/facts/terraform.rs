//! From one Terraform resource to a resource with facts, and what is still to be joined.

use std::sync::Arc;

use crate::facts::aws::MAPPINGS;
use crate::facts::catalogue::{ENGINE_VERSION, FINAL_SNAPSHOT, KEEPS_AUTOMATED_BACKUPS, PLANNED_ACTION};
use crate::facts::mapped::{Mapped, Place, Relation, Relations, Role, Ties, Told};
use crate::facts::mapping::Mapping;
use crate::facts::shared::SharedFacts;
use crate::facts::view::{View, lower_case};
use crate::model::{
    Before, Change, ChangeAction, Fact, FactState, Facts, Identity, Kind, Location, Origin, Provider, Resource, Scope,
    SetBy, Text, Value,
};
use crate::source::terraform::{Attributes, TerraformResource};

/// The document that resources are read from.
#[derive(Debug)]
pub struct Document {
    /// The path, as the user gave it: where findings point as long as no source line is known.
    pub file: Arc<str>,
    /// Its position among the sources of the run.
    pub source: u32,
    /// The facts that its resources share.
    pub shared: SharedFacts,
}

/// Whether resources of a type have facts, or tell something about those that have.
pub fn is_mapped(resource_type: &str) -> bool {
    mapping_of(resource_type).is_some()
}

/// Maps one resource; `None` for a type without a mapping, and for an object of which the document holds no attributes.
pub fn map_terraform(resource: &TerraformResource, document: &Document) -> Option<Mapped> {
    let mapping = mapping_of(&resource.resource_type)?;
    let stays = resource.after.is_some();
    let attributes = resource.after.as_ref().or(resource.before.as_ref())?;
    let view = mapping.view(resource, attributes, stays && is_new(resource));
    Some(mapping.mapped(&view, document))
}

/// The mapping of a type.
pub(crate) fn mapping_of(resource_type: &str) -> Option<&'static Mapping> {
    let position = MAPPINGS.binary_search_by(|mapping| mapping.resource_type.cmp(resource_type)).ok()?;
    MAPPINGS.get(position).copied()
}

/// Whether the plan makes the resource, from nothing or anew. What is only declared counts as made: whether it is there
/// already, the configuration does not tell.
fn is_new(resource: &TerraformResource) -> bool {
    resource.declared
        || resource
            .change
            .as_ref()
            .is_some_and(|change| change.action == ChangeAction::Create || change.action.is_replace())
}

/// The attributes before the plan; those of now, where it changes nothing.
fn before(resource: &TerraformResource) -> Option<&Attributes> {
    let is_left = resource.change.as_ref().is_some_and(|change| change.action == ChangeAction::NoOp);
    resource.before.as_ref().or(resource.after.as_ref().filter(|_| is_left))
}

impl Mapping {
    /// One resource, with what joins it to others.
    pub(crate) fn mapped(&self, view: &View<'_>, document: &Document) -> Mapped {
        let resource = view.resource();
        let stays = resource.after.is_some();
        let kind = self.kind.filter(|_| (self.concerns)(view)).map(|kind| kind(view));
        let scope = scope(view);
        let ties = Box::new(Ties {
            place: Place::of(resource, view.running.is_some()),
            kind,
            target: self.target,
            region: scope.region.clone(),
            runs: view.running.is_some(),
            seen_in: None,
            ids: ids(self, view),
            relations: relations(self, view, stays, &document.shared),
            not_in_force: None,
            feed: self.feed.filter(|_| stays || kind == Some(Kind::ClusterMember)).map(|feed| feed(view)),
            told: self.told(resource).map(Box::new),
            new: view.new,
            only_here: view.new && !resource.declared,
            stays,
            is_deleted: resource.change.as_ref().is_some_and(|change| change.action == ChangeAction::Delete),
            was: before(resource).map(|before| ids(self, &self.view(resource, before, false))),
        });
        Mapped { resource: kind.map(|kind| Box::new(self.resource(view, kind, scope, document))), ties }
    }

    /// What it told about another one, which goes on recording it until the plan is applied. What is forgotten stays there.
    fn told(&self, resource: &TerraformResource) -> Option<Told> {
        let (change, before) = (resource.change.as_ref()?, resource.before.as_ref()?);
        let takes_back = change.action != ChangeAction::NoOp && !change.action.forgets();
        let role = self.recorded_by.filter(|_| takes_back)?;
        let row = self.relations.iter().find(|row| row.role == role)?;
        let view = self.view(resource, before, false);
        Some(Told { part_of: Relations::default().read(row, &view), feed: self.feed?(&view) })
    }

    fn view<'a>(&self, resource: &'a TerraformResource, attributes: &'a Attributes, new: bool) -> View<'a> {
        let mut view = View::new(resource, attributes, new);
        view.inherits = self.inherits(&view);
        view
    }

    fn resource(&self, view: &View<'_>, kind: Kind, scope: Scope, document: &Document) -> Resource {
        let terraform = view.resource();
        Resource {
            id: Arc::clone(&terraform.address),
            kind,
            provider: Provider::Aws,
            resource_type: self.resource_type,
            name: view.text(self.name).map(|name| own(view, name)),
            identity: identity(view),
            module_sources: terraform.module_sources.clone(),
            scope,
            facts: self.facts_now(view, kind, &document.shared),
            before: self.before(terraform, kind, &document.shared),
            change: terraform.change.clone(),
            location: Location { file: Arc::clone(&document.file), region: None },
            source: document.source,
        }
    }

    /// A resource that the plan takes away has no facts but what decides how it goes.
    fn facts_now(&self, view: &View<'_>, kind: Kind, shared: &SharedFacts) -> Facts {
        match &view.resource().change {
            Some(change) if view.resource().after.is_none() => {
                let recorded = self.facts(view, kind, None, shared);
                of_leaving(&recorded, kind, change)
            }
            change => self.facts(view, kind, change.as_ref(), shared),
        }
    }

    fn before(&self, resource: &TerraformResource, kind: Kind, shared: &SharedFacts) -> Before {
        match (&resource.change, &resource.before) {
            (None, _) => Before::None(Text::Static("the source is not a plan")),
            (Some(change), _) if change.action == ChangeAction::NoOp && resource.after.is_some() => Before::Unchanged,
            (Some(_), None) => Before::None(Text::Static("the plan creates it")),
            (Some(_), Some(before)) => {
                let view = self.view(resource, before, false);
                let mut facts = self.facts(&view, kind, None, shared);
                name_running_version(&view, &mut facts);
                Before::Facts(Box::new(facts))
            }
        }
    }
}

/// Names the version that runs before the change. Where the configuration names a part of it only, as `16`, the provider records
/// that part, and the whole one beside it (RDS.md section 2.1). After the change it may be another one.
fn name_running_version(view: &View<'_>, facts: &mut Facts) {
    const ACTUAL: &str = "engine_version_actual";
    let named = facts.known(ENGINE_VERSION).and_then(Value::as_str);
    let begins =
        |actual: &&str| named.and_then(|named| actual.strip_prefix(named)).is_some_and(|rest| rest.starts_with('.'));
    if let Some(actual) = view.text(ACTUAL).filter(begins) {
        let state = FactState::Known(Value::from(actual));
        facts.set(ENGINE_VERSION, Fact::new(state, Origin::attribute(ACTUAL, SetBy::Source)));
    }
}

fn of_leaving(recorded: &Facts, kind: Kind, change: &Change) -> Facts {
    let mut facts = Facts::default();
    if PLANNED_ACTION.def().kinds.contains(&kind) {
        let state = FactState::Known(Value::from(change.action.as_str()));
        facts.set(PLANNED_ACTION, Fact::new(state, Origin::attribute("change.actions", SetBy::Derived)));
    }
    if change.action == ChangeAction::Delete {
        for fact in [FINAL_SNAPSHOT, KEEPS_AUTOMATED_BACKUPS] {
            if let Some(recorded) = recorded.shared(fact) {
                facts.set(fact, Arc::clone(recorded));
            }
        }
    }
    facts
}

/// The attributes that hold the id which the provider never gives again.
const RESOURCE_IDS: [&str; 3] = ["resource_id", "dbi_resource_id", "cluster_resource_id"];

/// What tells the resource from all others: as it will be, and where the plan does not know that yet, as it was.
fn identity(view: &View<'_>) -> Identity {
    let before = view.resource().before.as_ref();
    let text = |name: &str| {
        let was = || before.and_then(|before| before.value(name)?.as_str()).filter(|text| !text.is_empty());
        view.text(name).or_else(was).map(|text| own(view, text))
    };
    Identity { arn: text("arn"), resource_id: RESOURCE_IDS.iter().find_map(|name| text(name)) }
}

/// A name of a resource; those that it is known by already are kept once.
fn own(view: &View<'_>, text: &str) -> Arc<str> {
    let resource = view.resource();
    same(text, [&resource.address, &resource.name])
}

/// A text, or one of these that is the same.
fn same<'a>(text: &str, known: impl IntoIterator<Item = &'a Arc<str>>) -> Arc<str> {
    let mut known = known.into_iter();
    known.find(|known| known.as_ref() == text).map_or_else(|| Arc::from(text), Arc::clone)
}

/// Account and region: those of the ARN, else the resource's own `region` (provider v6), else the provider's.
fn scope(view: &View<'_>) -> Scope {
    let provider = view.provider();
    let mut arn = view.text("arn").unwrap_or_default().split(':').skip(3);
    let mut of_arn = |usual: &Option<Arc<str>>| {
        let part = arn.next().filter(|part| !part.is_empty());
        part.map(|part| same(part, usual))
    };
    let (region, account) = (of_arn(&provider.region), of_arn(&provider.account));
    let own_region = || view.text("region").map(|region| same(region, &provider.region));
    Scope {
        account: account.or_else(|| provider.account.clone()),
        region: region.or_else(own_region).or_else(|| provider.region.clone()),
    }
}

fn ids(mapping: &Mapping, view: &View<'_>) -> Vec<Arc<str>> {
    let known = mapping.ids.iter().filter_map(|attribute| view.text(attribute));
    let mut ids: Vec<Arc<str>> = known.map(|id| own(view, &lower_case(id))).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn relations(mapping: &Mapping, view: &View<'_>, stays: bool, shared: &SharedFacts) -> Vec<Arc<Relation>> {
    let mut alone = Relations::default();
    let mut worker = shared.of_this_worker();
    let known = worker.as_mut().map_or(&mut alone, |worker| worker.relations());
    // A cluster's leaving members still tell that the document declares its members.
    let rows = mapping.relations.iter().filter(|row| stays || row.role == Role::Cluster);
    rows.map(|row| known.read(row, view)).collect()
}
