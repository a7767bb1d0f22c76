//! How two values of each fact are compared: one row a fact.
//!
//! The rows follow RDS.md sections 2 and 3. A fact without a row would be forgotten in silence, so a test walks the catalogue.

use std::sync::LazyLock;

use crate::facts::FactId;
use crate::facts::catalogue::*;
use crate::model::Kind;

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    /// They are the same.
    Exact,
    /// They are the same but for upper and lower case.
    Text,
    /// Every segment that the declaration names is the same: `16` and `16.3`.
    Version,
    /// The same window of the day or the week, however it is written.
    Window,
    /// What is allocated is what is declared, or storage autoscaling made it more.
    Storage,
    /// The same key, by ARN or by id.
    Key,
    /// The same resource, by name or by ARN.
    Reference,
    /// The same zone, or the standby's after a failover.
    Zone,
    /// The provider adds to those that are declared.
    Within,
    /// The same tags, less the provider's own.
    Tags,
    /// The same engine parameters, by their effect.
    Parameters,
    /// Not compared; why.
    Never(&'static str),
}

impl Compare {
    /// Whether a value that says less is the same as one that says more.
    pub(super) const fn is_less_precise(self) -> bool {
        matches!(self, Self::Version | Self::Within)
    }
}

/// One fact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The fact.
    pub(super) fact: FactId,
    /// How it is compared.
    pub(super) compare: Compare,
    /// The kinds for which it is compared; `None` for all.
    pub(super) kinds: Option<&'static [Kind]>,
    /// How types begin for which it is compared whatever their kind.
    pub(super) types: &'static [&'static str],
    /// Facts of the same resource from which it follows: where one of them drifted, it is told by that.
    pub(super) follows: &'static [FactId],
    /// The fact that settles it: where that one is the same, so is this, whatever another service would tell of it.
    pub(super) settled_by: Option<FactId>,
    /// Whether two environments are meant to have the same value.
    pub(super) is_portable: bool,
    /// Whether nothing but this fact shows that what was declared is no more.
    pub(super) may_be_none: bool,
}

const fn row(fact: FactId, compare: Compare) -> Row {
    Row {
        fact,
        compare,
        kinds: None,
        types: &[],
        follows: &[],
        settled_by: None,
        is_portable: true,
        may_be_none: false,
    }
}

const fn exact(fact: FactId) -> Row {
    row(fact, Compare::Exact)
}

const fn never(fact: FactId, why: &'static str) -> Row {
    row(fact, Compare::Never(why))
}

impl Row {
    /// A value of its own in each environment: a name, an id.
    const fn own(self) -> Self {
        Self { is_portable: false, ..self }
    }

    const fn or_none(self) -> Self {
        Self { may_be_none: true, ..self }
    }

    const fn only(self, kinds: &'static [Kind]) -> Self {
        Self { kinds: Some(kinds), ..self }
    }

    const fn and_of(self, types: &'static [&'static str]) -> Self {
        Self { types, ..self }
    }

    const fn follows(self, facts: &'static [FactId]) -> Self {
        Self { follows: facts, ..self }
    }

    const fn settled_by(self, fact: FactId) -> Self {
        Self { settled_by: Some(fact), ..self }
    }
}

/// Clusters that say themselves what others have from parameter groups and members.
const SETTINGS_OF_THEIR_OWN: &[&str] = &["aws_dax_", "aws_elasticache_", "aws_memorydb_"];

const BY_ITSELF: &str = "it moves on by itself";
const PLANNED: &str = "only a plan has it";
const TERRAFORM: &str = "only Terraform has it: it says how Terraform acts";
const PROVIDERS: &str = "the provider tells it of what runs, and nothing declares it";

