//! A plan's own account of what changed outside Terraform (`resource_drift`), in the words of every other drift.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::facts::fact_of_attribute;
use crate::model::{
    Against, Drift, DriftClass, DriftSubject, DriftedResource, FactPath, Location, PlanDrift, Provider, Resource,
    Scope, Value,
};

/// Attributes that the provider computes anew at every look; a difference says nothing (RDS.md section 2, `vol` and `comp`).
const VOLATILE: &[&str] = &[
    "address",
    "ca_certificate_valid_till",
    "cluster_members",
    "endpoint",
    "engine_version_actual",
    "hosted_zone_id",
    "latest_restorable_time",
    "listener_endpoint",
    "master_user_secret",
    "reader_endpoint",
    "replicas",
    "status",
    "tags",
    "writer",
];

/// The drift that plans report, of resources with and without facts.
pub fn of_plans(resources: &[Resource], reported: Vec<PlanDrift>) -> Vec<Drift> {
    // Most plans report none, and a table of all resources takes its time.
    if reported.is_empty() {
        return Vec::new();
    }
    let by_id: BTreeMap<&str, &Resource> = resources.iter().map(|resource| (resource.id.as_ref(), resource)).collect();
    let is_told = |drift: &PlanDrift| drift.deleted || !VOLATILE.contains(&drift.attribute.as_ref());
    let told = reported.into_iter().filter(is_told);
    told.map(|drift| of_plan(by_id.get(drift.resource.as_ref()).copied(), drift)).collect()
}

fn of_plan(resource: Option<&Resource>, drift: PlanDrift) -> Drift {
    let value = |text: &Option<Arc<str>>| text.as_deref().and_then(|text| value(serde_json::from_str(text).ok()?));
    let subject = match fact_of_attribute(&drift.resource_type, &drift.attribute) {
        _ if drift.deleted => DriftSubject::Resource,
        Some(fact) => DriftSubject::Fact(FactPath { before: false, fact, key: None }),
        None => DriftSubject::Attribute(Arc::clone(&drift.attribute)),
    };
    let class = if drift.deleted { DriftClass::Missing } else { DriftClass::Changed };
    Drift {
        recorded: value(&drift.recorded),
        running: value(&drift.running),
        ..Drift::new(class, Against::Plan, Arc::new(drifted(resource, &drift)), subject)
    }
}

fn drifted(resource: Option<&Resource>, drift: &PlanDrift) -> DriftedResource {
    let location = || Location { file: Arc::from(""), region: None };
    DriftedResource {
        id: Arc::clone(&drift.resource),
        running_id: resource.and_then(|of| of.identity.arn.clone()),
        resource_type: Arc::clone(&drift.resource_type),
        kind: resource.map(|of| of.kind),
        provider: Provider::Aws,
        name: resource.and_then(|of| of.name.clone()),
        scope: resource.map_or_else(Scope::default, |of| of.scope.clone()),
        tier: Arc::from(""),
        location: resource.map_or_else(location, |of| of.location.clone()),
    }
}

/// A JSON value as a fact's; one that no fact could have, as its text.
fn value(json: Json) -> Option<Value> {
    match json {
        Json::Null => None,
        Json::Bool(value) => Some(Value::Bool(value)),
        Json::String(text) => Some(Value::from(text)),
        Json::Array(items) if items.iter().all(Json::is_string) => {
            Some(Value::List(items.into_iter().filter_map(value).collect()))
        }
        Json::Number(number) => Some(number.as_i64().map_or_else(|| Value::from(number.to_string()), Value::Integer)),
        other => Some(Value::from(other.to_string())),
    }
}
