use serde_json::json;

use crate::facts::catalogue::*;
use crate::facts::testing::*;
use crate::facts::view::INHERITED;
use crate::model::{FactPath, FactState, SetBy, Unknown};

fn db(after: serde_json::Value) -> Sketch {
    creates("aws_db_instance.db", after)
}

fn unresolved(state: &FactState) -> &str {
    match state {
        FactState::Unknown(Unknown::Unresolved(reason)) => reason.as_str(),
        other => panic!("{other:?} is not unresolved"),
    }
}

#[test]
fn a_database_has_the_parameters_of_the_group_that_it_names() {
    let group = creates(
        "aws_db_parameter_group.pg",
        json!({"name": "Prod", "family": "postgres14",
        "parameter": [{"name": "rds.force_ssl", "value": "1"}]}),
    );
    let named = db(json!({"engine": "postgres", "parameter_group_name": "prod"}));
    let db = linked_one(&[named, group], "aws_db_instance.db");
    assert_eq!(key(&db, PARAMETERS, "rds.force_ssl"), known("1"));
    assert_eq!(key(&db, PARAMETERS, "log_statement"), known("none"));
    assert_eq!(state(&db, TLS_REQUIRED), known(true));
    let path = FactPath { before: false, fact: TLS_REQUIRED, key: None };
    let origin = crate::facts::origin_of(&db, &path).expect("the fact is there");
    assert_eq!(origin.resource.as_deref(), Some("aws_db_parameter_group.pg"));
    assert_eq!(origin.set_by, SetBy::Inherited);
}

#[test]
fn a_group_elsewhere_is_unknown_and_a_default_group_is_the_engines() {
    let elsewhere = linked_one(&[db(json!({"engine": "postgres", "parameter_group_name": "x"}))], "aws_db_instance.db");
    assert_eq!(
        state(&elsewhere, TLS_REQUIRED),
        FactState::Unknown(Unknown::NotCollected("`x` is not in this document".into()))
    );
    let default = db(json!({"engine": "postgres", "parameter_group_name": "default.postgres14"}));
    assert_eq!(state(&linked_one(&[default], "aws_db_instance.db"), TLS_REQUIRED), known(false));
    let omitted =
        db(json!({"engine": "postgres", "engine_version": "16"})).unknown(json!({"parameter_group_name": true}));
    assert_eq!(state(&linked_one(&[omitted], "aws_db_instance.db"), TLS_REQUIRED), known(true));
    let unversioned =
        db(json!({"engine": "postgres"})).unknown(json!({"parameter_group_name": true, "engine_version": true}));
    assert!(matches!(state(&linked_one(&[unversioned], "aws_db_instance.db"), TLS_REQUIRED), FactState::Unknown(_)));
}

#[test]
fn equal_names_of_instance_and_cluster_groups_are_told_apart() {
    let of_instances = creates(
        "aws_db_parameter_group.g",
        json!({"name": "g", "family": "aurora-postgresql16",
        "parameter": [{"name": "rds.force_ssl", "value": "0"}]}),
    );
    let of_clusters = creates(
        "aws_rds_cluster_parameter_group.g",
        json!({"name": "g", "family": "aurora-postgresql16",
        "parameter": [{"name": "rds.force_ssl", "value": "1"}]}),
    );
    let cluster =
        creates("aws_rds_cluster.c", json!({"engine": "aurora-postgresql", "db_cluster_parameter_group_name": "g"}));
    assert_eq!(
        state(&linked_one(&[of_instances, of_clusters, cluster], "aws_rds_cluster.c"), TLS_REQUIRED),
        known(true)
    );
}

#[test]
fn instances_are_joined_by_the_key_that_both_sides_share() {
    let group = |key: &str, value: &str| {
        creates(
            &format!("aws_db_parameter_group.pg[{key}]"),
            json!({"family": "postgres16",
            "parameter": [{"name": "rds.force_ssl", "value": value}]}),
        )
    };
    let with_key = |key: &str| {
        creates(&format!("aws_db_instance.db[{key}]"), json!({"engine": "postgres"})).refers(
            "parameter_group_name",
            &["aws_db_parameter_group.pg.name", "aws_db_parameter_group.pg", "each.key"],
            &["aws_db_parameter_group.pg"],
        )
    };
    let all = [group("\"a\"", "1"), group("\"b\"", "0"), with_key("\"a\""), with_key("\"b\""), with_key("\"c\"")];
    assert_eq!(state(&linked_one(&all, "aws_db_instance.db[\"a\"]"), TLS_REQUIRED), known(true));
    assert_eq!(state(&linked_one(&all, "aws_db_instance.db[\"b\"]"), TLS_REQUIRED), known(false));
    let ambiguous = linked_one(&all, "aws_db_instance.db[\"c\"]");
    assert_eq!(
        unresolved(&state(&ambiguous, TLS_REQUIRED)),
        "it may be any of `aws_db_parameter_group.pg[\"a\"]`, `aws_db_parameter_group.pg[\"b\"]`"
    );
}

