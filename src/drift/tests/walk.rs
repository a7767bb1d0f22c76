//! No missed drift: for every fact that is compared and every kind that has it, a changed value is told, with its class.

use super::*;
use crate::drift::table::{COMPARED, Compare};
use crate::facts::catalogue::*;
use crate::facts::{Omission, omission};
use crate::model::{DriftSubject, FactMap, FactPath, Unknown};

/// A value of a fact, and another one at the same place that no fold hides.
fn case(fact: FactId) -> Option<(Value, Value)> {
    let text = |one: &str, other: &str| Some((Value::from(one), Value::from(other)));
    match fact {
        ENGINE => text("postgres", "mysql"),
        ENGINE_VERSION => text("16.3", "16.2"),
        INSTANCE_CLASS | CLUSTER_INSTANCE_CLASS => text("db.r6g.large", "db.r6g.xlarge"),
        REPLICATES | GLOBAL_CLUSTER => text("main", "other"),
        REPLICA_MODE => text("mounted", "open-read-only"),
        ENGINE_MODE => text("provisioned", "serverless"),
        DATABASE_NAME | MASTER_USERNAME => text("app", "other"),
        LICENSE_MODEL => text("license-included", "bring-your-own-license"),
        CHARACTER_SET | NATIONAL_CHARACTER_SET | TIME_ZONE => text("UTF8", "AL32UTF8"),
        STORAGE_KEY | INSIGHTS_KEY | MASTER_SECRET_KEY => {
            text("arn:aws:kms:eu-west-1:1:key/one", "arn:aws:kms:eu-west-1:1:key/other")
        }
        CA_CERTIFICATE => text("rds-ca-rsa2048-g1", "rds-ca-2019"),
        MAINTENANCE_WINDOW => text("mon:00:00-mon:00:30", "tue:00:00-tue:00:30"),
        BACKUP_WINDOW => text("03:00-03:30", "04:00-04:30"),
        SUBNET_GROUP | PARAMETER_GROUP | OPTION_GROUP | DIRECTORY | DIRECTORY_IAM_ROLE => text("one", "other"),
        PARAMETER_GROUP_FAMILY => text("postgres16", "postgres15"),
        MONITORING_ROLE | PROXY_ROLE | EVENT_TOPIC => text("arn:aws:iam::1:role/one", "arn:aws:iam::1:role/other"),
        NETWORK_TYPE => text("ipv4", "dual"),
        BACKUP_TARGET => text("region", "outposts"),
        AVAILABILITY_ZONE => text("eu-west-1a", "eu-west-1b"),
        CAPACITY_MODE => text("provisioned", "pay_per_request"),
        STORAGE_TYPE => text("gp3", "io1"),
        DATABASE_INSIGHTS_MODE => text("standard", "advanced"),
        EVENT_SOURCE_TYPE => text("db-instance", "db-cluster"),
        IS_REPLICA
        | SERVERLESS_V1
        | ENCRYPTED_AT_REST
        | CUSTOMER_MANAGED_KEY
        | KEY_ROTATION
        | KEY_ENABLED
        | TLS_REQUIRED
        | PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY
        | AUTO_MINOR_VERSION_UPGRADE
        | EXTENDED_SUPPORT
        | PUBLICLY_ACCESSIBLE
        | ROUTES_THROUGH_NETWORK
        | AUDIT_LOGGING
        | IAM_AUTHENTICATION
        | MASTER_PASSWORD_MANAGED
        | SECRET_ROTATION
        | AUTHENTICATION_REQUIRED
        | AUTOMATIC_FAILOVER
        | DATA_API
        | PROXY_IAM_AUTHENTICATION
        | PROXY_DEBUG_LOGGING
        | COPY_TAGS_TO_SNAPSHOT
        | MULTI_AZ
        | DELETION_PROTECTION
        | DEDICATED_LOG_VOLUME
        | PERFORMANCE_INSIGHTS
        | KEY_POLICY_PUBLIC
        | ACTIVITY_STREAM
        | ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY
        | POLICY_PUBLIC
        | LOGIN_MONITORING
        | RECOVERY_POINTS_UNDELETABLE
        | ENDPOINT_TLS
        | ENDPOINT_AUTHENTICATION
        | SUBSCRIPTION_ENABLED => Some((true.into(), false.into())),
        SERVERLESS_MIN_CAPACITY_HALF_UNITS
        | SERVERLESS_MAX_CAPACITY_HALF_UNITS
        | PORT
        | PROXY_IDLE_TIMEOUT_SECONDS
        | BACKUP_RETENTION_DAYS
        | BACKTRACK_WINDOW_SECONDS
        | ALLOCATED_STORAGE_GIB
        | STORAGE_AUTOSCALING_LIMIT_GIB
        | IOPS
        | STORAGE_THROUGHPUT_MIBPS
        | CLUSTER_ALLOCATED_STORAGE_GIB
        | PROMOTION_TIER
        | ENHANCED_MONITORING_SECONDS
        | ROTATION_PERIOD_DAYS
        | LOG_RETENTION_DAYS
        | DAILY_BACKUP_RETENTION_DAYS
        | PERFORMANCE_INSIGHTS_RETENTION_DAYS => Some((Value::Integer(14), Value::Integer(13))),
        INGRESS_CIDRS
        | SUBNETS_WITH_INTERNET_ROUTE
        | SECURITY_GROUPS
        | IAM_ROLES
        | SHARED_WITH
        | REPLICATION_LOGS
        | SUBNETS
        | SUBNET_ZONES
        | LOG_EXPORTS
        | EVENT_CATEGORIES
        | EVENT_SOURCES
        | OPTIONS
        | POLICY_FOREIGN_ACCOUNTS
        | PROXY_TARGETS
        | BACKUP_EVENTS
        | BACKUP_OPT_IN
        | AVAILABILITY_ZONES => {
            let list = |texts: &[&str]| Value::set(texts.iter().map(|text| Value::from(*text)));
            Some((list(&["one", "two"]), list(&["one", "three"])))
        }
        // Read by key.
        TAGS | PARAMETERS => text("one", "other"),
        _ => None,
    }
}