/// Every fact that may be compared, and why each of the others is not.
const ROWS: &[Row] = &[
    // Identity
    row(ENGINE, Compare::Text),
    never(TIER_ASSIGNED, "the baseline says, not what is declared or runs"),
    row(ENGINE_VERSION, Compare::Version).only(&[Kind::Instance, Kind::Cluster, Kind::GlobalCluster]),
    never(ENGINE_MAJOR_VERSION, "it is a part of the engine version"),
    exact(INSTANCE_CLASS),
    exact(IS_REPLICA),
    never(HOLDS_DATA, "it follows from the type and the engine"),
    never(RESTORED, "only Terraform tells what a database was made from"),
    exact(SERVERLESS_V1).follows(&[ENGINE_MODE]),
    row(REPLICATES, Compare::Reference).follows(&[IS_REPLICA]).own(),
    row(REPLICA_MODE, Compare::Text).follows(&[IS_REPLICA]),
    row(GLOBAL_CLUSTER, Compare::Reference).or_none().own(),
    row(DATABASE_NAME, Compare::Text),
    row(LICENSE_MODEL, Compare::Text),
    exact(CHARACTER_SET),
    exact(NATIONAL_CHARACTER_SET),
    exact(TIME_ZONE),
    row(ENGINE_MODE, Compare::Text),
    exact(SERVERLESS_MIN_CAPACITY_HALF_UNITS).or_none(),
    exact(SERVERLESS_MAX_CAPACITY_HALF_UNITS).or_none(),
    exact(CLUSTER_INSTANCE_CLASS),
    row(TAGS, Compare::Tags).own(),
    // Encryption
    exact(ENCRYPTED_AT_REST),
    row(STORAGE_KEY, Compare::Key).follows(&[ENCRYPTED_AT_REST]).own(),
    row(INSIGHTS_KEY, Compare::Key).follows(&[PERFORMANCE_INSIGHTS]).own(),
    exact(CUSTOMER_MANAGED_KEY).follows(&[ENCRYPTED_AT_REST, STORAGE_KEY]).settled_by(STORAGE_KEY),
    exact(KEY_ROTATION).follows(&[CUSTOMER_MANAGED_KEY]),
    exact(KEY_ENABLED).follows(&[CUSTOMER_MANAGED_KEY]),
    exact(TLS_REQUIRED).only(&[Kind::Proxy]).and_of(SETTINGS_OF_THEIR_OWN),
    exact(KEY_POLICY_PUBLIC).follows(&[CUSTOMER_MANAGED_KEY, STORAGE_KEY]),
    exact(ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY).follows(&[ACTIVITY_STREAM]),
    exact(ENDPOINT_TLS),
    row(CA_CERTIFICATE, Compare::Text),
    exact(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY)
        .follows(&[PERFORMANCE_INSIGHTS, INSIGHTS_KEY])
        .settled_by(INSIGHTS_KEY),
    // Patch
    exact(AUTO_MINOR_VERSION_UPGRADE),
    exact(EXTENDED_SUPPORT),
    row(MAINTENANCE_WINDOW, Compare::Window).own(),
    // Access
    exact(PUBLICLY_ACCESSIBLE),
    exact(INGRESS_CIDRS).follows(&[SECURITY_GROUPS]).own(),
    never(IN_VPC, "it follows from the subnet group"),
    never(CLASSIC_SECURITY_GROUPS, PROVIDERS),
    never(INTERNET_ACCESS_GATEWAY, PROVIDERS),
    exact(SUBNETS_WITH_INTERNET_ROUTE).follows(&[SUBNET_GROUP]).own(),
    exact(ROUTES_THROUGH_NETWORK),
    exact(SECURITY_GROUPS).own(),
    row(SUBNET_GROUP, Compare::Text).own(),
    exact(PORT),
    row(NETWORK_TYPE, Compare::Text),
    row(DIRECTORY, Compare::Text).own(),
    row(DIRECTORY_IAM_ROLE, Compare::Text).follows(&[DIRECTORY]).or_none().own(),
    exact(IAM_ROLES).own(),
    exact(IAM_AUTHENTICATION),
    exact(MASTER_USERNAME).own(),
    exact(MASTER_PASSWORD_MANAGED),
    never(MASTER_PASSWORD_EPHEMERAL, TERRAFORM),
    never(MASTER_PASSWORD_IN_STATE, "only Terraform has a state"),
    row(MASTER_SECRET_KEY, Compare::Key).follows(&[MASTER_PASSWORD_MANAGED]).own(),
    exact(SECRET_ROTATION),
    exact(ROTATION_PERIOD_DAYS).follows(&[SECRET_ROTATION]),
    never(SECRET_SET_AT, BY_ITSELF),
    never(SECRET_LAST_USED_AT, BY_ITSELF),
    exact(POLICY_PUBLIC),
    exact(POLICY_FOREIGN_ACCOUNTS).own(),
    exact(PROXY_TARGETS).own(),
    exact(PROXY_IDLE_TIMEOUT_SECONDS),
    exact(PROXY_ROLE).own(),
    exact(DATA_API),
    exact(AUTHENTICATION_REQUIRED),
    exact(ENDPOINT_AUTHENTICATION),
    exact(SHARED_WITH).own(),
    exact(PROXY_IAM_AUTHENTICATION),
    exact(PROXY_DEBUG_LOGGING),
    // Retention
    exact(BACKUP_RETENTION_DAYS),
    row(BACKUP_TARGET, Compare::Text),
    never(REPLICAS_WITHOUT_BACKUPS, "what runs has each replica as a table of its own region"),
    row(BACKUP_WINDOW, Compare::Window).own(),
    exact(COPY_TAGS_TO_SNAPSHOT),
    never(FINAL_SNAPSHOT, TERRAFORM),
    never(KEEPS_AUTOMATED_BACKUPS, TERRAFORM),
    exact(BACKTRACK_WINDOW_SECONDS),
    never(BACKUPS_REPLICATED, "a resource of its own declares it, often in another state"),
    // Availability. What an Aurora cluster's members make of it is told by members that are missing or unmanaged.
    exact(MULTI_AZ).only(&[Kind::Instance, Kind::ReplicationInstance]).and_of(SETTINGS_OF_THEIR_OWN),
    exact(AUTOMATIC_FAILOVER),
    row(AVAILABILITY_ZONE, Compare::Zone).own(),
    row(AVAILABILITY_ZONES, Compare::Within).own(),
    exact(DELETION_PROTECTION),
    row(CAPACITY_MODE, Compare::Text),
    never(CAPACITY_SCALES, "resources of their own declare it, often in another state"),
    // Targets move the capacity of a table as they are asked to.
    never(READ_CAPACITY_UNITS, BY_ITSELF),
    never(WRITE_CAPACITY_UNITS, BY_ITSELF),
    exact(SUBNETS).own(),
    exact(SUBNET_ZONES).follows(&[SUBNETS]).own(),
    row(ALLOCATED_STORAGE_GIB, Compare::Storage),
    exact(STORAGE_AUTOSCALING_LIMIT_GIB),
    row(STORAGE_TYPE, Compare::Text),
    exact(IOPS),
    exact(STORAGE_THROUGHPUT_MIBPS),
    exact(DEDICATED_LOG_VOLUME),
    exact(CLUSTER_ALLOCATED_STORAGE_GIB),
    never(MEMBER_DIFFERENCES, "members are resources of their own"),
    never(MEMBER_COUNT, "members are resources of their own"),
    exact(PROMOTION_TIER),
    // Logging
    exact(LOG_EXPORTS),
    exact(AUDIT_LOGGING),
    exact(REPLICATION_LOGS),
    exact(ENHANCED_MONITORING_SECONDS),
    row(MONITORING_ROLE, Compare::Text).follows(&[ENHANCED_MONITORING_SECONDS]).or_none().own(),
    row(DATABASE_INSIGHTS_MODE, Compare::Text),
    exact(PERFORMANCE_INSIGHTS),
    exact(PERFORMANCE_INSIGHTS_RETENTION_DAYS).follows(&[PERFORMANCE_INSIGHTS]),
    exact(ACTIVITY_STREAM),
    exact(LOG_RETENTION_DAYS),
    exact(LOGIN_MONITORING),
    exact(EVENT_SOURCE_TYPE),
    exact(EVENT_CATEGORIES),
    exact(SUBSCRIPTION_ENABLED),
    exact(EVENT_SOURCES).own(),
    exact(EVENT_TOPIC).own(),
    // Backup service
    exact(RECOVERY_POINTS_UNDELETABLE),
    exact(BACKUP_EVENTS),
    exact(DAILY_BACKUP_RETENTION_DAYS),
    exact(BACKUP_OPT_IN),
    never(BACKUP_PLANS, "plans are resources of their own"),
    // Parameters. A database has those of its group, which is a resource of its own: a value that somebody changed there is
    // told once, with every database that it concerns.
    row(PARAMETERS, Compare::Parameters).only(&[Kind::ParameterGroup, Kind::Workgroup]),
    never(MEMBER_PARAMETERS, "they are those of the parameter group, which is a resource of its own"),
    row(PARAMETER_GROUP, Compare::Text).own(),
    never(DEFAULT_PARAMETER_GROUP, "it follows from the parameter group"),
    row(PARAMETER_GROUP_FAMILY, Compare::Text),
    row(OPTION_GROUP, Compare::Text).own(),
    exact(OPTIONS),
    // Change
    never(PLANNED_ACTION, PLANNED),
    never(REPLACE_ATTRIBUTES, PLANNED),
    never(CHANGED_ATTRIBUTES, PLANNED),
    never(APPLY_IMMEDIATELY, TERRAFORM),
    never(ALLOW_MAJOR_VERSION_UPGRADE, TERRAFORM),
    never(STATIC_PARAMETERS_CHANGED, PLANNED),
    // What runs
    never(STORAGE_ENCRYPTION_TYPE, PROVIDERS),
    never(SECONDARY_AVAILABILITY_ZONE, PROVIDERS),
    never(CERTIFICATE_VALID_TILL, BY_ITSELF),
    never(ENGINE_VERSION_OFFERED, BY_ITSELF),
    never(ENGINE_SUPPORT_END, BY_ITSELF),
    never(PENDING_MAINTENANCE, BY_ITSELF),
    never(MAINTENANCE_FORCED_AT, BY_ITSELF),
    never(UNAPPLIED_GROUPS, "it is told as what waits"),
    never(LATEST_RESTORABLE_TIME, BY_ITSELF),
    never(OBSERVED_AT, BY_ITSELF),
    never(LAST_SNAPSHOT_TIME, BY_ITSELF),
    never(IN_BACKUP_PLAN, PROVIDERS),
    never(LAST_RESTORE_TEST, BY_ITSELF),
    never(CREATED_AT, PROVIDERS),
    never(ITEM_COUNT, BY_ITSELF),
    never(BLUE_GREEN_SINCE, BY_ITSELF),
    never(STOPPED_SINCE, BY_ITSELF),
    never(LAST_AIR_GAPPED_BACKUP, BY_ITSELF),
    never(SNAPSHOT_CREATED_AT, BY_ITSELF),
    never(MANUAL_SNAPSHOT, "Terraform declares none that the provider took"),
];

