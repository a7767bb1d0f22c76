//! Inventories that differ in one thing, and what comes of comparing them.

mod classes;
mod identity;
mod properties;
mod walk;

use std::sync::Arc;

use super::*;
use crate::facts::FactId;
use crate::model::{
    Against, Before, Fact, FactState, Facts, Identity, Inventory, Kind, Location, Origin, Pending, Provider, Resource,
    Scope, ScopeSeen, SetBy, SourceInfo, SourceKind, Value,
};

/// The Terraform type that stands for a kind.
fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Instance => "aws_db_instance",
        Kind::Cluster => "aws_rds_cluster",
        Kind::ClusterMember => "aws_rds_cluster_instance",
        Kind::GlobalCluster => "aws_rds_global_cluster",
        Kind::Snapshot => "aws_db_snapshot",
        Kind::ParameterGroup => "aws_db_parameter_group",
        Kind::OptionGroup => "aws_db_option_group",
        Kind::SubnetGroup => "aws_db_subnet_group",
        Kind::Proxy => "aws_db_proxy",
        Kind::BackupReplication => "aws_db_instance_automated_backups_replication",
        Kind::EventSubscription => "aws_db_event_subscription",
        Kind::Table => "aws_dynamodb_table",
        Kind::Namespace => "aws_redshiftserverless_namespace",
        Kind::Workgroup => "aws_redshiftserverless_workgroup",
        Kind::SecurityGroup => "aws_db_security_group",
        Kind::Secret => "aws_secretsmanager_secret",
        Kind::BackupVault => "aws_backup_vault",
        Kind::BackupPlan => "aws_backup_plan",
        Kind::BackupSettings => "aws_backup_region_settings",
        Kind::LogGroup => "aws_cloudwatch_log_group",
        Kind::Detector => "aws_guardduty_detector",
        Kind::ReplicationInstance => "aws_dms_replication_instance",
        Kind::Endpoint => "aws_dms_endpoint",
        Kind::ReplicationTask => "aws_dms_replication_task",
        other => panic!("no type stands for {other}"),
    }
}

/// A resource called `db` in one account and region.
fn resource(kind: Kind) -> Resource {
    Resource {
        id: format!("arn:aws:rds:eu-west-1:111122223333:{kind}:db").into(),
        kind,
        provider: Provider::Aws,
        resource_type: type_of(kind),
        name: Some("db".into()),
        identity: Identity { arn: None, resource_id: None },
        module_sources: None,
        scope: place(Some("eu-west-1")),
        facts: Facts::default(),
        before: Before::None("the source is not a plan".into()),
        change: None,
        location: Location { file: "f".into(), region: None },
        source: 0,
    }
}

fn place(region: Option<&str>) -> Scope {
    Scope { account: Some("111122223333".into()), region: region.map(Arc::from) }
}

fn fact(value: impl Into<Value>, set_by: SetBy) -> Fact {
    Fact::new(FactState::Known(value.into()), Origin::attribute("attribute", set_by))
}

fn with(mut resource: Resource, facts: Vec<(FactId, Fact)>) -> Resource {
    facts.into_iter().for_each(|(id, fact)| resource.facts.set(id, fact));
    resource
}

fn waiting(value: impl Into<Value>, to_come: impl Into<Value>) -> Fact {
    let pending = Pending { value: to_come.into(), waits_for: "next maintenance window".into() };
    Fact { pending: Some(Box::new(pending)), ..fact(value, SetBy::Source) }
}

/// An inventory of one source, of which everything was seen in two regions.
fn inventory(kind: SourceKind, resources: Vec<Resource>) -> Inventory {
    of_sources(&[kind], resources)
}

fn of_sources(kinds: &[SourceKind], mut resources: Vec<Resource>) -> Inventory {
    let source = |kind: &SourceKind| SourceInfo { path: "p".into(), kind: *kind, tool_version: None, sha256: None };
    resources.sort_by(|a, b| (&a.id, a.source).cmp(&(&b.id, b.source)));
    let seen = |region| ScopeSeen { scope: place(Some(region)), not_whole: Vec::new(), never_asked: Vec::new() };
    Inventory {
        sources: kinds.iter().map(source).collect(),
        resources,
        scopes: vec![seen("eu-west-1"), seen("us-east-1")],
        ..Inventory::default()
    }
}

fn how(against: Against) -> How {
    How { against, now: "2026-11-22T00:00:00Z".parse().expect("an instant") }
}

/// What drifts, one line each: `class subject: declared -> running`.
fn lines(drifts: &[DriftOf<'_>]) -> Vec<String> {
    let text = |value: &Option<Value>| value.as_ref().map_or_else(|| "-".to_owned(), |value| format!("{value}"));
    let line = |of: &DriftOf<'_>| {
        let drift = &of.drift;
        format!("{} {}: {} -> {}", drift.class, drift.subject, text(&drift.declared), text(&drift.running))
    };
    drifts.iter().map(line).collect()
}

/// What drifts of one declared resource, of a source of this kind, and what runs for it.
fn drifts(kind: SourceKind, declared: Resource, running: Resource) -> Vec<Drift> {
    let (declared, running) = (inventory(kind, vec![declared]), inventory(SourceKind::Inventory, vec![running]));
    let compared = compare(&declared, &running, &how(Against::Declared));
    assert!(compared.gaps.is_empty(), "{:?}", compared.gaps);
    compared.drifts.into_iter().map(|of| of.drift).collect()
}
