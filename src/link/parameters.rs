//! The effective parameters of a database, and whether they require TLS.

use std::sync::{Arc, OnceLock};

use crate::facts::catalogue::{
    DEFAULT_PARAMETER_GROUP, ENGINE, ENGINE_MAJOR_VERSION, IS_REPLICA, MEMBER_PARAMETERS, PARAMETER_GROUP, PARAMETERS,
    TLS_REQUIRED,
};
use crate::facts::mapped::{NotInForce, Role};
use crate::facts::parameters::{ENGINE_DEFAULT, fill_defaults, of_family, tls_required};
use crate::facts::view::{INHERITED, NOT_JOINED};
use crate::model::{Fact, FactMap, FactState, Origin, Pending, SetBy, Text, Unknown, Value};

use super::{Context, Joined, MadeOf};

const UNNAMED: Unknown = Unknown::NotCollected(Text::Static("the source does not name the parameter group"));

/// The parameters of groups as those of the databases that use them: made once for each group, since many databases use one.
pub(super) struct Groups {
    /// By position.
    told: Vec<OnceLock<Option<Arc<FactMap>>>>,
}

impl Groups {
    /// Of so many resources, none made yet.
    pub(super) fn new(resources: usize) -> Self {
        Self { told: (0..resources).map(|_| OnceLock::new()).collect() }
    }

    pub(super) fn join(&self, context: &Context<'_>, joined: &mut Joined) {
        doubt_group(context, joined);
        self.join_database(context, joined);
        self.join_member(context, joined);
    }

    fn join_database(&self, context: &Context<'_>, joined: &mut Joined) {
        let Some(map) = context.resource.facts.map(PARAMETERS).filter(|map| map.rest == NOT_JOINED) else { return };
        let (mut parameters, group) = self.effective(context, map.origin.attribute);
        let not_yet = not_in_force(context).filter(|_| context.text(ENGINE) != Some("neptune"));
        if context.wants(TLS_REQUIRED) {
            join_tls(context, joined, &parameters, group, not_yet);
        }
        if let Some(not_yet) = not_yet {
            parameters = not_yet.put_off_all(context, &parameters);
        }
        joined.now.maps.push((PARAMETERS, parameters));
        let engine = context.facts_before(context.position).and_then(|facts| facts.known(ENGINE)?.as_str());
        if let (Some(engine), Some((parameters, group))) = (engine, former(context)) {
            if context.wants(TLS_REQUIRED) {
                joined.set_before(context, TLS_REQUIRED, tls_required(engine, &parameters), group);
            }
            joined.before.set_map(context, PARAMETERS, parameters);
        }
    }

    /// What a member's own group tells. The engine's defaults stand under it as they do under an instance's group, though the
    /// cluster's group may say otherwise.
    fn join_member(&self, context: &Context<'_>, joined: &mut Joined) {
        let Some(map) = context.resource.facts.map(MEMBER_PARAMETERS).filter(|map| map.rest == NOT_JOINED) else {
            return;
        };
        let (parameters, _) = self.effective(context, map.origin.attribute);
        let parameters = match not_in_force(context) {
            Some(not_yet) => not_yet.put_off_all(context, &parameters),
            None => parameters,
        };
        joined.now.maps.push((MEMBER_PARAMETERS, parameters));
        if let Some((parameters, _)) = former(context) {
            joined.before.set_map(context, MEMBER_PARAMETERS, parameters);
        }
    }

    /// The parameters, and the group that sets them when the document holds it.
    fn effective(&self, context: &Context<'_>, attribute: &'static str) -> (Arc<FactMap>, Option<usize>) {
        let origin = Origin::attribute(attribute, SetBy::Inherited);
        let unknown = |rest| FactMap { entries: Default::default(), rest, origin: origin.clone() };
        let alone = |map| (context.shared.map(map), None);
        let group = context.resource.facts.get(PARAMETER_GROUP);
        if group.is_some_and(|group| group.state == INHERITED) {
            return alone(unknown(INHERITED));
        }
        let Some(relation) = context.of.relation(Role::Parameters) else {
            // A replica has its source's group; what is restored has a default one (RestoreDBInstanceToPointInTime).
            let is_replica = context.resource.facts.known(IS_REPLICA) == Some(&Value::Bool(true));
            if is_replica && group.is_some_and(|group| group.origin.set_by == SetBy::Inherited) {
                return alone(unknown(INHERITED));
            }
            let rest = if context.of.new { ENGINE_DEFAULT } else { UNNAMED };
            return alone(with_engine_defaults(context, unknown(FactState::Unknown(rest))));
        };
        let default_of = context.text(PARAMETER_GROUP).and_then(|name| name.strip_prefix("default."));
        match (context.index.resolve_one(context.of, relation), default_of) {
            (Ok(group), _) => {
                let told = self.of(context, group);
                (told.unwrap_or_else(|| context.shared.map(unknown(FactState::Unknown(UNNAMED)))), Some(group))
            }
            (Err(_), Some(family)) => alone(of_default_group(family, attribute)),
            (Err(reason), None) => alone(unknown(FactState::Unknown(reason))),
        }
    }

    fn of(&self, context: &Context<'_>, position: usize) -> Option<Arc<FactMap>> {
        let made = || Some(Arc::new(of_group(context, position)?));
        self.told.get(position)?.get_or_init(made).clone()
    }
}

