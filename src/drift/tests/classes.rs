//! What the provider does by itself, and every fold beside a real change at the same place.

use super::*;
use crate::facts::catalogue::*;

type Told = Vec<(FactId, Value)>;

fn told(resource: Resource, facts: &Told) -> Resource {
    with(resource, facts.iter().map(|(id, value)| (*id, fact(value.clone(), SetBy::Source))).collect())
}

fn classes(kind: Kind, declared: Told, running: Told) -> Vec<DriftClass> {
    let found = drifts(SourceKind::TerraformState, told(resource(kind), &declared), told(resource(kind), &running));
    found.into_iter().map(|drift| drift.class).collect()
}

#[test]
fn what_the_provider_does_by_itself_is_expected_and_what_goes_further_has_changed() {
    let version = |version: &str, upgrades: bool| -> Told {
        vec![
            (ENGINE, "postgres".into()),
            (ENGINE_VERSION, version.into()),
            (AUTO_MINOR_VERSION_UPGRADE, upgrades.into()),
        ]
    };
    let storage =
        |size: i64| -> Told { vec![(ALLOCATED_STORAGE_GIB, size.into()), (STORAGE_AUTOSCALING_LIMIT_GIB, 200.into())] };
    let zones = |zone: &str, second: &str| -> Told {
        vec![(AVAILABILITY_ZONE, zone.into()), (SECONDARY_AVAILABILITY_ZONE, second.into())]
    };
    let (expected, changed) = ([DriftClass::Expected], [DriftClass::Changed]);
    let instance = |declared, running| classes(Kind::Instance, declared, running);
    assert_eq!(instance(version("16.3", true), version("16.4", true)), expected);
    assert_eq!(instance(version("16.3", true), version("17.1", true)), changed, "a major version");
    assert_eq!(instance(version("16.3", true), version("16.2", true)), changed, "an older one");
    assert_eq!(instance(version("16.3", false), version("16.4", false)), changed, "upgrades are off");
    assert_eq!(instance(storage(100), storage(150)), expected);
    assert_eq!(instance(storage(100), storage(250)), changed, "beyond the limit");
    assert_eq!(instance(storage(100), storage(50)), changed, "smaller");
    assert_eq!(instance(zones("a", "b"), zones("b", "a")), expected);
    assert_eq!(instance(zones("a", "b"), zones("c", "b")), changed, "not the standby's");
}

#[test]
fn every_fold_of_several_facts_hides_noise_and_shows_a_change_at_the_same_place() {
    let changed = [DriftClass::Changed];
    let limit = |size: i64, limit: i64| -> Told {
        vec![(ALLOCATED_STORAGE_GIB, size.into()), (STORAGE_AUTOSCALING_LIMIT_GIB, limit.into())]
    };
    assert!(classes(Kind::Instance, limit(100, 100), limit(100, 0)).is_empty());
    assert_eq!(classes(Kind::Instance, limit(100, 200), limit(100, 0)), changed);
    assert_eq!(classes(Kind::Instance, limit(100, 100), limit(100, 200)), changed);
    let encrypted =
        |on: bool, how: &str| -> Told { vec![(ENCRYPTED_AT_REST, on.into()), (STORAGE_ENCRYPTION_TYPE, how.into())] };
    for kind in [Kind::Instance, Kind::Cluster, Kind::GlobalCluster, Kind::Snapshot] {
        assert!(classes(kind, encrypted(false, "none"), encrypted(true, "sse-rds")).is_empty(), "{kind}");
        assert_eq!(classes(kind, encrypted(false, "none"), encrypted(true, "sse-kms")), changed, "{kind}");
        assert_eq!(classes(kind, encrypted(true, "sse-kms"), encrypted(false, "none")), changed, "{kind}");
    }
    let key = |key: &str, customers: bool| -> Told {
        vec![(STORAGE_KEY, key.into()), (CUSTOMER_MANAGED_KEY, customers.into())]
    };
    let arn = "arn:aws:kms:eu-west-1:1:key/one";
    assert!(classes(Kind::Instance, key("one", true), key(arn, false)).is_empty(), "the same key is the same key");
    assert_eq!(classes(Kind::Instance, key("other", true), key(arn, false)), changed, "told once, by the key");
    let zones = |zones: &[&str]| vec![(AVAILABILITY_ZONES, Value::set(zones.iter().map(|zone| Value::from(*zone))))];
    assert!(classes(Kind::Cluster, zones(&["a"]), zones(&["a", "b"])).is_empty());
    assert_eq!(classes(Kind::Cluster, zones(&["a", "c"]), zones(&["a", "b"])), changed);
}

