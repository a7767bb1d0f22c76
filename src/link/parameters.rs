//! The effective parameters of a database, and whether they require TLS.

use std::sync::Arc;

use crate::facts::catalogue::{ENGINE, ENGINE_MAJOR_VERSION, PARAMETER_GROUP, PARAMETERS, TLS_REQUIRED};
use crate::facts::mapped::{NotInForce, Role};
use crate::facts::parameters::{ENGINE_DEFAULT, fill_defaults, of_family, tls_required};
use crate::facts::view::INHERITED;
use crate::model::{Fact, FactMap, FactState, Origin, Pending, SetBy, Text, Unknown, Value};

use super::{Context, Joined};

const UNNAMED: Unknown = Unknown::NotCollected(Text::Static("the source does not name the parameter group"));

pub(super) fn join(context: &Context<'_>, joined: &mut Joined) {
    let Some(map) = context.resource.facts.map(PARAMETERS).filter(|_| context.wants(TLS_REQUIRED)) else { return };
    let (mut parameters, group) = effective(context, map.origin.attribute);
    let state = match context.text(ENGINE) {
        // Neptune takes no other connections, whatever its parameters say.
        Some("neptune") => tls_required("neptune", &parameters),
        _ if parameters.rest == INHERITED => INHERITED,
        Some(engine) => tls_required(engine, &parameters),
        None => FactState::Unknown(Unknown::Unresolved(Text::Static("the engine is not known"))),
    };
    match not_in_force(context).filter(|_| context.text(ENGINE) != Some("neptune")) {
        Some(not_yet) => {
            joined.now.set_fact(
                context,
                TLS_REQUIRED,
                not_yet.put_off(Fact::new(state, context.origin(TLS_REQUIRED, group))),
            );
            not_yet.put_off_all(&mut parameters);
        }
        None => joined.set(context, TLS_REQUIRED, state, group),
    }
    joined.now.set_map(context, PARAMETERS, parameters);
    join_before(context, joined);
}

/// The parameters before the planned change: of the group that the database had then, as that group was then.
fn join_before(context: &Context<'_>, joined: &mut Joined) {
    let Some(facts) = context.facts_before(context.position) else { return };
    let text = |fact| facts.known(fact).and_then(Value::as_str);
    let (Some(engine), Some(name)) = (text(ENGINE), text(PARAMETER_GROUP)) else { return };
    let parameters = match name.strip_prefix("default.") {
        Some(family) => Some((of_default_group(family, attribute_of(context)), None)),
        None => former_group(context, name),
    };
    if let Some((parameters, group)) = parameters {
        joined.set_before(context, TLS_REQUIRED, tls_required(engine, &parameters), group);
        joined.before.set_map(context, PARAMETERS, parameters);
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

/// The parameters, and the group that sets them when the document holds it.
fn effective(context: &Context<'_>, attribute: &'static str) -> (FactMap, Option<usize>) {
    let origin = Origin::attribute(attribute, SetBy::Inherited);
    let unknown = |rest| FactMap { entries: Default::default(), rest, origin: origin.clone() };
    let group = context.resource.facts.get(PARAMETER_GROUP);
    if group.is_some_and(|group| group.state == INHERITED) {
        return (unknown(INHERITED), None);
    }
    let Some(relation) = context.of.relation(Role::Parameters) else {
        let rest = if context.of.new { ENGINE_DEFAULT } else { UNNAMED };
        return (with_engine_defaults(context, unknown(FactState::Unknown(rest))), None);
    };
    let default_of = context.text(PARAMETER_GROUP).and_then(|name| name.strip_prefix("default."));
    match (context.index.resolve_one(context.of, relation), default_of) {
        (Ok(group), _) => {
            (of_group(context, group).unwrap_or_else(|| unknown(FactState::Unknown(UNNAMED))), Some(group))
        }
        (Err(_), Some(family)) => (of_default_group(family, attribute), None),
        (Err(reason), None) => (unknown(FactState::Unknown(reason)), None),
    }
}

/// Why the parameters of the group are not those that the database runs with.
fn not_in_force<'a>(context: &Context<'a>) -> Option<&'a NotInForce> {
    context.of.relation(Role::Parameters)?.not_in_force.as_ref()
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

    fn put_off_all(&self, map: &mut FactMap) {
        let entries = std::mem::take(&mut map.entries);
        map.entries = entries.into_iter().map(|(name, fact)| (name, self.put_off(fact))).collect();
        map.rest = FactState::Unknown(self.why.clone());
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
    map.entries.values_mut().for_each(|fact| tell(&mut fact.origin));
    Some(map)
}
