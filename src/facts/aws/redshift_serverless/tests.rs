use serde_json::{Value as Json, json};

use crate::facts::catalogue::*;
use crate::facts::testing::*;
use crate::model::{FactState, Kind, Unknown};

const KEY_ARN: &str = "arn:aws:kms:eu-west-1:111122223333:key/abc";

fn namespace(after: Json) -> Sketch {
    creates("aws_redshiftserverless_namespace.n", after)
}

fn workgroup(after: Json) -> Sketch {
    creates("aws_redshiftserverless_workgroup.w", after)
}

#[test]
fn a_namespace_that_omits_everything_gets_what_the_provider_sends() {
    let computed = json!({"kms_key_id": true, "admin_username": true});
    let namespace = namespace(json!({"namespace_name": "n", "db_name": "dev"})).unknown(computed).alone();
    assert_eq!(namespace.kind, Kind::Namespace);
    for (fact, expected) in [
        (ENGINE, known("redshift-serverless")),
        (DATABASE_NAME, known("dev")),
        (ENCRYPTED_AT_REST, known(true)),
        (CUSTOMER_MANAGED_KEY, known(false)),
        (MASTER_USERNAME, known("admin")),
        (MASTER_PASSWORD_MANAGED, known(false)),
        (MASTER_PASSWORD_IN_STATE, known(false)),
        (LOG_EXPORTS, FactState::Known(set(&[]))),
        (IAM_ROLES, FactState::Known(set(&[]))),
    ] {
        assert_eq!(state(&namespace, fact), expected, "{}", fact.def().name);
    }
    assert_eq!(missing(&state(&namespace, STORAGE_KEY)), "no key of the key service encrypts it");
}

#[test]
fn the_word_for_a_key_of_the_providers_own_names_no_key() {
    let unseen = records("aws_redshiftserverless_namespace.n", json!({"kms_key_id": "AWS_OWNED_KMS_KEY"})).alone();
    assert_eq!(state(&unseen, CUSTOMER_MANAGED_KEY), known(false));
    assert_eq!(missing(&state(&unseen, STORAGE_KEY)), "no key of the key service encrypts it");
    let own = namespace(json!({"kms_key_id": KEY_ARN})).alone();
    assert_eq!((state(&own, CUSTOMER_MANAGED_KEY), state(&own, STORAGE_KEY)), (known(true), known(KEY_ARN)));
}

#[test]
fn the_name_of_the_administrator_is_a_secret_of_plans() {
    let hidden = namespace(json!({"admin_username": null})).sensitive(json!({"admin_username": true})).alone();
    assert_eq!(state(&hidden, MASTER_USERNAME), FactState::Unknown(Unknown::Sensitive));
}

#[test]
fn a_workgroup_sets_its_parameters_itself() {
    let with = |parameters: Json| workgroup(json!({"workgroup_name": "w", "config_parameter": parameters})).alone();
    let parameter = |key: &str, value: &str| json!({"parameter_key": key, "parameter_value": value});
    let on = with(json!([parameter("require_ssl", "true"), parameter("enable_user_activity_logging", "FALSE")]));
    assert_eq!(state(&on, TLS_REQUIRED), known(true));
    assert_eq!(key(&on, PARAMETERS, "enable_user_activity_logging"), known("0"));
    assert_eq!(state(&with(json!([parameter("require_ssl", "false")])), TLS_REQUIRED), known(false));
    assert!(matches!(state(&with(json!([])), TLS_REQUIRED), FactState::Unknown(Unknown::NotCollected(_))));
    let open = workgroup(json!({"config_parameter": [{"parameter_key": "require_ssl"}]}))
        .unknown(json!({"config_parameter": [{"parameter_value": true}]}));
    assert_eq!(state(&open.alone(), TLS_REQUIRED), FactState::Unknown(Unknown::KnownAfterApply));
}

#[test]
fn a_workgroup_is_reached_by_its_own_security_groups_and_subnets() {
    let group = creates(
        "aws_security_group.s",
        json!({"ingress": [
        {"from_port": 5439, "to_port": 5439, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"]},
        {"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}]}),
    )
    .unknown(json!({"id": true}));
    let subnet = creates("aws_subnet.a", json!({"availability_zone": "eu-west-1a"})).unknown(json!({"id": true}));
    let table = creates("aws_route_table.t", json!({"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]}))
        .unknown(json!({"id": true}));
    let tie = creates("aws_route_table_association.t", json!({}))
        .refers("subnet_id", &["aws_subnet.a.id"], &["aws_subnet.a"])
        .refers("route_table_id", &["aws_route_table.t.id"], &["aws_route_table.t"]);
    let workgroup = workgroup(json!({"workgroup_name": "w"}))
        .unknown(json!({"port": true}))
        .refers("security_group_ids", &["aws_security_group.s.id"], &["aws_security_group.s"])
        .refers("subnet_ids", &["aws_subnet.a.id"], &["aws_subnet.a"]);
    let workgroup = linked_one(&[group, subnet, table, tie, workgroup], "aws_redshiftserverless_workgroup.w");
    assert_eq!((state(&workgroup, PORT), state(&workgroup, PUBLICLY_ACCESSIBLE)), (known(5439), known(false)));
    assert_eq!(state(&workgroup, ROUTES_THROUGH_NETWORK), known(false));
    assert_eq!(state(&workgroup, INGRESS_CIDRS), FactState::Known(set(&["10.0.0.0/8"])));
    assert_eq!(state(&workgroup, SUBNET_ZONES), FactState::Known(set(&["eu-west-1a"])));
    assert_eq!(state(&workgroup, SUBNETS_WITH_INTERNET_ROUTE), FactState::Known(set(&["aws_subnet.a"])));
}
