use serde_json::json;

use super::*;
use crate::facts::catalogue::{PARAMETER_GROUP_FAMILY, PARAMETERS, STATIC_PARAMETERS_CHANGED};
use crate::facts::testing::{creates, key, known, set, state, updates};

fn group(family: &str, parameters: Json) -> crate::facts::testing::Sketch {
    creates("aws_db_parameter_group.g", json!({"family": family, "parameter": parameters}))
}

#[test]
fn names_and_values_are_lower_case_and_switches_are_digits() {
    let group = group(
        "mysql8.0",
        json!([{"name": "Require_Secure_Transport", "value": "ON"}, {"name": "binlog_format", "value": "ROW"},
            {"name": "log_statement", "value": "OFF"}]),
    )
    .alone();
    assert_eq!(key(&group, PARAMETERS, "require_secure_transport"), known("1"));
    assert_eq!(key(&group, PARAMETERS, "binlog_format"), known("row"));
    assert_eq!(key(&group, PARAMETERS, "log_statement"), known("off"));
    assert_eq!(key(&group, PARAMETERS, "max_connections"), FactState::Unknown(ENGINE_DEFAULT));
    assert_eq!(state(&group, PARAMETER_GROUP_FAMILY), known("mysql8.0"));
}

#[test]
fn families_say_engine_and_major_version() {
    for (family, engine, major) in [
        ("postgres16", "postgres", Some("16")),
        ("postgres9.6", "postgres", Some("9.6")),
        ("aurora-postgresql17", "aurora-postgresql", Some("17")),
        ("aurora-mysql8.0", "aurora-mysql", Some("3")),
        ("aurora5.6", "aurora", Some("1")),
        ("mariadb10.11", "mariadb", Some("10.11")),
        ("sqlserver-ee-15.0", "sqlserver-ee", Some("15.0")),
        ("oracle-se2-19", "oracle-se2", Some("19")),
        ("docdb5.0", "docdb", Some("5.0")),
        ("neptune1.3", "neptune", Some("1.3")),
        ("neptune1", "neptune", Some("1")),
        ("custom", "custom", None),
    ] {
        assert_eq!(of_family(family), (engine.to_owned(), major.map(str::to_owned)), "{family}");
    }
}

#[test]
fn documented_defaults_depend_on_the_major_version() {
    for (family, name, expected) in [
        ("postgres14", "rds.force_ssl", "0"),
        ("postgres15", "rds.force_ssl", "1"),
        ("postgres9.6", "rds.force_ssl", "0"),
        ("aurora-postgresql16", "rds.force_ssl", "0"),
        ("aurora-postgresql17", "rds.force_ssl", "1"),
        ("mariadb10.11", "require_secure_transport", "0"),
        ("mariadb11.4", "require_secure_transport", "0"),
        ("mariadb11.8", "require_secure_transport", "1"),
        ("mysql8.4", "require_secure_transport", "0"),
        ("sqlserver-se-15.0", "rds.force_ssl", "0"),
        ("docdb5.0", "tls", "enabled"),
    ] {
        assert_eq!(key(&group(family, json!([])).alone(), PARAMETERS, name), known(expected), "{family}");
    }
}

#[test]
fn a_group_overrides_the_default_and_unknown_names_may_override_any() {
    let own = group("postgres16", json!([{"name": "rds.force_ssl", "value": "0"}])).alone();
    assert_eq!(key(&own, PARAMETERS, "rds.force_ssl"), known("0"));
    let unknown = group("postgres16", json!([])).refers("parameter", &["var.parameters"], &[]).alone();
    assert_eq!(key(&unknown, PARAMETERS, "rds.force_ssl"), FactState::Unknown(Unknown::KnownAfterApply));
}

#[test]
fn an_unknown_or_sensitive_value_is_not_the_default() {
    let group = group("postgres16", json!([{"name": "rds.force_ssl"}, {"name": "log_statement", "value": null}]))
        .unknown(json!({"parameter": [{"value": true}, {}]}))
        .sensitive(json!({"parameter": [{}, {"value": true}]}))
        .alone();
    assert_eq!(key(&group, PARAMETERS, "rds.force_ssl"), FactState::Unknown(Unknown::KnownAfterApply));
    assert_eq!(key(&group, PARAMETERS, "log_statement"), FactState::Unknown(Unknown::Sensitive));
}

