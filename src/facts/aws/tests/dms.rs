//! The Database Migration Service.

use serde_json::{Value as Json, json};

use super::*;
use crate::model::Resource;

fn endpoint(values: Json) -> Resource {
    creates("aws_dms_endpoint.e", values).alone()
}

#[test]
fn a_replication_instance_that_omits_its_switches_has_them_off() {
    let instance = creates("aws_dms_replication_instance.r", json!({"replication_instance_id": "r"}))
        .unknown(json!({"auto_minor_version_upgrade": true, "multi_az": true, "publicly_accessible": true}))
        .alone();
    for fact in [AUTO_MINOR_VERSION_UPGRADE, MULTI_AZ, PUBLICLY_ACCESSIBLE, CUSTOMER_MANAGED_KEY, IS_REPLICA] {
        assert_eq!(state(&instance, fact), known(false), "{}", fact.def().name);
    }
}

#[test]
fn an_endpoint_is_encrypted_by_the_settings_of_its_engine() {
    let of = |values: Json| state(&endpoint(values), ENDPOINT_TLS);
    assert_eq!(of(json!({"engine_name": "postgres"})), known(false));
    assert_eq!(of(json!({"engine_name": "postgres", "ssl_mode": "none"})), known(false));
    assert_eq!(of(json!({"engine_name": "postgres", "ssl_mode": "require"})), known(true));
    // A Redis endpoint has no `ssl_mode` that counts.
    assert_eq!(of(json!({"engine_name": "redis", "ssl_mode": "none", "redis_settings": [{}]})), known(true));
    let plain = json!({"engine_name": "redis", "redis_settings": [{"ssl_security_protocol": "plaintext"}]});
    assert_eq!(of(plain), known(false));
    assert_eq!(of(json!({"engine_name": "kafka", "kafka_settings": [{"security_protocol": "sasl-ssl"}]})), known(true));
    let silent = of(json!({"engine_name": "kafka", "kafka_settings": [{"broker": "b"}]}));
    assert!(matches!(silent, FactState::Unknown(Unknown::NotCollected(_))), "{silent:?}");
    for engine in ["s3", "redshift", "dynamodb"] {
        assert!(matches!(of(json!({"engine_name": engine})), FactState::Missing(_)), "{engine}");
    }
}

#[test]
fn only_engines_that_may_serve_anybody_are_asked_whether_the_service_logs_in() {
    let of = |values: Json| state(&endpoint(values), ENDPOINT_AUTHENTICATION);
    assert_eq!(of(json!({"engine_name": "mongodb"})), known(true));
    assert_eq!(of(json!({"engine_name": "mongodb", "mongodb_settings": [{"auth_type": "no"}]})), known(false));
    assert_eq!(of(json!({"engine_name": "redis", "redis_settings": [{"auth_type": "auth-token"}]})), known(true));
    assert!(matches!(of(json!({"engine_name": "neptune"})), FactState::Unknown(_)));
    assert!(matches!(of(json!({"engine_name": "oracle"})), FactState::Missing(_)));
}

#[test]
fn what_is_not_known_yet_of_an_endpoint_is_not_guessed() {
    let block = json!({"engine_name": "mongodb", "mongodb_settings": [{"auth_source": "admin"}]});
    let unknown =
        creates("aws_dms_endpoint.e", block).unknown(json!({"mongodb_settings": [{"auth_type": true}]})).alone();
    assert_eq!(state(&unknown, ENDPOINT_AUTHENTICATION), AFTER_APPLY);
    let engine =
        creates("aws_dms_endpoint.e", json!({"ssl_mode": "none"})).refers("engine_name", &["local.e"], &[]).alone();
    assert_eq!(state(&engine, ENDPOINT_TLS), AFTER_APPLY);
}

#[test]
fn a_task_logs_what_its_settings_say_and_nothing_without_them() {
    let of = |settings: Option<Json>| {
        let values = settings.map_or(json!({}), |settings| json!({"replication_task_settings": settings.to_string()}));
        state(&creates("aws_dms_replication_task.t", values).alone(), REPLICATION_LOGS)
    };
    let component = |id: &str, severity: &str| json!({"Id": id, "Severity": format!("LOGGER_SEVERITY_{severity}")});
    let logging = |components: Json| Some(json!({"Logging": {"EnableLogging": true, "LogComponents": components}}));
    assert_eq!(of(None), FactState::Known(set(&[])));
    assert_eq!(of(Some(json!({"Logging": {"EnableLogging": false}}))), FactState::Known(set(&[])));
    let all = ["source_capture", "source_unload", "target_apply", "target_load"];
    assert_eq!(of(logging(json!([]))), FactState::Known(set(&all)));
    let some = json!([
        component("SOURCE_CAPTURE", "INFO"),
        component("SOURCE_UNLOAD", "DEFAULT"),
        component("TARGET_APPLY", "DETAILED_DEBUG"),
        component("TARGET_LOAD", "ERROR"),
    ]);
    assert_eq!(of(logging(some)), FactState::Known(set(&["source_unload", "target_apply"])));
    let broken = creates("aws_dms_replication_task.t", json!({"replication_task_settings": "{"})).alone();
    assert!(matches!(state(&broken, REPLICATION_LOGS), FactState::Unknown(Unknown::Invalid(_))));
}
