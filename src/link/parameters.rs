//! The effective parameters of a database, and whether they require TLS.

use std::sync::Arc;

use crate::facts::catalogue::{ENGINE, ENGINE_MAJOR_VERSION, PARAMETER_GROUP, PARAMETERS, TLS_REQUIRED};
use crate::facts::mapped::Role;
use crate::facts::parameters::{ENGINE_DEFAULT, fill_defaults, of_family, tls_required};
use crate::facts::view::INHERITED;
use crate::model::{FactMap, FactState, Origin, SetBy, Text, Unknown};

use super::{Context, Joined};

const UNNAMED: Unknown = Unknown::NotCollected(Text::Static("the source does not name the parameter group"));

pub(super) fn join(context: &Context<'_>, joined: &mut Joined) {
    let Some(map) = context.resource.facts.map(PARAMETERS).filter(|_| context.wants(TLS_REQUIRED)) else { return };
    let (parameters, group) = effective(context, map.origin.attribute);
    let state = match context.text(ENGINE) {
        // Neptune takes no other connections, whatever its parameters say.
        Some("neptune") => tls_required("neptune", &parameters),
        _ if parameters.rest == INHERITED => INHERITED,
        Some(engine) => tls_required(engine, &parameters),
        None => FactState::Unknown(Unknown::Unresolved(Text::Static("the engine is not known"))),
    };
    joined.set(context, TLS_REQUIRED, state, group);
    joined.maps.push((PARAMETERS, parameters));
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
    if let Some(family) = context.text(PARAMETER_GROUP).and_then(|name| name.strip_prefix("default.")) {
        let (engine, major) = of_family(family);
        let mut map = unknown(FactState::Unknown(ENGINE_DEFAULT));
        fill_defaults(&mut map, &engine, major.as_deref());
        return (map, None);
    }
    match context.index.resolve_one(context.of, relation) {
        Ok(group) => (of_group(context, group).unwrap_or_else(|| unknown(FactState::Unknown(UNNAMED))), Some(group)),
        Err(reason) => (unknown(FactState::Unknown(reason)), None),
    }
}

fn with_engine_defaults(context: &Context<'_>, mut map: FactMap) -> FactMap {
    if let Some(engine) = context.text(ENGINE) {
        fill_defaults(&mut map, engine, context.text(ENGINE_MAJOR_VERSION));
    }
    map
}

fn of_group(context: &Context<'_>, position: usize) -> Option<FactMap> {
    let group = context.ties.get(position)?;
    let mut map = context.facts_of(position)?.map(PARAMETERS)?.clone();
    let told_by = |origin: &mut Origin| origin.resource = Some(Arc::clone(&group.place.address));
    told_by(&mut map.origin);
    map.entries.values_mut().for_each(|fact| told_by(&mut fact.origin));
    Some(map)
}