#[test]
fn a_module_joins_within_its_own_instance() {
    let of = |key: &str, value: &str| {
        let module = format!("module.db[\"{key}\"]");
        [
            creates(
                &format!("{module}.aws_db_parameter_group.this[0]"),
                json!({"family": "postgres16",
                "parameter": [{"name": "rds.force_ssl", "value": value}]}),
            ),
            creates(&format!("{module}.aws_db_instance.this[0]"), json!({"engine": "postgres"})).refers(
                "parameter_group_name",
                &["aws_db_parameter_group.this.name", "aws_db_parameter_group.this"],
                &["module.db.aws_db_parameter_group.this"],
            ),
        ]
    };
    let all = [of("a", "1"), of("b", "0")].concat();
    assert_eq!(state(&linked_one(&all, "module.db[\"a\"].aws_db_instance.this[0]"), TLS_REQUIRED), known(true));
    assert_eq!(state(&linked_one(&all, "module.db[\"b\"].aws_db_instance.this[0]"), TLS_REQUIRED), known(false));
}

#[test]
fn a_reference_through_a_variable_is_followed_to_its_one_resource() {
    let key = creates("aws_kms_key.db", json!({"enable_key_rotation": true}));
    let db = creates("module.db.aws_db_instance.this", json!({"storage_encrypted": true})).refers(
        "kms_key_id",
        &["var.kms_key_id"],
        &["aws_kms_key.db"],
    );
    let db = linked_one(&[key, db], "module.db.aws_db_instance.this");
    assert_eq!(state(&db, CUSTOMER_MANAGED_KEY), known(true));
    assert_eq!(state(&db, KEY_ROTATION), known(true));
    assert_eq!(state(&db, KEY_ENABLED), known(true));
}

#[test]
fn a_recorded_key_that_the_document_holds_is_the_customers() {
    let key = records("aws_kms_key.k", json!({"arn": "arn:aws:kms:r:1:key/K", "key_id": "K", "is_enabled": false}));
    let db = records("aws_db_instance.db", json!({"storage_encrypted": true, "kms_key_id": "arn:aws:kms:r:1:key/K"}));
    let db = linked_one(&[db, key], "aws_db_instance.db");
    assert_eq!(state(&db, CUSTOMER_MANAGED_KEY), known(true));
    assert_eq!(state(&db, KEY_ROTATION), known(false));
    assert_eq!(state(&db, KEY_ENABLED), known(false));
}

#[test]
fn a_key_is_found_behind_its_alias_and_no_key_has_no_rotation() {
    let key = creates("aws_kms_key.k", json!({"enable_key_rotation": true}));
    let alias = creates("aws_kms_alias.a", json!({"name": "alias/db"})).refers(
        "target_key_id",
        &["aws_kms_key.k.key_id"],
        &["aws_kms_key.k"],
    );
    let by_alias = db(json!({"storage_encrypted": true})).refers(
        "kms_key_id",
        &["aws_kms_alias.a.target_key_arn"],
        &["aws_kms_alias.a"],
    );
    let by_alias = linked_one(&[key, alias, by_alias], "aws_db_instance.db");
    assert_eq!(state(&by_alias, KEY_ROTATION), known(true));
    let plain = linked_one(
        &[db(json!({"storage_encrypted": true})).unknown(json!({"kms_key_id": true}))],
        "aws_db_instance.db",
    );
    assert_eq!(missing(&state(&plain, KEY_ROTATION)), "the storage has no customer managed key");
}