#[test]
fn only_what_nobody_could_have_declared_is_not_unmanaged() {
    let declared = inventory(SourceKind::TerraformState, Vec::new());
    let class = |name: &str, engine: &str| {
        let mut member = told(resource(Kind::ClusterMember), &vec![(ENGINE, engine.into())]);
        member.name = Some(name.into());
        let running = inventory(SourceKind::Inventory, vec![member]);
        let compared = compare(&declared, &running, &how(Against::Declared));
        compared.drifts.iter().map(|of| of.drift.class).collect::<Vec<_>>()
    };
    assert_eq!(class("application-autoscaling-1b2c", "aurora-mysql"), [DriftClass::Expected]);
    assert_eq!(class("by-hand", "aurora-mysql"), [DriftClass::Unmanaged]);
    assert!(class("three-instance-1", "postgres").is_empty(), "a Multi-AZ cluster's own member");
}

#[test]
fn what_runs_may_be_a_declared_resource_whose_identifier_is_generated() {
    let running = inventory(SourceKind::Inventory, vec![resource(Kind::Instance)]);
    let classes = |kind: Kind| {
        let declared = Resource { name: None, id: "address".into(), ..resource(kind) };
        let declared = inventory(SourceKind::TerraformConfiguration, vec![declared]);
        let compared = compare(&declared, &running, &how(Against::Declared));
        compared.drifts.iter().map(|of| of.drift.class).collect::<Vec<_>>()
    };
    assert_eq!(classes(Kind::Instance), [DriftClass::Unverifiable, DriftClass::Unverifiable]);
    assert_eq!(classes(Kind::Cluster), [DriftClass::Unverifiable, DriftClass::Unmanaged]);
}

fn cache(facts: &Told) -> Resource {
    let id = "arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:db".into();
    told(Resource { resource_type: "aws_elasticache_replication_group", id, ..resource(Kind::Cluster) }, facts)
}

#[test]
fn what_a_cache_sets_itself_is_compared() {
    for fact in [TLS_REQUIRED, MULTI_AZ] {
        let of = |value: bool| vec![(fact, value.into())];
        let found = drifts(SourceKind::TerraformState, cache(&of(true)), cache(&of(false)));
        let found: Vec<DriftClass> = found.into_iter().map(|drift| drift.class).collect();
        assert_eq!(found, [DriftClass::Changed], "{}", fact.def().name);
        let of_clusters = classes(Kind::Cluster, of(true), of(false));
        assert!(of_clusters.is_empty(), "that of a cluster's groups and members is told there");
    }
}

#[test]
fn a_cache_and_a_database_of_one_name_are_two() {
    let declared = Resource { id: "aws_rds_cluster.db".into(), ..resource(Kind::Cluster) };
    let cache_declared = Resource { id: "aws_elasticache_replication_group.db".into(), ..cache(&Vec::new()) };
    let declared = inventory(SourceKind::TerraformConfiguration, vec![cache_declared, declared]);
    let running = inventory(SourceKind::Inventory, vec![cache(&Vec::new()), resource(Kind::Cluster)]);
    let compared = compare(&declared, &running, &how(Against::Declared));
    assert!(
        compared.drifts.is_empty() && compared.gaps.is_empty(),
        "{:?} {:?}",
        lines(&compared.drifts),
        compared.gaps
    );
}

#[test]
fn the_nodes_of_a_replication_group_are_made_with_it() {
    let id = "arn:aws:elasticache:eu-west-1:111122223333:cluster:db-001".into();
    let node = Resource { resource_type: "aws_elasticache_cluster", id, ..resource(Kind::ClusterMember) };
    let declared = inventory(SourceKind::TerraformState, Vec::new());
    let running = inventory(SourceKind::Inventory, vec![node]);
    let compared = compare(&declared, &running, &how(Against::Declared));
    assert!(compared.drifts.is_empty(), "{:?}", lines(&compared.drifts));
}
