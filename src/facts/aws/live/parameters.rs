//! Engine parameters: what a group sets, the engine's own values under it, and whether a database has taken them over.

use serde_json::{Value as Json, json};

use crate::facts::api::{Object, items, text_at};
use crate::facts::mapped::NotInForce;
use crate::model::{Text, Unknown};

/// Why the parameters of an instance's group are not those in force; `None` when they are.
pub(super) fn in_force_at_instance(object: &Object<'_>) -> Option<NotInForce> {
    let group = items(object, "DBParameterGroups").first()?;
    in_force(text_at(group, "ParameterApplyStatus"))
}

/// The same of a cluster: each of its members has to take them over (RDS.md section 2.2).
pub(super) fn in_force_at_cluster(object: &Object<'_>) -> Option<NotInForce> {
    let members = items(object, "DBClusterMembers").iter();
    members.map(|member| in_force(text_at(member, "DBClusterParameterGroupStatus"))).find(Option::is_some)?
}

/// The same of a data warehouse.
pub(super) fn in_force_at_warehouse(object: &Json) -> Option<NotInForce> {
    let group = items(object, "ClusterParameterGroups").first()?;
    in_force(text_at(group, "ParameterApplyStatus"))
}

/// The same of a cache, and of a node of one.
pub(super) fn in_force_at_cache(object: &Json) -> Option<NotInForce> {
    in_force(text_at(object.get("CacheParameterGroup")?, "ParameterApplyStatus"))
}

/// The same of a cluster of MemoryDB.
pub(super) fn in_force_at_memorydb(object: &Json) -> Option<NotInForce> {
    in_force(text_at(object, "ParameterGroupStatus"))
}

/// What the status of a group at a database means. A reboot may be owed for a static parameter, or because the database was
/// given another group; in the second case none of the new group's parameters is in force, dynamic ones neither
/// (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.Associating.html). The API does not tell the
/// two apart, so no parameter counts as in force until the status is `in-sync`.
fn in_force(status: Option<&str>) -> Option<NotInForce> {
    let (why, waits_for) = match status {
        Some("in-sync") => return None,
        Some("pending-reboot") => ("the parameter group waits for a reboot of the database", Some("reboot")),
        Some("applying") => ("the parameter group is being applied", Some("change under way")),
        Some("pending-database-upgrade") => {
            ("the parameter group waits for an upgrade of the database", Some("upgrade of the engine"))
        }
        Some("failed-to-apply") => ("the parameter group could not be applied", None),
        Some(_) => ("the parameter group is not in sync with the database", None),
        None => ("the reply does not say whether the parameter group is in force", None),
    };
    Some(NotInForce { why: Unknown::NotCollected(Text::Static(why)), waits_for: waits_for.map(Text::Static) })
}

/// The parameters of a reply: of a whole one, of the engine's defaults, or one parameter by itself.
pub(super) fn of_reply(reply: &Json) -> &[Json] {
    match reply.get("EngineDefaults").unwrap_or(reply) {
        whole if whole.get("Parameters").is_some() => items(whole, "Parameters"),
        one if one.get("ParameterName").is_some() => std::slice::from_ref(one),
        _ => &[],
    }
}

/// A parameter as Terraform writes it; `None` when it has no value, so that the engine decides.
pub(super) fn block(parameter: &Json) -> Option<Json> {
    let name = text_at(parameter, "ParameterName")?;
    let value = parameter.get("ParameterValue")?.as_str()?;
    let (method, source) = (text_at(parameter, "ApplyMethod"), text_at(parameter, "Source"));
    Some(json!({"name": name, "value": value, "apply_method": method, "source": source}))
}