#[test]
fn a_replica_takes_over_what_its_source_has() {
    let main = creates(
        "aws_db_instance.main",
        json!({"engine": "mysql", "engine_version": "8.0.36", "storage_encrypted": true,
        "port": 3307, "username": "dba", "backup_retention_period": 7}),
    )
    .unknown(json!({"parameter_group_name": true, "kms_key_id": true}));
    let replica = creates("aws_db_instance.r", json!({"instance_class": "db.t4g.micro"})).refers(
        "replicate_source_db",
        &["aws_db_instance.main.identifier", "aws_db_instance.main"],
        &["aws_db_instance.main"],
    );
    let second = creates("aws_db_instance.rr", json!({})).refers(
        "replicate_source_db",
        &["aws_db_instance.r.arn"],
        &["aws_db_instance.r"],
    );
    let all = linked(&[second, replica, main]);
    for replica in all.iter().filter(|resource| &*resource.id != "aws_db_instance.main") {
        for (fact, expected) in [
            (ENGINE, known("mysql")),
            (ENGINE_MAJOR_VERSION, known("8.0")),
            (ENCRYPTED_AT_REST, known(true)),
            (CUSTOMER_MANAGED_KEY, known(false)),
            (PORT, known(3307)),
            (MASTER_USERNAME, known("dba")),
            (TLS_REQUIRED, known(false)),
            (DEFAULT_PARAMETER_GROUP, known(true)),
            (BACKUP_RETENTION_DAYS, known(0)),
            (IS_REPLICA, known(true)),
        ] {
            assert_eq!(state(replica, fact), expected, "{} of {}", fact.def().name, replica.id);
        }
        assert_eq!(missing(&state(replica, KEY_ROTATION)), "the storage has no customer managed key");
        assert_eq!(key(replica, PARAMETERS, "require_secure_transport"), known("0"));
    }
}

#[test]
fn replicas_that_replicate_each_other_are_left_unknown() {
    let a = creates("aws_db_instance.a", json!({"identifier": "a", "replicate_source_db": "b"}));
    let b = creates("aws_db_instance.b", json!({"identifier": "b", "replicate_source_db": "a"}));
    for replica in linked(&[a, b]) {
        assert_eq!(state(&replica, ENCRYPTED_AT_REST), INHERITED);
    }
}

#[test]
fn a_database_restored_from_a_snapshot_of_the_plan_is_encrypted_as_its_database() {
    let main =
        creates("aws_db_instance.main", json!({"identifier": "main", "engine": "mysql", "storage_encrypted": true}));
    let snapshot =
        creates("aws_db_snapshot.s", json!({"db_instance_identifier": "main", "db_snapshot_identifier": "s"}))
            .unknown(json!({"encrypted": true, "engine": true, "kms_key_id": true}));
    let restored = creates("aws_db_instance.r", json!({"snapshot_identifier": "s"}));
    let all = linked(&[restored, snapshot, main]);
    for resource in &all {
        assert_eq!(state(resource, ENCRYPTED_AT_REST), known(true), "{}", resource.id);
        assert_eq!(state(resource, ENGINE), known("mysql"), "{}", resource.id);
    }
}

#[test]
fn members_are_counted_and_take_their_clusters_version() {
    let cluster =
        creates("aws_rds_cluster.c", json!({"engine": "aurora-mysql", "engine_version": "8.0.mysql_aurora.3.08.0"}))
            .unknown(json!({"cluster_identifier": true}));
    let member = |index: usize| {
        creates(&format!("aws_rds_cluster_instance.m[{index}]"), json!({"engine": "aurora-mysql"}))
            .unknown(json!({"engine_version": true, "availability_zone": true}))
            .refers("cluster_identifier", &["aws_rds_cluster.c.id", "aws_rds_cluster.c"], &["aws_rds_cluster.c"])
    };
    let two = linked(&[cluster.clone(), member(0), member(1)]);
    assert_eq!(state(&two[0], MEMBER_COUNT), known(2));
    assert_eq!(state(&two[0], MULTI_AZ), known(true));
    assert_eq!(state(&two[1], ENGINE_VERSION), known("8.0.mysql_aurora.3.08.0"));
    let one = linked(&[cluster.clone(), member(0)]);
    assert_eq!(state(&one[0], MULTI_AZ), known(false));
    let none = linked(&[cluster]);
    assert_eq!(
        state(&none[0], MULTI_AZ),
        FactState::Unknown(Unknown::NotCollected("the cluster's members may be declared elsewhere".into()))
    );
}

