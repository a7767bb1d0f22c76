//! Inventory items: the databases that were judged or compared, and what belongs to them.

use super::form::{InventoryItem, Properties};
use super::ids::Id;
use super::run::Run;
use super::words::code;
use crate::model::{Drift, Kind, Resource, Scope};

/// All of them: what was judged, then what only drifted.
pub(super) fn items<'r>(run: &'r Run<'_>) -> impl Iterator<Item = InventoryItem> + 'r {
    let resources = run.results.resources.iter().zip(0u32..);
    let judged = resources.filter_map(|(resource, at)| judged(run, resource, at));
    judged.chain(run.only_drifted().map(|(drift, id)| compared(drift, id)))
}

fn judged(run: &Run<'_>, resource: &Resource, at: u32) -> Option<InventoryItem> {
    let tier = run.results.assignments.get(at as usize);
    let tier = tier.and_then(|assignment| run.results.tiers.get(assignment.tier as usize));
    let asset = resource.identity.arn.as_deref().unwrap_or(&resource.id);
    let source = run.results.sources.get(resource.source as usize);
    Some(InventoryItem {
        uuid: run.item(at)?,
        description: format!("{} of type {}", code(&resource.id), code(resource.resource_type)),
        props: place(properties(asset, Some(resource.kind)), &resource.scope)
            .with("resource", &resource.id)
            .with("resource-type", resource.resource_type)
            .with("provider", resource.provider.as_str())
            .with_some("name", resource.name.as_deref())
            .with_some("tier", tier.map(|tier| tier.name.as_ref()))
            .with_some("source", source.map(|source| source.path.as_ref())),
    })
}

fn compared(drift: &Drift, uuid: Id) -> InventoryItem {
    let resource = &drift.resource;
    let asset = resource.running_id.as_deref().unwrap_or(&resource.id);
    InventoryItem {
        uuid,
        description: format!("{} of type {}", code(&resource.id), code(&resource.resource_type)),
        props: place(properties(asset, resource.kind), &resource.scope)
            .with("resource", &resource.id)
            .with("resource-type", &resource.resource_type)
            .with("provider", resource.provider.as_str())
            .with_some("name", resource.name.as_deref())
            .with("tier", &resource.tier),
    }
}

fn properties(asset: &str, kind: Option<Kind>) -> Properties {
    let properties = Properties::default().of_oscal("asset-id", asset);
    match kind {
        // OSCAL's own word for the sort of asset.
        Some(Kind::Instance | Kind::Cluster | Kind::ClusterMember | Kind::GlobalCluster | Kind::Table) => {
            properties.of_oscal("asset-type", "database")
        }
        _ => properties,
    }
    .with_some("kind", kind.map(Kind::as_str))
}

fn place(properties: Properties, scope: &Scope) -> Properties {
    properties.with_some("account", scope.account.as_deref()).with_some("region", scope.region.as_deref())
}
