use serde_json::json;

use crate::facts::catalogue::*;
use crate::facts::testing::*;
use crate::facts::view::INHERITED;
use crate::model::{Before, ChangeAction, FactPath, FactState, SetBy, Unknown};

mod conditional;
mod copies;
mod network;
mod services;

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
fn a_key_that_the_plan_deletes_is_none_that_can_be_used() {
    let arn = "arn:aws:kms:r:1:key/K";
    let values = json!({"arn": arn, "key_id": "K", "is_enabled": true, "enable_key_rotation": true});
    let database = json!({"storage_encrypted": true, "kms_key_id": arn});
    let left = || updates("aws_db_instance.db", database.clone(), database.clone()).action(ChangeAction::NoOp);
    let enabled = |key: Sketch| state(&linked_one(&[key, left()], "aws_db_instance.db"), KEY_ENABLED);
    let kept = updates("aws_kms_key.k", values.clone(), values.clone()).action(ChangeAction::NoOp);
    assert_eq!(enabled(kept), known(true));
    assert_eq!(enabled(deletes("aws_kms_key.k", values.clone())), known(false));
    // Terraform forgets it; AWS does not.
    let forgotten = deletes("aws_kms_key.k", values.clone()).action(ChangeAction::Forget);
    assert!(matches!(enabled(forgotten), FactState::Unknown(_)));
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
fn a_new_member_is_watched_as_its_cluster_says_and_not_where_that_says_nothing() {
    let cluster = json!({"engine": "aurora-postgresql", "engine_version": "16.4", "cluster_identifier": "c"});
    let watched = |cluster: serde_json::Value| {
        let member = json!({"engine": "aurora-postgresql", "cluster_identifier": "c", "monitoring_interval": 0});
        let member =
            creates("aws_rds_cluster_instance.m", member).unknown(json!({"performance_insights_enabled": true}));
        let cluster = creates("aws_rds_cluster.c", cluster).refers(
            "performance_insights_kms_key_id",
            &["aws_kms_key.k.arn", "aws_kms_key.k"],
            &["aws_kms_key.k"],
        );
        let key = creates("aws_kms_key.k", json!({})).unknown(json!({"arn": true}));
        let member = linked_one(&[cluster, member, key], "aws_rds_cluster_instance.m");
        let of = |fact| member.facts.known(fact).cloned();
        [
            ENHANCED_MONITORING_SECONDS,
            PERFORMANCE_INSIGHTS,
            PERFORMANCE_INSIGHTS_RETENTION_DAYS,
            PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY,
        ]
        .map(of)
    };
    let mut on = cluster.clone();
    for (attribute, value) in [
        ("monitoring_interval", json!(60)),
        ("performance_insights_enabled", json!(true)),
        ("performance_insights_retention_period", json!(465)),
    ] {
        on[attribute] = value;
    }
    assert_eq!(watched(on), [Some(60.into()), Some(true.into()), Some(465.into()), Some(true.into())]);
    assert_eq!(watched(cluster), [Some(0.into()), Some(false.into()), None, None]);
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
    assert_eq!(state(&linked(std::slice::from_ref(&recorded))[0], MULTI_AZ), known(true));
    let leaving = deletes("aws_rds_cluster_instance.m", json!({"cluster_identifier": "c"}));
    let left = linked(&[recorded, leaving]);
    assert!(matches!(state(&left[0], MEMBER_COUNT), FactState::Unknown(_)));
}

#[test]
fn backups_of_a_new_database_are_copied_only_when_the_plan_says_so() {
    let main = creates("aws_db_instance.db", json!({"engine": "mysql", "backup_retention_period": 7}));
    assert_eq!(state(&linked_one(std::slice::from_ref(&main), "aws_db_instance.db"), BACKUPS_REPLICATED), known(false));
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
fn a_database_that_stays_as_it_is_had_the_parameters_that_its_group_had() {
    let group = |value: &str| json!({"name": "g", "family": "postgres16", "parameter": [{"name": "rds.force_ssl", "value": value}]});
    let values = json!({"engine": "postgres", "parameter_group_name": "g"});
    let unchanged = updates("aws_db_instance.db", values.clone(), values).action(ChangeAction::NoOp);
    let relaxed = updates("aws_db_parameter_group.g", group("1"), group("0"));
    let db = linked_one(&[unchanged.clone(), relaxed], "aws_db_instance.db");
    assert_eq!((before(&db, TLS_REQUIRED), state(&db, TLS_REQUIRED)), (known(true), known(false)));
    let same = updates("aws_db_parameter_group.g", group("1"), group("1")).action(ChangeAction::NoOp);
    let db = linked_one(&[unchanged, same], "aws_db_instance.db");
    assert_eq!((before(&db, TLS_REQUIRED), state(&db, TLS_REQUIRED)), (known(true), known(true)));
    assert_eq!(db.before, Before::Unchanged);
}

#[test]
fn a_database_that_leaves_a_group_had_the_parameters_of_the_group_that_it_leaves() {
    let of = |name: &str, value: &str| json!({"name": name, "family": "postgres16", "parameter": [{"name": "rds.force_ssl", "value": value}]});
    let moves = updates(
        "aws_db_instance.db",
        json!({"engine": "postgres", "parameter_group_name": "old"}),
        json!({"engine": "postgres", "parameter_group_name": "new"}),
    );
    let old = deletes("aws_db_parameter_group.old", of("old", "1"));
    let new = creates("aws_db_parameter_group.new", of("new", "0"));
    let db = linked_one(&[moves, old, new], "aws_db_instance.db");
    assert_eq!((before(&db, TLS_REQUIRED), state(&db, TLS_REQUIRED)), (known(true), known(false)));
}

#[test]
fn a_cluster_that_loses_a_member_was_spread_before() {
    let values = json!({"engine": "aurora-mysql", "cluster_identifier": "c"});
    let cluster = updates("aws_rds_cluster.c", values.clone(), values).action(ChangeAction::NoOp);
    let member = json!({"cluster_identifier": "c"});
    let stays = updates("aws_rds_cluster_instance.m[0]", member.clone(), member.clone()).action(ChangeAction::NoOp);
    let leaves = deletes("aws_rds_cluster_instance.m[1]", member);
    let cluster = linked_one(&[cluster, stays, leaves], "aws_rds_cluster.c");
    assert_eq!((before(&cluster, MULTI_AZ), state(&cluster, MULTI_AZ)), (known(true), known(false)));
    assert_eq!((before(&cluster, MEMBER_COUNT), state(&cluster, MEMBER_COUNT)), (known(2), known(1)));
}

#[test]
fn a_parameter_of_another_engine_is_missing_and_not_unknown() {
    let db = linked_one(&[db(json!({"engine": "postgres"}))], "aws_db_instance.db");
    assert_eq!(missing(&key(&db, PARAMETERS, "rds.tls10")), "another engine's parameter");
    assert!(matches!(key(&db, PARAMETERS, "max_connections"), FactState::Unknown(_)));
    let group = creates("aws_db_parameter_group.g", json!({"family": "mysql8.0"})).alone();
    assert_eq!(missing(&key(&group, PARAMETERS, "log_statement")), "another engine's parameter");
}

#[test]
fn a_member_has_the_parameters_of_its_own_group_and_the_cluster_those_of_its() {
    let parameters = |name: &str, value: &str| json!([{"name": name, "value": value}]);
    let own = creates(
        "aws_db_parameter_group.own",
        json!({"name": "own", "family": "aurora-mysql8.0", "parameter": parameters("general_log", "ON")}),
    );
    let clusters = creates(
        "aws_rds_cluster_parameter_group.all",
        json!({"name": "own", "family": "aurora-mysql8.0", "parameter": parameters("general_log", "0")}),
    );
    let of_graph = creates(
        "aws_neptune_parameter_group.graph",
        json!({"name": "graph", "family": "neptune1.3", "parameter": parameters("neptune_query_timeout", "1000")}),
    );
    let cluster = creates(
        "aws_rds_cluster.c",
        json!({"engine": "aurora-mysql", "cluster_identifier": "c", "db_cluster_parameter_group_name": "own"}),
    );
    let member = |address: &str, group: &str| {
        let own = json!({"engine": "aurora-mysql", "cluster_identifier": "c", "db_parameter_group_name": group,
            "parameter_group_name": group});
        creates(address, own)
    };
    let graph = creates(
        "aws_neptune_cluster_instance.g",
        json!({"engine": "neptune", "cluster_identifier": "g", "neptune_parameter_group_name": "graph"}),
    );
    let all = [
        own,
        clusters,
        of_graph,
        cluster,
        member("aws_rds_cluster_instance.m", "own"),
        member("aws_db_instance.n", "own"),
        member("aws_rds_cluster_instance.d", "default.aurora-mysql8.0"),
        member("aws_rds_cluster_instance.e", "elsewhere"),
        graph,
    ];
    let one = |id: &str| linked_one(&all, id);
    for id in ["aws_rds_cluster_instance.m", "aws_db_instance.n"] {
        assert_eq!(key(&one(id), MEMBER_PARAMETERS, "general_log"), known("1"), "{id}");
        assert_eq!(key(&one(id), MEMBER_PARAMETERS, "require_secure_transport"), known("0"), "{id}");
        let path = FactPath { before: false, fact: MEMBER_PARAMETERS, key: Some("general_log".into()) };
        let member = one(id);
        let origin = crate::facts::origin_of(&member, &path).expect("the parameter is set");
        assert_eq!(origin.resource.as_deref(), Some("aws_db_parameter_group.own"));
        assert_eq!(missing(&key(&member, MEMBER_PARAMETERS, "rds.force_ssl")), "another engine's parameter");
        assert_eq!(missing(&key(&member, PARAMETERS, "general_log")), "it is the cluster's, not its members'");
    }
    assert_eq!(key(&one("aws_rds_cluster.c"), PARAMETERS, "general_log"), known("0"));
    assert!(matches!(key(&one("aws_rds_cluster_instance.d"), MEMBER_PARAMETERS, "general_log"), FactState::Unknown(_)));
    assert_eq!(
        key(&one("aws_rds_cluster_instance.e"), MEMBER_PARAMETERS, "general_log"),
        FactState::Unknown(Unknown::NotCollected("`elsewhere` is not in this document".into()))
    );
    assert_eq!(key(&one("aws_neptune_cluster_instance.g"), MEMBER_PARAMETERS, "neptune_query_timeout"), known("1000"));
    let docdb = creates("aws_docdb_cluster_instance.m", json!({"engine": "docdb"})).alone();
    assert_eq!(missing(&state(&docdb, MEMBER_PARAMETERS)), "DocumentDB has parameter groups of clusters only");
}

#[test]
fn a_replica_runs_with_the_parameters_of_its_source() {
    let group = creates(
        "aws_db_parameter_group.own",
        json!({"name": "own", "family": "postgres16", "parameter": [
            {"name": "rds.force_ssl", "value": "0"}, {"name": "log_statement", "value": "ddl"}]}),
    );
    let source = creates(
        "aws_db_instance.main",
        json!({"identifier": "main", "engine": "postgres", "engine_version": "16", "parameter_group_name": "own"}),
    );
    let replica = creates("aws_db_instance.replica", json!({"replicate_source_db": "main"}))
        .unknown(json!({"parameter_group_name": true, "engine": true, "engine_version": true}));
    let joined = linked_one(&[group.clone(), source.clone(), replica.clone()], "aws_db_instance.replica");
    assert_eq!(state(&joined, TLS_REQUIRED), known(false));
    assert_eq!(key(&joined, PARAMETERS, "log_statement"), known("ddl"));
    // What is restored to a point in time has the default group.
    let restored = creates(
        "aws_db_instance.restored",
        json!({"engine": "postgres", "engine_version": "16",
            "restore_to_point_in_time": [{"source_db_instance_identifier": "main"}]}),
    )
    .unknown(json!({"parameter_group_name": true}));
    let joined = linked_one(&[group, source.clone(), restored], "aws_db_instance.restored");
    assert_eq!(state(&joined, TLS_REQUIRED), known(true));
    // Nor does anybody know what a group says that is elsewhere.
    let joined = linked_one(&[source, replica], "aws_db_instance.replica");
    assert!(matches!(state(&joined, TLS_REQUIRED), FactState::Unknown(_)));
    assert!(matches!(key(&joined, PARAMETERS, "log_statement"), FactState::Unknown(_)));
}

#[test]
fn a_reference_does_not_leave_the_instance_of_its_module() {
    let group = creates(
        "module.db[\"a\"].aws_db_parameter_group.this[0]",
        json!({"family": "postgres16", "parameter": [{"name": "rds.force_ssl", "value": "0"}]}),
    );
    let database = |key: &str| {
        creates(
            &format!("module.db[{key}].aws_db_instance.this"),
            json!({"engine": "postgres", "engine_version": "16"}),
        )
        .unknown(json!({"parameter_group_name": true}))
        .refers(
            "parameter_group_name",
            &["aws_db_parameter_group.this", "each.value"],
            &["module.db.aws_db_parameter_group.this"],
        )
    };
    let all = [group, database("\"a\""), database("\"b\"")];
    let tls = |key: &str| state(&linked_one(&all, &format!("module.db[{key}].aws_db_instance.this")), TLS_REQUIRED);
    assert_eq!(tls("\"a\""), known(false));
    assert!(matches!(tls("\"b\""), FactState::Unknown(_)), "{:?}", tls("\"b\""));
}

#[test]
fn a_plan_that_takes_the_password_back_says_so_though_the_secret_stays_recorded() {
    let with = |manages: serde_json::Value| {
        json!({"engine": "postgres", "manage_master_user_password": manages,
            "master_user_secret": [{"secret_arn": "arn:s", "secret_status": "active", "kms_key_id": "arn:k"}]})
    };
    let managed = |before: serde_json::Value, after: serde_json::Value| {
        let database = updates("aws_db_instance.db", with(before), with(after));
        state(&linked_one(&[database], "aws_db_instance.db"), MASTER_PASSWORD_MANAGED)
    };
    let null = serde_json::Value::Null;
    assert_eq!(managed(json!(true), null.clone()), known(false));
    assert_eq!(managed(json!(true), json!(false)), known(false));
    assert_eq!(managed(json!(true), json!(true)), known(true));
    // It is not read back, as after an import.
    assert_eq!(managed(null.clone(), null), known(true));
}

#[test]
fn a_cluster_that_does_not_ask_for_haste_waits_for_its_window() {
    for address in [
        "aws_rds_cluster.c",
        "aws_rds_cluster_instance.c",
        "aws_docdb_cluster.c",
        "aws_docdb_cluster_instance.c",
        "aws_neptune_cluster.c",
    ] {
        let values = json!({"engine": "aurora-postgresql", "apply_immediately": null});
        let updated = linked_one(&[updates(address, values.clone(), values)], address);
        assert_eq!(state(&updated, APPLY_IMMEDIATELY), known(false), "{address}");
    }
}
