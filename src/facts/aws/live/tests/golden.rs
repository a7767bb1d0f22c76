//! A member of a cluster, as the API tells it, against the parameters that a baseline wants.

use super::*;
use crate::drift::golden::against_golden;

const BASELINE: &str = "\
name: b
tiers: {t: {}}
assign: [{tier: t, default: true}]
golden_parameters:
  - family: aurora-postgresql16
    parameters: {log_statement: ddl, log_connections: 1, rds.force_ssl: 1, work_mem: 4096}
";

fn group(kind: &str, arn: &str, name: &str) -> Json {
    json!({
        format!("{kind}Name"): name, "DBParameterGroupFamily": "aurora-postgresql16",
        format!("{kind}Arn"): format!("arn:aws:rds:eu-west-1:123456789012:{arn}:{name}"),
    })
}

fn parameters(values: &[(&str, &str)]) -> Json {
    let one = |(name, value): &(&str, &str)| json!({"ParameterName": name, "ParameterValue": value});
    json!({"Parameters": values.iter().map(one).collect::<Vec<_>>()})
}

#[test]
fn a_member_overrules_its_cluster_and_the_cluster_the_engine() {
    let baseline = crate::baseline::parse("b.yaml", BASELINE, &[]).unwrap();
    let resources = replies()
        .with("rds:DescribeDBParameterGroups", group("DBParameterGroup", "pg", "own"))
        .of("rds:DescribeDBParameters", "own", parameters(&[("log_statement", "all")]))
        .with("rds:DescribeDBClusterParameterGroups", group("DBClusterParameterGroup", "cluster-pg", "cpg"))
        .of(
            "rds:DescribeDBClusterParameters",
            "cpg",
            parameters(&[("log_statement", "ddl"), ("log_connections", "0"), ("rds.force_ssl", "1")]),
        )
        .cluster(json!({"DBClusterMembers": [
            {"DBInstanceIdentifier": "c-1", "IsClusterWriter": true, "DBClusterParameterGroupStatus": "in-sync"},
        ]}))
        .instance(json!({
            "DBInstanceIdentifier": "c-1", "DBClusterIdentifier": "c", "Engine": "aurora-postgresql",
            "DBParameterGroups": [{"DBParameterGroupName": "own", "ParameterApplyStatus": "in-sync"}],
        }))
        .linked();
    let running: Vec<_> = resources.iter().map(|resource| (resource, None)).collect();
    let drifts = against_golden(baseline.golden_parameters(), &running, &|_| "t".into());
    let line = |of: &crate::drift::DriftOf<'_>| {
        let drift = &of.drift;
        let name = drift.resource.name.as_deref().unwrap_or_default();
        format!("{} {name} {}: {}", drift.class, drift.subject, drift.reason.as_ref().map_or("", |why| why.as_str()))
    };
    let mut lines: Vec<String> = drifts.iter().map(line).collect();
    lines.sort();
    let over = "over \"ddl\" of the cluster's parameter group `cpg`";
    assert_eq!(
        lines,
        [
            "changed c parameters.log_connections: in sync; set by the cluster's parameter group `cpg`".to_owned(),
            format!(
                "changed c-1 member_parameters.log_statement: in sync; set by the member's own parameter group `own`, {over}"
            ),
            "unverifiable c parameters.work_mem: not collected: rds:DescribeEngineDefaultClusterParameters was not called"
                .to_owned(),
        ]
    );
}