/// Every fact and kind, with the two values.
fn walk(mut each: impl FnMut(FactId, Kind, &Value, &Value)) {
    let mut walked = 0;
    for row in COMPARED.iter() {
        let name = row.fact.def().name;
        let (value, other) = case(row.fact).unwrap_or_else(|| panic!("`{name}` is compared: give it a case"));
        for kind in row.kinds.unwrap_or(row.fact.def().kinds) {
            walked += 1;
            each(row.fact, *kind, &value, &other);
        }
    }
    assert!(walked > COMPARED.len(), "{walked} kinds of facts were walked");
}

fn is_map(fact: FactId) -> bool {
    COMPARED.iter().any(|row| row.fact == fact && matches!(row.compare, Compare::Tags | Compare::Parameters))
}

/// A resource that has nothing but one fact.
fn having(kind: Kind, id: FactId, told: Fact) -> Resource {
    if !is_map(id) {
        return with(resource(kind), vec![(id, told)]);
    }
    let mut one = resource(kind);
    let (rest, origin) = (FactState::Missing("there are no others".into()), told.origin.clone());
    one.facts.set_map(id, FactMap { entries: [(Arc::from("key"), told)].into_iter().collect(), rest, origin });
    one
}

fn subject(fact: FactId) -> DriftSubject {
    let key = is_map(fact).then(|| Arc::from("key"));
    DriftSubject::Fact(FactPath { before: false, fact, key })
}

fn assert_one(drifts: &[Drift], class: DriftClass, fact: FactId, kind: Kind, values: [Option<&Value>; 2]) {
    let place = format!("{} of {kind}", fact.def().name);
    let [drift] = drifts else { panic!("{place}: {drifts:#?}") };
    assert_eq!((drift.class, &drift.subject), (class, &subject(fact)), "{place}");
    assert_eq!([drift.declared.as_ref(), drift.running.as_ref()], values, "{place}");
}

#[test]
fn what_a_state_recorded_and_what_is_set_has_changed() {
    walk(|id, kind, value, other| {
        for source in [SourceKind::TerraformState, SourceKind::TerraformPlan, SourceKind::TerraformConfiguration] {
            let declared = || having(kind, id, fact(value.clone(), SetBy::Source));
            let found = drifts(source, declared(), having(kind, id, fact(other.clone(), SetBy::Source)));
            assert_one(&found, DriftClass::Changed, id, kind, [Some(value), Some(other)]);
            let found = drifts(source, declared(), having(kind, id, fact(value.clone(), SetBy::Source)));
            assert!(found.is_empty(), "{} of {kind}: {found:?}", id.def().name);
        }
    });
}

#[test]
fn what_a_plan_omits_is_undeclared_unless_terraform_holds_to_it() {
    walk(|id, kind, value, other| {
        if is_map(id) {
            return;
        }
        let declared = having(kind, id, fact(value.clone(), SetBy::Default));
        let (class, expected) = match omission(&declared, id) {
            Omission::Enforced => (DriftClass::Changed, value.clone()),
            Omission::Kept(created) => (DriftClass::Undeclared, created.unwrap_or_else(|| value.clone())),
        };
        let changed = if expected == *other { value } else { other };
        let running = |value: &Value| having(kind, id, fact(value.clone(), SetBy::Source));
        let found = drifts(SourceKind::TerraformPlan, declared.clone(), running(&expected));
        assert!(found.is_empty(), "{} of {kind}, as created: {found:?}", id.def().name);
        let found = drifts(SourceKind::TerraformPlan, declared, running(changed));
        // A key of the provider's own choice has no name that could be compared.
        let is_alias = expected.as_str().is_some_and(|text| text.starts_with("alias/"));
        match is_alias {
            true => assert!(found.is_empty(), "{} of {kind}: {found:?}", id.def().name),
            false => assert_one(&found, class, id, kind, [Some(&expected), Some(changed)]),
        }
    });
}

#[test]
fn what_waits_is_pending() {
    walk(|id, kind, value, other| {
        if is_map(id) {
            return;
        }
        let declared = || having(kind, id, fact(value.clone(), SetBy::Source));
        let to_come = waiting(other.clone(), value.clone());
        let found = drifts(SourceKind::TerraformPlan, declared(), having(kind, id, to_come));
        assert_one(&found, DriftClass::Pending, id, kind, [Some(value), Some(other)]);
        let other_to_come = waiting(value.clone(), other.clone());
        let found = drifts(SourceKind::TerraformPlan, declared(), having(kind, id, other_to_come));
        assert_one(&found, DriftClass::Pending, id, kind, [Some(value), Some(value)]);
    });
}

#[test]
fn what_could_not_be_seen_is_unverifiable() {
    walk(|id, kind, value, _| {
        if is_map(id) {
            return;
        }
        let unseen = || {
            let why = Unknown::Denied("rds:DescribeDBInstances".into());
            Fact::new(FactState::Unknown(why), Origin::attribute("attribute", SetBy::Source))
        };
        let declared = having(kind, id, fact(value.clone(), SetBy::Source));
        let found = drifts(SourceKind::TerraformState, declared, having(kind, id, unseen()));
        assert_one(&found, DriftClass::Unverifiable, id, kind, [Some(value), None]);
        let running = having(kind, id, fact(value.clone(), SetBy::Source));
        assert!(drifts(SourceKind::TerraformState, having(kind, id, unseen()), running).is_empty());
    });
}
