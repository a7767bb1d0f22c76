//! Every fact of every kind is either given or explained away, in every mapping; the catalogue says where from.

use std::collections::BTreeSet;

use crate::facts::api::only_terraform;
use crate::facts::aws::MAPPINGS;
use crate::facts::mapping::{How, Mapping};
use crate::facts::{CATALOGUE, FactId, FactType};
use crate::model::Kind;

/// The kinds that resources of a type can be.
pub(super) fn kinds(mapping: &Mapping) -> Vec<Kind> {
    match mapping.resource_type {
        "aws_db_instance" => vec![Kind::Instance, Kind::ClusterMember],
        "aws_elasticache_cluster" => vec![Kind::Cluster, Kind::ClusterMember],
        other => kind_of(other).into_iter().collect(),
    }
}

fn kind_of(resource_type: &str) -> Option<Kind> {
    let words = [
        ("aws_db_proxy", Kind::Proxy),
        ("aws_db_security_group", Kind::SecurityGroup),
        ("aws_secretsmanager_secret", Kind::Secret),
        ("_vault", Kind::BackupVault),
        ("_backup_plan", Kind::BackupPlan),
        ("_backup_region_settings", Kind::BackupSettings),
        ("_log_group", Kind::LogGroup),
        ("_detector", Kind::Detector),
        ("_replication", Kind::BackupReplication),
        ("_replication_instance", Kind::ReplicationInstance),
        ("_replication_task", Kind::ReplicationTask),
        ("_dms_endpoint", Kind::Endpoint),
        ("_s3_endpoint", Kind::Endpoint),
        ("_subscription", Kind::EventSubscription),
        ("_global_cluster", Kind::GlobalCluster),
        ("_snapshot", Kind::Snapshot),
        ("_snapshot_copy", Kind::Snapshot),
        ("_parameter_group", Kind::ParameterGroup),
        ("aws_redshiftserverless_namespace", Kind::Namespace),
        ("aws_redshiftserverless_workgroup", Kind::Workgroup),
        ("aws_dynamodb_table", Kind::Table),
        ("aws_dynamodb_table_replica", Kind::Table),
        ("aws_keyspaces_table", Kind::Table),
        ("aws_timestreamwrite_database", Kind::Namespace),
        ("_snapshot_copy_grant", Kind::BackupReplication),
        ("_option_group", Kind::OptionGroup),
        ("_subnet_group", Kind::SubnetGroup),
        ("_cluster_instance", Kind::ClusterMember),
        ("_cluster", Kind::Cluster),
        ("_global_replication_group", Kind::GlobalCluster),
        ("_replication_group", Kind::Cluster),
        ("_serverless_cache", Kind::Cluster),
    ];
    words.iter().find(|(end, _)| resource_type.ends_with(end)).map(|(_, kind)| *kind)
}

#[test]
fn every_fact_of_a_kind_is_given_or_explained_by_every_mapping_of_that_kind() {
    let mut wrong = Vec::new();
    for mapping in MAPPINGS {
        assert_eq!(mapping.kind.is_some(), !kinds(mapping).is_empty(), "{}", mapping.resource_type);
        for fact in FactId::all() {
            let wanted = kinds(mapping).iter().any(|kind| fact.def().kinds.contains(kind));
            let rows = mapping.all_rows().filter(|row| row.fact == fact).count();
            let common =
                mapping.all_rows().any(|row| row.fact == fact) && mapping.rows.iter().all(|row| row.fact != fact);
            if wanted != (rows == 1) && (wanted || !common) {
                wrong.push(format!("{} has {} {rows} times", mapping.resource_type, fact.def().name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn maps_are_mapped_as_maps_and_nothing_else_is() {
    for mapping in MAPPINGS {
        for row in mapping.all_rows() {
            let is_map = matches!(row.how, How::Map(..));
            let absent = matches!(row.how, How::Absent(_));
            assert!(absent || is_map == (row.fact.def().ty == FactType::Map), "{}", row.fact.def().name);
        }
    }
}

/// The attributes behind a fact, from the mappings; the plan's own account of a change is none.
fn attributes(fact: FactId) -> Vec<(&'static str, &'static str)> {
    let mut pairs = Vec::new();
    for mapping in MAPPINGS.iter().filter(|mapping| kinds(mapping).iter().any(|kind| fact.def().kinds.contains(kind))) {
        for row in mapping.all_rows().filter(|row| row.fact == fact) {
            let attributes = row.attributes().into_iter().filter(|attribute| !attribute.starts_with("change."));
            pairs.extend(attributes.map(|attribute| (mapping.resource_type, attribute)));
        }
    }
    pairs
}

/// Attributes that rows name beside the one that tells, and that the API has no member for.
const BESIDE: &[&str] = &["tags", "snapshot_name", "restore_to_point_in_time", "s3_import"];

#[test]
fn an_attribute_that_tells_of_what_runs_is_a_member_of_its_object_or_only_terraforms() {
    for mapping in MAPPINGS.iter().filter(|mapping| !mapping.api.object.is_empty() && mapping.kind.is_some()) {
        let told = |attribute: &str| {
            let members = || mapping.api.fields.iter().any(|field| field.attribute == attribute);
            members() || only_terraform(attribute).is_some() || BESIDE.contains(&attribute)
        };
        for row in mapping.all_rows().filter(|row| !matches!(row.how, How::Planned(_) | How::Change(..))) {
            let is_wanted = kinds(mapping).iter().any(|kind| row.fact.def().kinds.contains(kind));
            for attribute in row.attributes().into_iter().filter(|_| is_wanted) {
                assert!(told(attribute), "`{attribute}` of {} ({})", row.fact.def().name, mapping.resource_type);
            }
        }
    }
}

#[test]
fn the_catalogue_names_the_attributes_that_the_mappings_read() {
    for (fact, def) in FactId::all().zip(CATALOGUE) {
        let (named, read): (BTreeSet<_>, BTreeSet<_>) =
            (def.terraform.iter().copied().collect(), attributes(fact).into_iter().collect());
        assert_eq!(named, read, "the catalogue's column `terraform` of `{}`", def.name);
    }
}

#[test]
fn a_fact_of_what_runs_only_has_a_member_of_the_api_behind_it() {
    let of_source = |fact: &FactId| *fact != crate::facts::catalogue::TIER_ASSIGNED;
    for fact in FactId::all().filter(|fact| fact.def().terraform.is_empty()).filter(of_source) {
        let planned = MAPPINGS.iter().flat_map(|mapping| mapping.all_rows());
        let planned = planned.filter(|row| row.fact == fact).any(|row| matches!(row.how, How::Change(..)));
        assert!(planned || !crate::facts::api_members(fact).is_empty(), "{}", fact.def().name);
    }
}