/// A group that the configuration refers to is no default one, if there is any such group.
fn doubt_group(context: &Context<'_>, joined: &mut Joined) {
    let told = context.resource.facts.known(DEFAULT_PARAMETER_GROUP);
    let relation = context.of.relation(Role::Parameters).filter(|_| told == Some(&Value::Bool(false)));
    if let Some(reason) = relation.and_then(|relation| context.index.leads_nowhere(context.of, relation)) {
        joined.set(context, DEFAULT_PARAMETER_GROUP, FactState::Unknown(reason), None);
    }
}

/// Whether the engine refuses connections without TLS, where its parameters say so.
fn join_tls(
    context: &Context<'_>,
    joined: &mut Joined,
    parameters: &FactMap,
    group: Option<usize>,
    not_yet: Option<&NotInForce>,
) {
    let state = || match context.text(ENGINE) {
        // Neptune takes no other connections, whatever its parameters say.
        Some("neptune") => tls_required("neptune", parameters),
        _ if parameters.rest == INHERITED => INHERITED,
        Some(engine) => tls_required(engine, parameters),
        None => FactState::Unknown(Unknown::Unresolved(Text::Static("the engine is not known"))),
    };
    let state = match (group, not_yet) {
        (Some(told_by), None) => {
            // Who takes the parameters over from a group takes them over as they are.
            let engine = context.text(ENGINE);
            let with = |of: &mut MadeOf| of.engine = engine.map(|engine| engine.as_ptr() as usize);
            return joined.set_alike(context, (TLS_REQUIRED, told_by), with, || (state(), group));
        }
        _ => state(),
    };
    match not_yet {
        Some(not_yet) => {
            let fact = Fact::new(state, context.origin(TLS_REQUIRED, group));
            joined.now.set_fact(context, TLS_REQUIRED, not_yet.put_off(fact));
        }
        None => joined.set(context, TLS_REQUIRED, state, group),
    }
}

/// The parameters before the planned change: of the group that the database had then, as that group was then.
fn former(context: &Context<'_>) -> Option<(FactMap, Option<usize>)> {
    let name = context.facts_before(context.position)?.known(PARAMETER_GROUP)?.as_str()?;
    match name.strip_prefix("default.") {
        Some(family) => Some((of_default_group(family, attribute_of(context)), None)),
        None => former_group(context, name),
    }
}

fn attribute_of(context: &Context<'_>) -> &'static str {
    context.resource.facts.get(PARAMETER_GROUP).map_or("", |group| group.origin.attribute)
}

fn former_group(context: &Context<'_>, name: &str) -> Option<(FactMap, Option<usize>)> {
    let target = *context.of.relations.iter().find(|relation| relation.role == Role::Parameters)?.targets.first()?;
    let position = context.index.former(context.of, target, name)?;
    let map = context.facts_before(position)?.map(PARAMETERS)?;
    Some((told_by(context, position, map)?, Some(position)))
}

/// Why the parameters of the group are not those that the database runs with.
fn not_in_force<'a>(context: &Context<'a>) -> Option<&'a NotInForce> {
    context.of.relation(Role::Parameters)?;
    context.of.not_in_force.as_deref()
}

impl NotInForce {
    /// What the group says is still to come; what is in force until then, nothing tells.
    fn put_off(&self, mut fact: Fact) -> Fact {
        let state = std::mem::replace(&mut fact.state, FactState::Unknown(self.why.clone()));
        if let (FactState::Known(value), Some(waits_for)) = (&state, &self.waits_for) {
            fact.pending = Some(Box::new(Pending { value: value.clone(), waits_for: waits_for.clone() }));
        }
        fact
    }

    fn put_off_all(&self, context: &Context<'_>, map: &FactMap) -> Arc<FactMap> {
        let entries = map.entries.iter().map(|(name, fact)| (Arc::clone(name), self.put_off(fact.clone())));
        context.shared.map(FactMap {
            entries: entries.collect(),
            rest: FactState::Unknown(self.why.clone()),
            origin: map.origin.clone(),
        })
    }
}

fn with_engine_defaults(context: &Context<'_>, mut map: FactMap) -> FactMap {
    if let Some(engine) = context.text(ENGINE) {
        fill_defaults(&mut map, engine, context.text(ENGINE_MAJOR_VERSION));
    }
    map
}

fn of_default_group(family: &str, attribute: &'static str) -> FactMap {
    let rest = FactState::Unknown(ENGINE_DEFAULT);
    let mut map = FactMap { entries: Default::default(), rest, origin: Origin::attribute(attribute, SetBy::Inherited) };
    let (engine, major) = of_family(family);
    fill_defaults(&mut map, &engine, major.as_deref());
    map
}

fn of_group(context: &Context<'_>, position: usize) -> Option<FactMap> {
    told_by(context, position, context.facts_of(position)?.map(PARAMETERS)?)
}

/// A group's parameters as those of a database.
fn told_by(context: &Context<'_>, position: usize, map: &FactMap) -> Option<FactMap> {
    let address = &context.ties.get(position)?.place.address;
    let tell = |origin: &mut Origin| origin.resource = Some(Arc::clone(address));
    let mut map = map.clone();
    tell(&mut map.origin);
    map.entries.iter_mut().for_each(|(_, fact)| tell(&mut fact.origin));
    Some(map)
}