#[test]
fn members_that_all_choose_one_zone_are_not_spread() {
    let cluster = creates("aws_rds_cluster.c", json!({"engine": "aurora-mysql", "cluster_identifier": "c"}));
    let member = |index: usize, zone: &str| {
        creates(
            &format!("aws_rds_cluster_instance.m[{index}]"),
            json!({"cluster_identifier": "c", "availability_zone": zone}),
        )
    };
    let of = |zones: [&str; 2]| {
        let all = linked(&[cluster.clone(), member(0, zones[0]), member(1, zones[1])]);
        state(&all[0], MULTI_AZ)
    };
    assert_eq!(of(["eu-west-1a", "eu-west-1a"]), known(false));
    assert_eq!(of(["eu-west-1a", "eu-west-1b"]), known(true));
}

#[test]
fn members_that_leave_do_not_count_and_recorded_ones_do_where_none_is_declared() {
    let recorded = records(
        "aws_rds_cluster.c",
        json!({"engine": "aurora-mysql", "cluster_identifier": "c", "cluster_members": ["x", "y"]}),
    );
    assert_eq!(state(&linked(&[recorded.clone()])[0], MULTI_AZ), known(true));
    let leaving = deletes("aws_rds_cluster_instance.m", json!({"cluster_identifier": "c"}));
    let left = linked(&[recorded, leaving]);
    assert!(matches!(state(&left[0], MEMBER_COUNT), FactState::Unknown(_)));
}

