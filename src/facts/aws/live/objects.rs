//! From one object of a reply to one resource.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::parameters;
use crate::facts::api::{Api, Object, Told, text_at};
use crate::facts::aws::api::{option_group_to_come, security_groups_to_come};
use crate::facts::mapped::Mapped;
use crate::facts::mapping::Mapping;
use crate::facts::terraform::{Document, mapping_of};
use crate::facts::view::{Running, View};
use crate::model::{Scope, Text};
use crate::source::aws::Operation;
use crate::source::terraform::{Attributes, ProviderSettings, TerraformResource};

/// Makes resources of the objects of one account and region.
pub(super) struct Mapper<'a> {
    document: &'a Document,
    scope: Scope,
    provider: Arc<ProviderSettings>,
    /// The account alone, for what belongs to no region.
    global: Arc<ProviderSettings>,
    nowhere: Arc<str>,
}

/// Whether a call gives objects that are as many as databases.
pub(super) fn are_many(operation: &Operation) -> bool {
    operation.service == "rds"
        && matches!(
            operation.action,
            "DescribeDBInstances" | "DescribeDBClusters" | "DescribeDBSnapshots" | "DescribeDBClusterSnapshots"
        )
}

impl<'a> Mapper<'a> {
    pub(super) fn new(scope: &Scope, document: &'a Document) -> Self {
        let settings = |region| ProviderSettings {
            region,
            account: scope.account.clone(),
            default_tags: Some(BTreeMap::new()),
            version_constraint: None,
        };
        Self {
            document,
            scope: scope.clone(),
            provider: Arc::new(settings(scope.region.clone())),
            global: Arc::new(settings(None)),
            nowhere: Arc::from(""),
        }
    }

    /// The account and region, as names are unique in them: `123456789012/eu-west-1`.
    pub(super) fn place(&self) -> String {
        let part = |part: &Option<Arc<str>>| part.as_deref().unwrap_or("?").to_owned();
        format!("{}/{}", part(&self.scope.account), part(&self.scope.region))
    }

    /// The region that is looked at.
    pub(super) fn region(&self) -> &str {
        self.scope.region.as_deref().unwrap_or("?")
    }

    /// The account that is looked at.
    pub(super) fn account(&self) -> Option<&str> {
        self.scope.account.as_deref()
    }

    /// The facts that resources share.
    pub(super) fn document(&self) -> &Document {
        self.document
    }

    /// The resource of a database or snapshot; the call, when the object has no identifier.
    pub(super) fn map(&self, operation: &'static Operation, object: &Object<'_>) -> Result<Mapped, &'static str> {
        let engine = text_at(object, "Engine").unwrap_or_default().to_lowercase();
        let made = match operation.action {
            "DescribeDBInstances" => self.instance(&engine, object),
            "DescribeDBClusters" => self.cluster(&engine, object),
            "DescribeDBSnapshots" => self.make_of("aws_db_snapshot", object),
            _ => self.make_of(of_engine(&engine, &CLUSTER_SNAPSHOTS), object),
        };
        made.ok_or(operation.action)
    }

    /// RDS lists the databases of DocumentDB and Neptune too (RDS.md section 8), so the engine comes first.
    fn instance(&self, engine: &str, object: &Object<'_>) -> Option<Mapped> {
        let is_member = text_at(object, "DBClusterIdentifier").is_some();
        let of_rds = if is_member { "aws_rds_cluster_instance" } else { "aws_db_instance" };
        let resource_type = of_engine(engine, &["aws_docdb_cluster_instance", "aws_neptune_cluster_instance", of_rds]);
        let mut mapped = self.make_of(resource_type, object)?;
        put_in_force(&mut mapped, parameters::in_force_at_instance(object));
        Some(mapped)
    }

    fn cluster(&self, engine: &str, object: &Object<'_>) -> Option<Mapped> {
        let types = ["aws_docdb_cluster", "aws_neptune_cluster", "aws_rds_cluster"];
        let mut mapped = self.make_of(of_engine(engine, &types), object)?;
        put_in_force(&mut mapped, parameters::in_force_at_cluster(object));
        Some(mapped)
    }

    /// The resource of an object of a type, with attributes that other calls tell; `None` for one without an identifier.
    pub(super) fn make(
        &self,
        resource_type: &'static str,
        object: &Json,
        more: Vec<(&'static str, Told)>,
    ) -> Option<Mapped> {
        let mapping = mapping_of(resource_type)?;
        let object = Object::parsed(object);
        let attributes = mapping.api.attributes(&object, more);
        let pending = pending(mapping.api, &object, &attributes);
        self.finish(mapping, attributes, Running { api: mapping.api, pending })
    }

    /// The resource of an object of a type; `None` for one without an identifier.
    fn make_of(&self, resource_type: &'static str, object: &Object<'_>) -> Option<Mapped> {
        let mapping = mapping_of(resource_type)?;
        let attributes = match self.document.shared.of_this_worker() {
            Some(mut worker) => worker.attributes(mapping.api, object),
            None => mapping.api.attributes(object, Vec::new()),
        };
        let pending = pending(mapping.api, object, &attributes);
        self.finish(mapping, attributes, Running { api: mapping.api, pending })
    }

    fn finish(&self, mapping: &'static Mapping, attributes: Attributes, running: Running) -> Option<Mapped> {
        let text = |name: &str| attributes.value(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        let name = text(mapping.name).or_else(|| mapping.ids.iter().find_map(|id| text(id)))?;
        let address = match text("arn") {
            Some(arn) => Arc::from(arn),
            None => Arc::from(format!("{}/{}/{name}", self.place(), mapping.resource_type)),
        };
        let is_global = mapping.resource_type.ends_with("_global_cluster");
        let resource = TerraformResource {
            address,
            module_address: Arc::clone(&self.nowhere),
            resource_type: Arc::from(mapping.resource_type),
            name: Arc::from(name),
            index: None,
            change: None,
            declared: false,
            after: Some(attributes),
            before: None,
            provider: Arc::clone(if is_global { &self.global } else { &self.provider }),
            module_sources: None,
        };
        let attributes = resource.after.as_ref()?;
        let view = View::of_running(&resource, attributes, &running);
        let mut mapped = mapping.mapped(&view, self.document);
        mapped.ties.relations.retain(|relation| !relation.is_omitted());
        Some(mapped)
    }
}

const CLUSTER_SNAPSHOTS: [&str; 3] =
    ["aws_docdb_cluster_snapshot", "aws_neptune_cluster_snapshot", "aws_db_cluster_snapshot"];

/// The type by engine: DocumentDB's, Neptune's, or that of all others.
pub(super) fn of_engine<'t>(engine: &str, [docdb, neptune, others]: &[&'t str; 3]) -> &'t str {
    match engine {
        "docdb" => docdb,
        "neptune" => neptune,
        _ => others,
    }
}