/// The facts that are compared, leaders before those that follow from them.
pub(super) static COMPARED: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let mut compared: Vec<Row> = ROWS.iter().filter(|row| !matches!(row.compare, Compare::Never(_))).copied().collect();
    compared.sort_by_key(|row| (depth(row), row.fact));
    compared
});

/// The facts that follow from one, and so are told by its drift.
pub(super) fn followers(of: FactId) -> impl Iterator<Item = FactId> {
    COMPARED.iter().filter(move |row| row.follows.contains(&of)).map(|row| row.fact)
}

/// How many leaders a fact has above it.
fn depth(of: &Row) -> usize {
    let leaders = of.follows.iter().filter_map(|fact| ROWS.iter().find(|row| row.fact == *fact));
    leaders.map(|leader| depth(leader) + 1).max().unwrap_or_default()
}

/// Why a fact is not compared; `None` for one that is.
pub fn why_not_compared(fact: FactId) -> Option<&'static str> {
    ROWS.iter().find(|row| row.fact == fact).and_then(|row| match row.compare {
        Compare::Never(why) => Some(why),
        _ => None,
    })
}

/// The facts that are compared.
pub fn compared_facts() -> impl Iterator<Item = FactId> {
    ROWS.iter().filter(|row| !matches!(row.compare, Compare::Never(_))).map(|row| row.fact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::CATALOGUE;

    #[test]
    fn every_fact_has_one_row() {
        for fact in FactId::all() {
            let rows = ROWS.iter().filter(|row| row.fact == fact).count();
            assert_eq!(rows, 1, "{} has {rows} rows: say how it is compared, or why it is not", fact.def().name);
        }
        assert_eq!(ROWS.len(), CATALOGUE.len());
    }

    #[test]
    fn leaders_are_compared_before_what_follows_from_them() {
        let position = |fact| COMPARED.iter().position(|row| row.fact == fact);
        for row in COMPARED.iter() {
            for leader in row.follows {
                assert!(position(*leader) < position(row.fact), "{} leads {}", leader.def().name, row.fact.def().name);
            }
        }
    }
}