#[test]
fn ingress_is_the_union_of_all_rules_that_reach_the_port() {
    let group = creates(
        "aws_security_group.db",
        json!({"ingress": [
        {"protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_blocks": ["10.0.0.0/8"], "ipv6_cidr_blocks": []},
        {"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["192.0.2.0/24"], "ipv6_cidr_blocks": []},
        {"protocol": "udp", "from_port": 0, "to_port": 65535, "cidr_blocks": ["198.51.100.0/24"]}]}),
    );
    let rule = |name: &str, values: serde_json::Value| {
        creates(&format!("aws_security_group_rule.{name}"), values).refers(
            "security_group_id",
            &["aws_security_group.db.id", "aws_security_group.db"],
            &["aws_security_group.db"],
        )
    };
    let all_ports = rule(
        "all",
        json!({"type": "ingress", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}),
    );
    let egress = rule(
        "out",
        json!({"type": "egress", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["203.0.113.0/24"]}),
    );
    let single = creates(
        "aws_vpc_security_group_ingress_rule.v6",
        json!({"ip_protocol": "tcp", "from_port": 5000, "to_port": 6000,
        "cidr_ipv6": "2001:DB8::/32"}),
    )
    .refers("security_group_id", &["aws_security_group.db.id"], &["aws_security_group.db"]);
    let db = db(json!({"engine": "postgres"})).unknown(json!({"port": true})).refers(
        "vpc_security_group_ids",
        &["aws_security_group.db.id", "aws_security_group.db"],
        &["aws_security_group.db"],
    );
    let db = linked_one(&[db, group, all_ports, egress, single], "aws_db_instance.db");
    assert_eq!(state(&db, INGRESS_CIDRS), FactState::Known(set(&["0.0.0.0/0", "10.0.0.0/8", "2001:db8::/32"])));
}

#[test]
fn ingress_is_known_in_part_when_a_group_or_a_range_is_not_known() {
    let group = creates(
        "aws_security_group.db",
        json!({"id": "sg-1", "ingress": [
        {"protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_blocks": ["10.0.0.0/8"]}]}),
    );
    let with = |groups: serde_json::Value, group: &Sketch| {
        let db = db(json!({"engine": "postgres", "port": 5432, "vpc_security_group_ids": groups}));
        state(&linked_one(&[db, group.clone()], "aws_db_instance.db"), INGRESS_CIDRS)
    };
    assert_eq!(with(json!(["sg-1"]), &group), FactState::Known(set(&["10.0.0.0/8"])));
    assert_eq!(
        with(json!(["sg-1", "sg-2"]), &group),
        FactState::Partial(set(&["10.0.0.0/8"]), Unknown::NotCollected("`sg-2` is not in this document".into()))
    );
    let partly = group.clone().unknown(json!({"ingress": [{"ipv6_cidr_blocks": [true]}]}));
    assert_eq!(with(json!(["sg-1"]), &partly), FactState::Partial(set(&["10.0.0.0/8"]), Unknown::KnownAfterApply));
    assert!(matches!(with(json!([]), &group), FactState::Unknown(Unknown::NotCollected(_))));
}

#[test]
fn groups_that_come_in_by_a_variable_may_not_be_all_of_them() {
    let group = creates("aws_security_group.db", json!({"ingress": []}));
    let db = db(json!({"engine": "postgres", "port": 5432})).refers(
        "vpc_security_group_ids",
        &["aws_security_group.db.id", "var.more"],
        &["aws_security_group.db"],
    );
    assert_eq!(
        state(&linked_one(&[db, group], "aws_db_instance.db"), INGRESS_CIDRS),
        FactState::Unknown(Unknown::KnownAfterApply)
    );
}

#[test]
fn a_rule_that_may_belong_to_any_group_leaves_all_in_doubt() {
    let group = creates("aws_security_group.db", json!({"id": "sg-1", "ingress": []}));
    let stray = creates(
        "aws_security_group_rule.r",
        json!({"type": "ingress", "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}),
    )
    .refers("security_group_id", &["local.group"], &[]);
    let db = db(json!({"engine": "postgres", "port": 5432, "vpc_security_group_ids": ["sg-1"]}));
    assert!(matches!(
        state(&linked_one(&[db.clone(), group.clone(), stray], "aws_db_instance.db"), INGRESS_CIDRS),
        FactState::Unknown(_)
    ));
    let elsewhere = creates(
        "aws_security_group_rule.r",
        json!({"type": "ingress", "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"],
        "security_group_id": "sg-9"}),
    );
    assert_eq!(
        state(&linked_one(&[db, group, elsewhere], "aws_db_instance.db"), INGRESS_CIDRS),
        FactState::Known(set(&[]))
    );
}

/// A subnet group over all instances of `aws_subnet.s`, with one public and one private subnet.
fn subnets() -> Vec<Sketch> {
    let route_table =
        |name: &str, route: serde_json::Value| creates(&format!("aws_route_table.{name}"), json!({"route": [route]}));
    let tied = |index: usize, table: &str| {
        creates(&format!("aws_route_table_association.a[{index}]"), json!({}))
            .refers("subnet_id", &["aws_subnet.s.id", "aws_subnet.s", "count.index"], &["aws_subnet.s"])
            .refers("route_table_id", &[&format!("{table}.id"), table], &[table])
    };
    let subnet =
        |index: usize, zone: &str| creates(&format!("aws_subnet.s[{index}]"), json!({"availability_zone": zone}));
    vec![
        subnet(0, "eu-west-1a"),
        subnet(1, "eu-west-1b"),
        route_table("public", json!({"cidr_block": "0.0.0.0/0"}))
            .unknown(json!({"route": [{"gateway_id": true}]}))
            .configured("route", &["aws_internet_gateway.g.id"], &["aws_internet_gateway.g"]),
        route_table("private", json!({"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-1", "gateway_id": ""})),
        tied(0, "aws_route_table.public"),
        tied(1, "aws_route_table.private"),
        creates("aws_db_subnet_group.g", json!({"name": "g"})).refers(
            "subnet_ids",
            &["aws_subnet.s"],
            &["aws_subnet.s"],
        ),
        db(json!({"engine": "postgres", "db_subnet_group_name": "g"})),
    ]
}

#[test]
fn a_subnet_is_public_when_its_route_table_leads_to_an_internet_gateway() {
    let all = subnets();
    let db = linked_one(&all, "aws_db_instance.db");
    assert_eq!(state(&db, SUBNETS_WITH_INTERNET_ROUTE), FactState::Known(set(&["aws_subnet.s[0]"])));
    let group = linked_one(&all, "aws_db_subnet_group.g");
    assert_eq!(state(&group, SUBNET_ZONES), FactState::Known(set(&["eu-west-1a", "eu-west-1b"])));
}

#[test]
fn a_subnet_without_a_route_table_of_its_own_is_not_known_to_be_private() {
    let mut all = subnets();
    all.retain(|sketch| &*sketch.map().ties.place.address != "aws_route_table_association.a[1]");
    let state = state(&linked_one(&all, "aws_db_instance.db"), SUBNETS_WITH_INTERNET_ROUTE);
    assert!(matches!(state, FactState::Partial(known, Unknown::NotCollected(_)) if known == set(&["aws_subnet.s[0]"])));
}

#[test]
fn a_route_of_its_own_makes_a_table_public() {
    let mut all = subnets();
    all.push(creates("aws_route.out", json!({"destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"})).refers(
        "route_table_id",
        &["aws_route_table.private.id"],
        &["aws_route_table.private"],
    ));
    let db = linked_one(&all, "aws_db_instance.db");
    assert_eq!(state(&db, SUBNETS_WITH_INTERNET_ROUTE), FactState::Known(set(&["aws_subnet.s[0]", "aws_subnet.s[1]"])));
}

#[test]
fn backups_of_a_new_database_are_copied_only_when_the_plan_says_so() {
    let main = creates("aws_db_instance.db", json!({"engine": "mysql", "backup_retention_period": 7}));
    assert_eq!(state(&linked_one(&[main.clone()], "aws_db_instance.db"), BACKUPS_REPLICATED), known(false));
    let replication = creates("aws_db_instance_automated_backups_replication.r", json!({})).refers(
        "source_db_instance_arn",
        &["aws_db_instance.db.arn"],
        &["aws_db_instance.db"],
    );
    assert_eq!(state(&linked_one(&[main, replication], "aws_db_instance.db"), BACKUPS_REPLICATED), known(true));
    let recorded = records("aws_db_instance.db", json!({"engine": "mysql", "backup_retention_period": 7}));
    assert!(matches!(state(&linked_one(&[recorded], "aws_db_instance.db"), BACKUPS_REPLICATED), FactState::Unknown(_)));
}

#[test]
fn a_proxy_is_fine_when_every_secret_is_rotated() {
    let secret = |name: &str| creates(&format!("aws_secretsmanager_secret.{name}"), json!({"name": name}));
    let rotation = creates("aws_secretsmanager_secret_rotation.a", json!({})).refers(
        "secret_id",
        &["aws_secretsmanager_secret.a.id"],
        &["aws_secretsmanager_secret.a"],
    );
    let proxy = |addresses: &[&str], resources: &[&str]| {
        creates("aws_db_proxy.p", json!({"auth": [{"iam_auth": "REQUIRED"}]}))
            .unknown(json!({"auth": [{"secret_arn": true}]}))
            .configured("auth", addresses, resources)
    };
    let one = proxy(&["aws_secretsmanager_secret.a.arn"], &["aws_secretsmanager_secret.a"]);
    let all = [secret("a"), secret("b"), rotation.clone(), one];
    assert_eq!(state(&linked_one(&all, "aws_db_proxy.p"), SECRET_ROTATION), known(true));
    let both = proxy(
        &["aws_secretsmanager_secret.a.arn", "aws_secretsmanager_secret.b.arn"],
        &["aws_secretsmanager_secret.a", "aws_secretsmanager_secret.b"],
    );
    assert_eq!(
        state(&linked_one(&[secret("a"), secret("b"), rotation, both], "aws_db_proxy.p"), SECRET_ROTATION),
        known(false)
    );
    let managed = proxy(&["aws_db_instance.db.master_user_secret", "aws_db_instance.db"], &["aws_db_instance.db"]);
    let db = db(json!({"engine": "mysql", "manage_master_user_password": true}));
    assert_eq!(state(&linked_one(&[managed, db], "aws_db_proxy.p"), SECRET_ROTATION), known(true));
}

#[test]
fn equal_names_in_two_regions_are_joined_by_region() {
    let in_region = |region: &str| {
        let settings = crate::source::terraform::ProviderSettings { region: Some(region.into()), ..Default::default() };
        let value = if region == "eu-west-1" { "1" } else { "0" };
        [
            creates(
                &format!("module.{region}.aws_db_parameter_group.g"),
                json!({"name": "g", "family": "postgres16",
                "parameter": [{"name": "rds.force_ssl", "value": value}]}),
            )
            .provider(settings.clone()),
            creates(&format!("aws_db_instance.{region}"), json!({"engine": "postgres", "parameter_group_name": "g"}))
                .provider(settings),
        ]
    };
    let all = [in_region("eu-west-1"), in_region("us-east-1")].concat();
    assert_eq!(state(&linked_one(&all, "aws_db_instance.eu-west-1"), TLS_REQUIRED), known(true));
    assert_eq!(state(&linked_one(&all, "aws_db_instance.us-east-1"), TLS_REQUIRED), known(false));
}

#[test]
fn resources_come_out_in_the_same_order_however_they_go_in() {
    let mut all = subnets();
    let forth = linked(&all);
    all.reverse();
    assert_eq!(linked(&all), forth);
    assert!(forth.is_sorted_by(|left, right| left.id < right.id));
}
