//! `aws_cloudwatch_log_group`: where the logs that a database exports are kept.

use crate::facts::aws::{api, key};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, derived, given, relation};
use crate::facts::view::{Constant, View, integer};
use crate::model::Kind;

/// What the names of the log groups begin with that databases and their proxies write to
/// (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html,
/// docs.aws.amazon.com/documentdb/latest/developerguide/event-auditing.html,
/// docs.aws.amazon.com/neptune/latest/userguide/cloudwatch-logs.html).
pub(in crate::facts::aws) const OF_DATABASES: [&str; 3] = ["/aws/rds/", "/aws/docdb/", "/aws/neptune/"];

/// Omitted, the retention is for ever and the key is CloudWatch's own (catalogue row rds-log-group-retention).
pub(super) static LOG_GROUP: Mapping = Mapping {
    resource_type: "aws_cloudwatch_log_group",
    kind: Some(|_| Kind::LogGroup),
    concerns: is_of_a_database,
    rows: &[
        given(LOG_RETENTION_DAYS, integer("retention_in_days").means(Constant::Integer(0))),
        derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| key::customer_managed(view, "kms_key_id")),
    ],
    relations: &[relation(Role::Key, &[Target::Key], "kms_key_id")],
    api: &api::LOG_GROUP,
    ..EMPTY
};

/// By its name; where that is not known yet, by the database that the name is made of.
fn is_of_a_database(view: &View<'_>) -> bool {
    let names = ["name", "name_prefix"];
    let known: Vec<&str> = names.iter().filter_map(|name| view.text(name)).collect();
    if !known.is_empty() {
        return known.iter().any(|name| OF_DATABASES.iter().any(|start| name.starts_with(start)));
    }
    let references = names.iter().filter_map(|name| view.references(name));
    let mut named = references.flat_map(|references| references.led.resources.iter().chain(&*references.addresses));
    named.any(|address| key::names_database(address))
}
