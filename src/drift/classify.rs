//! What a difference is: a change that somebody made, one that waits, one that the provider makes by itself.

use crate::facts::FactId;
use crate::facts::catalogue::*;
use crate::facts::version;
use crate::model::{Fact, FactState, Kind, Pending, Resource, Text, Value};

use super::differ::{Same, opens_next, same};
use super::table::{Compare, Row};

/// Why the provider is expected to have made a change by itself; `None` when it is not.
pub(super) fn expected(row: &Row, declared: &Value, running: &Value, of: &Resource) -> Option<Text> {
    match row.compare {
        Compare::Version => minor_upgrade(declared.as_str()?, running.as_str()?, of),
        Compare::Storage => grown(declared.as_integer()?, running.as_integer()?, of),
        Compare::Zone => failed_over(declared, of),
        _ => None,
    }
}

/// A minor version that the provider put in, within the declared major version (RDS.md section 4).
fn minor_upgrade(declared: &str, running: &str, of: &Resource) -> Option<Text> {
    let engine = of.facts.known(ENGINE)?.as_str()?;
    let major = version::major(engine, running)?;
    let is_newer = version::compare(running, declared).is_gt();
    let upgrades = of.facts.known(AUTO_MINOR_VERSION_UPGRADE).and_then(Value::as_bool);
    // An Aurora cluster leaves the setting to its members, whose default is to upgrade.
    let upgrades = upgrades.unwrap_or(of.kind == Kind::Cluster);
    let is_expected = is_newer && version::major(engine, declared)? == major && upgrades;
    is_expected.then(|| Text::from(format!("the provider applies minor versions of {engine} {major} by itself")))
}

/// Storage autoscaling, up to its limit (RDS.md section 2.1, `allocated_storage`).
fn grown(declared: i64, running: i64, of: &Resource) -> Option<Text> {
    let limit = of.facts.known(STORAGE_AUTOSCALING_LIMIT_GIB)?.as_integer()?;
    let has_grown = declared < running && running <= limit;
    has_grown.then(|| Text::from(format!("storage autoscaling made it larger; its limit is {limit} GiB")))
}

/// A failover swaps the zones of a database and of its standby (RDS.md section 2.1, `availability_zone`).
fn failed_over(declared: &Value, of: &Resource) -> Option<Text> {
    let is_standbys = of.facts.known(SECONDARY_AVAILABILITY_ZONE) == Some(declared);
    is_standbys.then_some(Text::Static("a failover swapped it with its standby, which runs in the declared zone"))
}

/// A new read replica of Aurora Auto Scaling, whose name the service makes.
// Source: docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html for the replicas; their
// names as RDS events show them (`application-autoscaling-` and a UUID), which that page does not state.
pub(super) fn is_scaled(resource: &Resource) -> bool {
    resource.kind == Kind::ClusterMember
        && resource.name.as_deref().is_some_and(|name| name.starts_with("application-autoscaling-"))
}

/// Whether a value that was created with a key of the provider's own counts as not encrypted to Terraform: the API says
/// `StorageEncrypted = false` beside `sse-rds` (RDS.md section 7).
pub(super) fn is_own_encryption(fact: FactId, declared: &Value, of: &Resource) -> bool {
    fact == ENCRYPTED_AT_REST
        && *declared == Value::Bool(false)
        && of.facts.known(STORAGE_ENCRYPTION_TYPE).and_then(Value::as_str) == Some("sse-rds")
}

/// What waits at a fact that runs, and whether it is what was declared.
pub(super) enum Waits<'a> {
    /// What is declared is to come.
    ForDeclared(&'a Pending),
    /// What is declared runs, and something else is to come.
    ForOther(&'a Pending),
    /// Nothing that matters.
    No,
}

/// What waits.
pub(super) fn waits<'a>(row: &Row, declared: &Value, fact: &'a Fact, is_same: bool) -> Waits<'a> {
    let Some(pending) = fact.pending.as_deref() else { return Waits::No };
    let is_to_come = same(row.compare, declared, &pending.value) == Same::Yes;
    match (is_same, is_to_come) {
        (false, true) => Waits::ForDeclared(pending),
        (true, false) => Waits::ForOther(pending),
        _ => Waits::No,
    }
}

/// When what waits for the maintenance window is made.
pub(super) fn opens_at(pending: &Pending, of: &Resource, now: jiff::Timestamp) -> Option<std::sync::Arc<str>> {
    if !pending.waits_for.as_str().contains("maintenance window") {
        return None;
    }
    let window = of.facts.known(MAINTENANCE_WINDOW)?.as_str()?;
    Some(opens_next(window, now)?.to_string().into())
}

/// What a fact is known to be, in whole.
pub(super) fn known(fact: Option<&Fact>) -> Option<&Value> {
    match &fact?.state {
        FactState::Known(value) => Some(value),
        _ => None,
    }
}