pub(super) fn put_in_force(mapped: &mut Mapped, not_in_force: Option<crate::facts::mapped::NotInForce>) {
    mapped.ties.not_in_force = not_in_force.map(Box::new);
}

/// What waits, by the member of `PendingModifiedValues` and the attributes that it will change (RDS.md section 6).
const PENDING: &[(&str, &[&str])] = &[
    ("AllocatedStorage", &["allocated_storage"]),
    ("BackupRetentionPeriod", &["backup_retention_period"]),
    ("CACertificateIdentifier", &["ca_cert_identifier"]),
    ("DBInstanceClass", &["instance_class"]),
    ("DBSubnetGroupName", &["db_subnet_group_name"]),
    ("DedicatedLogVolume", &["dedicated_log_volume"]),
    ("Engine", &["engine"]),
    ("EngineVersion", &["engine_version"]),
    ("IAMDatabaseAuthenticationEnabled", &["iam_database_authentication_enabled"]),
    ("Iops", &["iops"]),
    ("LicenseModel", &["license_model"]),
    ("MultiAZ", &["multi_az"]),
    ("Port", &["port"]),
    ("StorageThroughput", &["storage_throughput"]),
    ("StorageType", &["storage_type"]),
];

/// The attributes once what waits is done; `None` when nothing waits.
fn pending(api: &Api, object: &Object<'_>, now: &Attributes) -> Option<(Attributes, Text)> {
    if !matches!(api.object, "DBInstance" | "DBCluster") {
        return None;
    }
    let mut then = serde_json::Map::new();
    let waiting = object.get("PendingModifiedValues").filter(|values| values.is_object());
    for (member, attributes) in PENDING {
        let Some(value) = waiting.and_then(|values| values.get(member)).filter(|value| !value.is_null()) else {
            continue;
        };
        attributes.iter().for_each(|attribute| drop(then.insert((*attribute).to_owned(), value.clone())));
    }
    if let Some(logs) = waiting.and_then(|values| values.get("PendingCloudwatchLogsExports")) {
        let exported = logs_to_come(object, logs);
        then.insert("enabled_cloudwatch_logs_exports".to_owned(), exported.clone());
        then.insert("enable_cloudwatch_logs_exports".to_owned(), exported);
    }
    if let Some(groups) = security_groups_to_come(object) {
        then.insert("vpc_security_group_ids".to_owned(), groups);
    }
    if let Some(group) = option_group_to_come(object) {
        then.insert("option_group_name".to_owned(), group);
    }
    (!then.is_empty()).then(|| (now.with(then), waits_for(object)))
}

fn logs_to_come(object: &Object<'_>, change: &Json) -> Json {
    let texts = |value: Option<&Json>| -> Vec<Json> { value.and_then(Json::as_array).cloned().unwrap_or_default() };
    let disabled = texts(change.get("LogTypesToDisable"));
    let mut logs = texts(object.get("EnabledCloudwatchLogsExports"));
    logs.retain(|log| !disabled.contains(log));
    logs.extend(texts(change.get("LogTypesToEnable")));
    Json::Array(logs)
}

/// A database that is available leaves what waits to its maintenance window; another is at work on it, or on something.
fn waits_for(object: &Object<'_>) -> Text {
    let status = text_at(object, "DBInstanceStatus").or_else(|| text_at(object, "Status"));
    match status {
        Some("available") => Text::Static("next maintenance window"),
        _ => Text::Static("change under way"),
    }
}
