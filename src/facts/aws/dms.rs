//! AWS Database Migration Service: the instances that copy data, the endpoints that they copy between, and the tasks that say
//! what is copied. They hold the passwords of databases and see every row of them.
//!
//! Defaults are those that the provider sends (`internal/service/dms` of hashicorp/terraform-provider-aws) and, for what it does
//! not send, the service's (docs.aws.amazon.com/dms/latest/APIReference: CreateReplicationInstance, CreateEndpoint).

use serde_json::Value as Json;

use crate::facts::aws::{api, key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, RelationRow, Row, derived, given, joined, relation};
use crate::facts::view::{Attr, Constant, View, boolean, lower, text};
use crate::model::{FactState, Kind, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

const KEY: RelationRow = relation(Role::Key, &[Target::Key], "kms_key_arn");

pub(super) static REPLICATION_INSTANCE: Mapping = Mapping {
    resource_type: "aws_dms_replication_instance",
    kind: Some(|_| Kind::ReplicationInstance),
    name: "replication_instance_id",
    ids: &["id", "replication_instance_id", "replication_instance_arn"],
    rows: INSTANCE,
    relations: &[KEY],
    api: &api::REPLICATION_INSTANCE,
    ..EMPTY
};

/// The provider sends `false` for each switch that is not set.
const INSTANCE: &[Row] = &[
    derived(IS_REPLICA, &["replication_instance_id"], shared::no),
    CUSTOMERS_KEY,
    joined(KEY_ROTATION, "kms_key_arn"),
    joined(KEY_ENABLED, "kms_key_arn"),
    given(AUTO_MINOR_VERSION_UPGRADE, boolean("auto_minor_version_upgrade").creates(Constant::Boolean(false))),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    given(PUBLICLY_ACCESSIBLE, boolean("publicly_accessible").creates(Constant::Boolean(false))),
    given(MULTI_AZ, boolean("multi_az").creates(Constant::Boolean(false))),
];

/// Omitted, the account's key `aws/dms` is used, which AWS manages.
const CUSTOMERS_KEY: Row =
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_arn"], |view| key::customer_managed(view, "kms_key_arn"));

pub(super) static ENDPOINT: Mapping = Mapping {
    resource_type: "aws_dms_endpoint",
    kind: Some(|_| Kind::Endpoint),
    name: "endpoint_id",
    ids: &["id", "endpoint_id", "endpoint_arn"],
    rows: &[
        CUSTOMERS_KEY,
        derived(ENDPOINT_TLS, &["ssl_mode", "engine_name", "redis_settings", "kafka_settings"], |view| {
            (tls(view), SetBy::Derived)
        }),
        derived(ENDPOINT_AUTHENTICATION, &["engine_name", "mongodb_settings", "redis_settings"], |view| {
            (authentication(view), SetBy::Derived)
        }),
    ],
    relations: &[KEY],
    api: &api::ENDPOINT,
    ..EMPTY
};

pub(super) static S3_ENDPOINT: Mapping = Mapping {
    resource_type: "aws_dms_s3_endpoint",
    kind: Some(|_| Kind::Endpoint),
    name: "endpoint_id",
    ids: &["id", "endpoint_id", "endpoint_arn"],
    rows: &[
        CUSTOMERS_KEY,
        derived(ENDPOINT_TLS, &["endpoint_id"], |_| (FactState::Missing(OVER_HTTPS), SetBy::Derived)),
        derived(ENDPOINT_AUTHENTICATION, &["endpoint_id"], |_| (FactState::Missing(ALWAYS_ASKS), SetBy::Derived)),
    ],
    relations: &[KEY],
    ..EMPTY
};

const OVER_HTTPS: Text = Text::Static("the service speaks to it by the API of AWS, which is encrypted");
const REDSHIFTS_OWN: Text = Text::Static("an endpoint of Redshift is encrypted without being told to");
const ALWAYS_ASKS: Text = Text::Static("who connects to such an endpoint always says who it is");

/// Engines that are reached by the API of AWS.
const BY_API: &[&str] = &["s3", "dynamodb", "kinesis", "elasticsearch", "opensearch", "timestream"];

/// Whether the service connects with TLS. Omitted, `ssl_mode` is `none` (API_CreateEndpoint). Redshift needs none to be set
/// (docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html); Redis and Kafka have settings of their own.
fn tls(view: &View<'_>) -> FactState {
    let engine = match engine(view) {
        Ok(engine) => engine,
        Err(open) => return open,
    };
    match engine.as_str() {
        "redshift" | "redshift-serverless" => FactState::Missing(REDSHIFTS_OWN),
        engine if BY_API.contains(&engine) => FactState::Missing(OVER_HTTPS),
        // API_RedisSettings: `ssl-encryption` is the default.
        "redis" => {
            is_not(in_block(view, "redis_settings", "ssl_security_protocol", Some("ssl-encryption")), "plaintext")
        }
        // API_KafkaSettings does not say what holds when the protocol is omitted.
        "kafka" => is_not(in_block(view, "kafka_settings", "security_protocol", None), "plaintext"),
        _ => is_not(SSL_MODE.state(view).0, "none"),
    }
}

const SSL_MODE: Attr = lower("ssl_mode").creates(Constant::Text("none"));

/// Whether the service says who it is to an engine that does not insist. MongoDB's default is a password
/// (API_MongoDbSettings); Neptune's settings are not Terraform's to set.
fn authentication(view: &View<'_>) -> FactState {
    let engine = match engine(view) {
        Ok(engine) => engine,
        Err(open) => return open,
    };
    match engine.as_str() {
        "mongodb" => is_not(in_block(view, "mongodb_settings", "auth_type", Some("password")), "no"),
        "redis" => is_not(in_block(view, "redis_settings", "auth_type", None), "none"),
        "neptune" if view.running.is_some() => boolean("iam_auth_enabled").default(false).state(view).0,
        "neptune" => FactState::Unknown(NEPTUNES),
        _ => FactState::Missing(ALWAYS_ASKS),
    }
}

const NEPTUNES: Unknown = Unknown::NotCollected(Text::Static("Terraform does not say whether it logs in with IAM"));

fn engine(view: &View<'_>) -> Result<String, FactState> {
    match lower("engine_name").state(view).0 {
        FactState::Known(engine) => Ok(engine.as_str().unwrap_or_default().to_owned()),
        open => Err(open),
    }
}

/// A text in the one block of its kind; what holds when it is omitted, or when there is no block.
fn in_block(view: &View<'_>, block: &str, field: &str, omitted: Option<&'static str>) -> FactState {
    let not_set = || omitted.map_or(FactState::Unknown(NOT_SET), |value| FactState::Known(Value::from(value)));
    match view.get(block) {
        Attribute::Undetermined(why) => FactState::Unknown(why.clone()),
        Attribute::Referenced(_) => FactState::Unknown(Unknown::KnownAfterApply),
        Attribute::Sensitive => FactState::Unknown(Unknown::Sensitive),
        _ if view.unknown_in_block(block, 0, field) => FactState::Unknown(Unknown::KnownAfterApply),
        _ if view.sensitive_in_block(block, 0, field) => FactState::Unknown(Unknown::Sensitive),
        _ => {
            let value = view.blocks(block).first().and_then(|block| block.get(field)).and_then(Json::as_str);
            value.map_or_else(not_set, |value| FactState::Known(Value::from(value.to_lowercase())))
        }
    }
}

const NOT_SET: Unknown = Unknown::NotCollected(Text::Static("it is not set, and what then holds is not documented"));

fn is_not(state: FactState, word: &str) -> FactState {
    match state {
        FactState::Known(value) => FactState::Known(Value::Bool(value.as_str() != Some(word))),
        open => open,
    }
}

pub(super) static REPLICATION_TASK: Mapping = Mapping {
    resource_type: "aws_dms_replication_task",
    kind: Some(|_| Kind::ReplicationTask),
    name: "replication_task_id",
    ids: &["id", "replication_task_id", "replication_task_arn"],
    rows: &[derived(REPLICATION_LOGS, &["replication_task_settings"], logs)],
    api: &api::REPLICATION_TASK,
    ..EMPTY
};

/// The phases of a task that read from its source and write to its target
/// (docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.Logging.html).
const PHASES: [&str; 4] = ["SOURCE_CAPTURE", "SOURCE_UNLOAD", "TARGET_APPLY", "TARGET_LOAD"];

/// Severities at which the log of a phase has what Security Hub asks for (DMS.7, DMS.8); those below keep errors only.
const ENOUGH: [&str; 3] = ["LOGGER_SEVERITY_DEFAULT", "LOGGER_SEVERITY_DEBUG", "LOGGER_SEVERITY_DETAILED_DEBUG"];

/// The phases whose log keeps enough, from the settings, which are JSON in a text. Without settings nothing is logged: the
/// example of all settings in the user guide has it so; that the service does the same is not confirmed.
fn logs(view: &View<'_>) -> Derived {
    let settings = match text("replication_task_settings").creates(Constant::Text("{}")).state(view) {
        (FactState::Known(settings), set_by) => (settings, set_by),
        open => return open,
    };
    let (settings, set_by) = settings;
    let parsed = settings.as_str().and_then(|settings| serde_json::from_str::<Json>(settings).ok());
    let Some(Json::Object(settings)) = parsed else { return (FactState::Unknown(NO_JSON), set_by) };
    let logging = settings.get("Logging");
    if logging.and_then(|logging| logging.get("EnableLogging")).and_then(Json::as_bool) != Some(true) {
        return (FactState::Known(Value::set([])), set_by);
    }
    let components = logging.and_then(|logging| logging.get("LogComponents")).and_then(Json::as_array);
    let severity = |phase: &str| {
        let of_phase = |component: &&Json| component.get("Id").and_then(Json::as_str) == Some(phase);
        let component = components.into_iter().flatten().find(of_phase);
        component.and_then(|component| component.get("Severity")).and_then(Json::as_str)
    };
    // A phase that is not named is logged at the default severity.
    let keeps_enough = |phase: &&str| severity(phase).is_none_or(|severity| ENOUGH.contains(&severity));
    let kept = PHASES.into_iter().filter(keeps_enough).map(|phase| Value::from(phase.to_lowercase()));
    (FactState::Known(Value::set(kept)), set_by)
}

const NO_JSON: Unknown = Unknown::Invalid(Text::Static("the settings of the task are not JSON"));
