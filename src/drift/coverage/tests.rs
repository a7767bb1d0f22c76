//! What is counted, and under what.

use super::*;
use crate::model::{Before, Facts, Identity, Location, ModuleSources, Provider, Scope};
use crate::yaml::At;
use crate::yaml::problems::Problems;

fn approving(patterns: &[&str]) -> ApprovedModules {
    let texts = patterns.iter().map(|text| At { place: (1, 1), value: (*text).to_owned() }).collect();
    ApprovedModules::new(texts, &mut Problems::new("b.yaml", ""))
}

fn resource(kind: Kind, resource_type: &'static str, account: Option<&str>) -> Resource {
    Resource {
        id: "id".into(),
        kind,
        provider: Provider::Aws,
        resource_type,
        name: None,
        identity: Identity::default(),
        module_sources: None,
        scope: Scope { account: account.map(Arc::from), region: None },
        facts: Facts::default(),
        before: Before::None("the source is not a plan".into()),
        change: None,
        location: Location { file: "f".into(), region: None },
        source: 0,
    }
}

/// A declared instance in modules of these sources.
fn within(sources: Option<&[&str]>) -> Resource {
    let sources = sources.map(|sources| sources.iter().map(|source| Arc::from(*source)).collect::<ModuleSources>());
    Resource { module_sources: sources, ..resource(Kind::Instance, "aws_db_instance", None) }
}

fn lines(rows: &[CoverageRow]) -> Vec<String> {
    let approved = |row: &CoverageRow| row.approved.map_or("-".to_owned(), |count| count.to_string());
    rows.iter()
        .map(|row| format!("{} {} {}/{} {}", row.by, row.name, row.declared, row.running, approved(row)))
        .collect()
}

#[test]
fn databases_are_counted_in_all_by_account_tier_and_type() {
    let one = resource(Kind::Instance, "aws_db_instance", Some("111122223333"));
    let two = resource(Kind::ClusterMember, "aws_rds_cluster_instance", Some("444455556666"));
    let three = resource(Kind::Cluster, "aws_rds_cluster", Some("444455556666"));
    let four = resource(Kind::GlobalCluster, "aws_rds_global_cluster", None);
    let group = resource(Kind::ParameterGroup, "aws_db_parameter_group", Some("111122223333"));
    let running = [
        Running { resource: &one, tier: "tier-1", declared: Some(&one) },
        Running { resource: &two, tier: "tier-2", declared: None },
        Running { resource: &three, tier: "tier-2", declared: Some(&three) },
        Running { resource: &four, tier: "", declared: None },
        Running { resource: &group, tier: "tier-1", declared: None },
    ];
    assert_eq!(
        lines(&coverage(running, &ApprovedModules::default())),
        [
            "all all 2/4 -",
            "account 111122223333 1/1 -",
            "account 444455556666 1/2 -",
            "account unknown 0/1 -",
            "tier tier-1 1/1 -",
            "tier tier-2 1/2 -",
            "tier unknown 0/1 -",
            "type aws_db_instance 1/1 -",
            "type aws_rds_cluster 1/1 -",
            "type aws_rds_cluster_instance 0/1 -",
            "type aws_rds_global_cluster 0/1 -",
        ]
    );
}

#[test]
fn nothing_that_runs_is_a_row_of_nothing() {
    assert_eq!(lines(&coverage([], &approving(&["*"]))), ["all all 0/0 -"]);
}

/// The count of those that come from approved modules.
fn approved(declared: &[Option<&[&str]>], patterns: &[&str]) -> Option<usize> {
    let running = resource(Kind::Instance, "aws_db_instance", None);
    let declared: Vec<Resource> = declared.iter().map(|sources| within(*sources)).collect();
    let all = declared.iter().map(|declared| Running { resource: &running, tier: "t", declared: Some(declared) });
    let approved = if patterns.is_empty() { ApprovedModules::default() } else { approving(patterns) };
    coverage(all, &approved).first().and_then(|row| row.approved)
}

#[test]
fn one_approved_module_on_the_way_is_enough() {
    assert_eq!(approved(&[Some(&["acme/rds/aws"])], &["acme/*"]), Some(1));
    assert_eq!(approved(&[Some(&["acme/stack/aws", "./database"])], &["acme/*"]), Some(1));
    assert_eq!(approved(&[Some(&["./team", "acme/rds/aws"])], &["acme/*"]), Some(1));
    assert_eq!(approved(&[Some(&["./team", "other/rds/aws"])], &["acme/*"]), Some(0));
}

#[test]
fn the_root_module_is_no_approved_one() {
    assert_eq!(approved(&[Some(&[])], &["*"]), Some(0));
}

#[test]
fn adoption_is_not_known_without_a_list_or_a_source_of_modules() {
    assert_eq!(approved(&[Some(&["acme/rds/aws"])], &[]), None);
    assert_eq!(approved(&[None], &["acme/*"]), None);
    assert_eq!(approved(&[None, Some(&["acme/rds/aws"])], &["acme/*"]), Some(1));
}