#[test]
fn an_update_names_the_static_parameters_that_it_changes() {
    let of = |before: Json, after: Json| {
        let wrap = |parameters: Json| json!({"family": "postgres16", "parameter": parameters});
        state(&updates("aws_db_parameter_group.g", wrap(before), wrap(after)).alone(), STATIC_PARAMETERS_CHANGED)
    };
    let reboot = |name: &str, value: &str| json!({"name": name, "value": value, "apply_method": "pending-reboot"});
    let dynamic = |name: &str, value: &str| json!({"name": name, "value": value, "apply_method": "immediate"});
    assert_eq!(of(json!([reboot("a", "1")]), json!([reboot("a", "2")])), FactState::Known(set(&["a"])));
    assert_eq!(of(json!([reboot("a", "1")]), json!([])), FactState::Known(set(&["a"])));
    assert_eq!(of(json!([]), json!([reboot("a", "1"), dynamic("b", "1")])), FactState::Known(set(&["a"])));
    assert_eq!(of(json!([dynamic("a", "1")]), json!([reboot("a", "1")])), FactState::Known(set(&[])));
    assert_eq!(of(json!([reboot("a", "1")]), json!([reboot("A", "1")])), FactState::Known(set(&[])));
    let new = group("postgres16", json!([reboot("a", "1")])).alone();
    assert_eq!(state(&new, STATIC_PARAMETERS_CHANGED), FactState::Known(set(&[])));
}

#[test]
fn an_update_whose_new_value_is_not_known_may_change_it() {
    let before =
        json!({"family": "postgres16", "parameter": [{"name": "a", "value": "1", "apply_method": "pending-reboot"}]});
    let after = json!({"family": "postgres16", "parameter": [{"name": "a", "apply_method": "pending-reboot"}]});
    let group = updates("aws_db_parameter_group.g", before, after).unknown(json!({"parameter": [{"value": true}]}));
    assert_eq!(state(&group.alone(), STATIC_PARAMETERS_CHANGED), FactState::Unknown(Unknown::KnownAfterApply));
}

#[test]
fn tls_is_required_by_each_engines_own_parameter() {
    let with = |name: &str, value: &str| {
        let origin = Origin::attribute("parameter", SetBy::Source);
        let fact = Fact::new(FactState::Known(Value::from(value)), origin.clone());
        FactMap {
            entries: [(Arc::from(name), fact)].into_iter().collect(),
            rest: FactState::Unknown(ENGINE_DEFAULT),
            origin,
        }
    };
    assert_eq!(tls_required("postgres", &with("rds.force_ssl", "1")), known(true));
    assert_eq!(tls_required("mariadb", &with("require_secure_transport", "0")), known(false));
    assert_eq!(tls_required("db2-ae", &with("db2comm", "ssl")), known(true));
    assert_eq!(tls_required("db2-ae", &with("db2comm", "tcpip")), known(false));
    assert_eq!(tls_required("docdb", &with("tls", "tls1.3+")), known(true));
    assert_eq!(tls_required("docdb", &with("tls", "disabled")), known(false));
    assert_eq!(tls_required("neptune", &with("x", "y")), known(true));
    assert_eq!(tls_required("postgres", &with("other", "1")), FactState::Unknown(ENGINE_DEFAULT));
    assert!(matches!(tls_required("oracle-ee", &with("x", "y")), FactState::Missing(_)));
    assert!(matches!(tls_required("unheard-of", &with("x", "y")), FactState::Unknown(_)));
}

#[test]
fn a_family_of_any_letters_is_one() {
    assert_eq!(of_family("mysql\u{e9}5.7"), ("mysql\u{e9}".to_owned(), Some("5.7".to_owned())));
    assert_eq!(of_family("8.0"), (String::new(), Some("8.0".to_owned())));
    assert_eq!(of_family(""), (String::new(), None));
}

#[test]
fn an_engine_has_the_family_that_is_its_own() {
    for (engine, major, family) in [
        ("postgres", "16", "postgres16"),
        ("aurora-postgresql", "15", "aurora-postgresql15"),
        ("mysql", "8.0", "mysql8.0"),
        ("mariadb", "10.11", "mariadb10.11"),
        ("aurora-mysql", "3", "aurora-mysql8.0"),
        ("aurora-mysql", "2", "aurora-mysql5.7"),
        ("docdb", "5.0", "docdb5.0"),
        ("neptune", "1.3", "neptune1.3"),
        ("oracle-ee", "19", "oracle-ee-19"),
        ("db2-se", "11.5", "db2-se-11.5"),
    ] {
        assert_eq!(family_of(engine, major), family);
        assert_eq!(of_family(family), (engine.to_owned(), Some(major.to_owned())));
    }
    assert_eq!(family_of("sqlserver-ee", "15.00"), "sqlserver-ee-15.0");
}
