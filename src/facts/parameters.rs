//! Engine parameters: a group's own values, normalised, over the engine's defaults as far as they are documented.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use litemap::LiteMap;
use serde_json::Value as Json;

use crate::facts::api::is_withheld;
use crate::facts::version;
use crate::facts::view::{NOT_JOINED, View, to_text};
use crate::model::{Change, ChangeAction, Fact, FactMap, FactState, Origin, SetBy, Text, Unknown, Value};
use crate::source::aws::WITHHELD;
use crate::source::terraform::Attribute;

/// What holds for a parameter that no group sets and no source documents.
pub(crate) const ENGINE_DEFAULT: Unknown =
    Unknown::NotCollected(Text::Static("the engine's own default applies, which this document does not say"));

/// Parameters whose value is on or off; AWS takes `ON`, `TRUE` and `1` for the same (RDS.md section 2.4).
const SWITCHES: &[&str] = &[
    "audit_logs_enabled",
    "auto_analyze",
    "auto_mv",
    "enable_case_sensitive_identifier",
    "enable_user_activity_logging",
    "general_log",
    "gtid-mode",
    "local_infile",
    "log_checkpoints",
    "log_connections",
    "log_disconnections",
    "log_duration",
    "log_lock_waits",
    "log_queries_not_using_indexes",
    "log_replication_commands",
    "neptune_enable_audit_log",
    "neptune_enforce_ssl",
    "rds.force_admin_logging_level",
    "rds.force_autovacuum_logging_level",
    "rds.force_ssl",
    "rds.logical_replication",
    "require_secure_transport",
    "require_ssl",
    "server_audit_logging",
    "skip_name_resolve",
    "slow_query_log",
    "ssl",
    "use_fips_ssl",
];

/// A value as policies read it: lower case, `1` and `0` for the parameters that are on or off.
pub(crate) fn normalise(name: &str, value: &str) -> String {
    let value = value.trim().to_lowercase();
    if !SWITCHES.contains(&name) {
        return value;
    }
    match value.as_str() {
        "on" | "true" | "yes" => "1".to_owned(),
        "off" | "false" | "no" => "0".to_owned(),
        _ => value,
    }
}

/// The engine and the major version of a parameter group family: `aurora-mysql8.0` is Aurora MySQL `3`.
pub(crate) fn of_family(family: &str) -> (String, Option<String>) {
    let family = family.to_lowercase();
    let engine = family.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let version = family.strip_prefix(engine).unwrap_or_default();
    let engine = engine.trim_end_matches('-').to_owned();
    let major = version::major(&engine, version).or_else(|| (!version.is_empty()).then(|| version.to_owned()));
    (engine, major)
}

/// The family of the parameter groups of an engine's major version, the other way round: Aurora MySQL `3` has
/// `aurora-mysql8.0`.
pub(crate) fn family_of(engine: &str, major: &str) -> String {
    match (engine, major) {
        ("aurora" | "aurora-mysql", "1") => "aurora5.6".to_owned(),
        ("aurora" | "aurora-mysql", "2") => "aurora-mysql5.7".to_owned(),
        ("aurora" | "aurora-mysql", "3") => "aurora-mysql8.0".to_owned(),
        // A version of SQL Server is written `15.00`, its family `15.0`.
        _ if engine.contains("sqlserver-") => format!("{engine}-{}", major.replace(".00", ".0")),
        _ if engine.contains("oracle-") || engine.starts_with("db2-") => format!("{engine}-{major}"),
        _ => format!("{engine}{major}"),
    }
}

/// Documented defaults of the parameters that policies are about.
// Sources: `rds.force_ssl` of PostgreSQL: docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
// (1 from version 15); of Aurora PostgreSQL: AuroraUserGuide/AuroraPostgreSQL.Security.html (1 from 17, 0 up to 16); of SQL
// Server: UserGuide/SQLServer.Concepts.General.SSL.Using.html (0). `require_secure_transport`:
// UserGuide/mysql-ssl-connections.require-ssl.html (OFF), UserGuide/mariadb-ssl-connections.require-ssl.html (OFF up to 11.4,
// ON from 11.8). `server_audit_*`: AuroraUserGuide/AuroraMySQL.Auditing.html (off, and no events). The others: `rds_parameters_checked_by_peers` of engine_lifecycle.json, those not marked as believed.
pub(crate) fn engine_defaults(engine: &str, major: Option<&str>) -> Vec<(&'static str, &'static str)> {
    match engine {
        "postgres" => postgres_defaults("15", major),
        "aurora-postgresql" => postgres_defaults("17", major),
        "mysql" => vec![("require_secure_transport", "0")],
        "aurora-mysql" | "aurora" => {
            vec![("require_secure_transport", "0"), ("server_audit_logging", "0"), ("server_audit_events", "")]
        }
        "mariadb" => mariadb_defaults(major),
        "docdb" => vec![("tls", "enabled"), ("audit_logs", "disabled")],
        "neptune" => vec![("neptune_enable_audit_log", "0")],
        _ if engine.starts_with("sqlserver-") => {
            vec![("rds.force_ssl", "0"), ("rds.tls10", "default"), ("rds.tls11", "default"), ("rds.tls12", "default")]
        }
        _ if engine.starts_with("db2-") => vec![("db2comm", "tcpip")],
        "redshift" => redshift_defaults(major),
        _ => Vec::new(),
    }
}

/// TLS is required from some major version on; connections are logged by lists instead of switches since 18, and TLS 1.2 is
/// the least version since 13.
fn postgres_defaults(tls_since: &str, major: Option<&str>) -> Vec<(&'static str, &'static str)> {
    let mut defaults =
        vec![("log_statement", "none"), ("log_min_duration_statement", "-1"), ("log_disconnections", "0")];
    if let Some(major) = major {
        let since = |first: &str| version::compare(major, first) != Ordering::Less;
        defaults.push(("rds.force_ssl", if since(tls_since) { "1" } else { "0" }));
        defaults.extend((!since("18")).then_some(("log_connections", "0")));
        defaults.extend(since("13").then_some(("ssl_min_protocol_version", "tlsv1.2")));
    }
    defaults
}

/// A cluster that names no group gets that of the newest family, and a group of one's own begins with the values of its family's
/// default group.
// Sources: docs.aws.amazon.com/redshift/latest/mgmt/working-with-parameter-groups.html (families, `enable_user_activity_logging`
// false); AWS's announcement of the new defaults of January 2025 (`default.redshift-2.0` requires TLS, `default.redshift-1.0`
// does not, and new clusters use the former).
fn redshift_defaults(family: Option<&str>) -> Vec<(&'static str, &'static str)> {
    vec![("require_ssl", if family == Some("1.0") { "0" } else { "1" }), ("enable_user_activity_logging", "0")]
}

fn mariadb_defaults(major: Option<&str>) -> Vec<(&'static str, &'static str)> {
    let Some(major) = major else { return Vec::new() };
    // Releases between the two that the page names are not offered by RDS.
    let required = if version::compare(major, "11.8") == Ordering::Less { "0" } else { "1" };
    vec![("require_secure_transport", required)]
}

/// Whether an engine may have a parameter; only those that policies ask of one engine or another are known here. A policy
/// about one engine's parameter has no meaning for a database of another.
pub(crate) fn may_have(engine: &str, name: &str) -> bool {
    let postgresql = || matches!(engine, "postgres" | "aurora-postgresql");
    let mysql = || matches!(engine, "mysql" | "mariadb" | "aurora-mysql" | "aurora");
    let sqlserver = || engine.contains("sqlserver");
    match name {
        "rds.force_ssl" => postgresql() || sqlserver(),
        "rds.tls10" | "rds.tls11" | "rds.tls12" => sqlserver(),
        "require_secure_transport" | "local_infile" | "tls_version" | "general_log" | "slow_query_log" => mysql(),
        "server_audit_logging" | "server_audit_events" => matches!(engine, "aurora-mysql" | "aurora"),
        "log_connections" | "log_disconnections" | "log_statement" | "log_min_duration_statement" => postgresql(),
        "password_encryption" | "ssl_min_protocol_version" | "shared_preload_libraries" => postgresql(),
        "tls" | "audit_logs" => engine == "docdb",
        "neptune_enable_audit_log" | "neptune_enforce_ssl" => engine == "neptune",
        "db2comm" => engine.starts_with("db2-"),
        "require_ssl" | "enable_user_activity_logging" => matches!(engine, "redshift" | "redshift-serverless"),
        _ => !name.starts_with("pgaudit.") || postgresql(),
    }
}

/// The blocks that set parameters, and the words in them.
struct Blocks {
    attribute: &'static str,
    name: &'static str,
    value: &'static str,
}

const OF_GROUP: Blocks = Blocks { attribute: "parameter", name: "name", value: "value" };

const OF_WORKGROUP: Blocks = Blocks { attribute: "config_parameter", name: "parameter_key", value: "parameter_value" };

/// The parameters that a group sets.
fn own(view: &View<'_>, attribute: &'static str, blocks: &Blocks) -> FactMap {
    let origin = Origin::attribute(attribute, SetBy::Source);
    let mut map = FactMap { entries: LiteMap::new(), rest: FactState::Unknown(ENGINE_DEFAULT), origin };
    match view.get(blocks.attribute) {
        // The blocks of a group are never computed: unknown ones come from a `dynamic` block, which a plan's configuration
        // leaves out.
        Attribute::Undetermined(why) => map.rest = FactState::Unknown(why.clone()),
        Attribute::Referenced(_) | Attribute::Computed => map.rest = FactState::Unknown(Unknown::KnownAfterApply),
        Attribute::Sensitive => map.rest = FactState::Unknown(Unknown::Sensitive),
        Attribute::Known(_) | Attribute::Null => blocks.read(view, &mut map),
    }
    map
}

impl Blocks {
    fn read(&self, view: &View<'_>, map: &mut FactMap) {
        for (position, block) in view.blocks(self.attribute).iter().enumerate() {
            let Some(name) = block.get(self.name).and_then(Json::as_str) else {
                map.rest = FactState::Unknown(Unknown::KnownAfterApply);
                continue;
            };
            let name = name.to_lowercase();
            let state = self.state(view, position, &name, block);
            let set_by = if is_chosen(block) { map.origin.set_by } else { SetBy::Default };
            map.entries.insert(name.into(), Fact::new(state, Origin { set_by, ..map.origin.clone() }));
        }
    }

    fn state(&self, view: &View<'_>, position: usize, name: &str, block: &Json) -> FactState {
        if view.sensitive_in_block(self.attribute, position, self.value) {
            return FactState::Unknown(Unknown::Sensitive);
        }
        if view.unknown_in_block(self.attribute, position, self.value) {
            return FactState::Unknown(Unknown::KnownAfterApply);
        }
        if view.running.is_some() && block.get(self.value).is_some_and(is_withheld) {
            return FactState::Unknown(Unknown::Sensitive);
        }
        match block.get(self.value).and_then(to_text) {
            Some(value) => FactState::Known(Value::from(normalise(name, &value))),
            None => FactState::Unknown(Unknown::Invalid(Text::Static("the parameter's value is not a text"))),
        }
    }
}

/// Whether somebody chose a value: a reply may also hold the engine's and the system's own (RDS.md section 2.4).
fn is_chosen(block: &Json) -> bool {
    block.get("source").and_then(Json::as_str).is_none_or(|source| source == "user")
}

/// The parameters of a workgroup of Redshift Serverless, which sets them itself. What it leaves out has a default of AWS's, which
/// is not filled in: that of `require_ssl` changed in January 2025, and nothing tells when the workgroup was made.
pub(crate) fn of_workgroup(view: &View<'_>, attribute: &'static str) -> FactMap {
    own(view, attribute, &OF_WORKGROUP)
}

/// Puts the engine's documented defaults under a group's own values.
pub(crate) fn fill_defaults(map: &mut FactMap, engine: &str, major: Option<&str>) {
    // A group that may set parameters whose names are not known may override any default.
    if map.rest != FactState::Unknown(ENGINE_DEFAULT) {
        return;
    }
    for (name, value) in engine_defaults(engine, major) {
        let origin = Origin::attribute(map.origin.attribute, SetBy::Default);
        map.entries.entry(name.into()).or_insert_with(|| Fact::new(FactState::Known(Value::from(value)), origin));
    }
}

/// The parameters of a database before `link` has found its group.
pub(crate) fn unjoined(_: &View<'_>, attribute: &'static str) -> FactMap {
    FactMap { entries: LiteMap::new(), rest: NOT_JOINED, origin: Origin::attribute(attribute, SetBy::Inherited) }
}

/// The effective parameters of a parameter group.
pub(crate) fn of_group(view: &View<'_>, attribute: &'static str) -> FactMap {
    let mut map = own(view, attribute, &OF_GROUP);
    under(view, &mut map);
    if let Some(family) = view.text("family") {
        let (engine, major) = of_family(family);
        fill_defaults(&mut map, &engine, major.as_deref());
    }
    if let (Attribute::Undetermined(why), true) = (view.get("engine_default"), view.running.is_some()) {
        let open = map.rest == FactState::Unknown(ENGINE_DEFAULT);
        map.rest = if open { FactState::Unknown(why.clone()) } else { map.rest };
    }
    map
}

/// Puts the defaults that the engine itself tells under a group's own values.
fn under(view: &View<'_>, map: &mut FactMap) {
    if map.rest != FactState::Unknown(ENGINE_DEFAULT) {
        return;
    }
    for block in view.blocks("engine_default") {
        let (Some(name), Some(value)) =
            (block.get("name").and_then(Json::as_str), block.get("value").and_then(to_text))
        else {
            continue;
        };
        let name = name.to_lowercase();
        let state = match value.as_ref() {
            WITHHELD => FactState::Unknown(Unknown::Sensitive),
            value => FactState::Known(Value::from(normalise(&name, value))),
        };
        let fact = || Fact::new(state, Origin::attribute("engine_default", SetBy::Default));
        map.entries.entry(name.as_str().into()).or_insert_with(fact);
    }
}

/// The parameters that an update changes and that wait for a reboot.
pub(crate) fn static_changes(view: &View<'_>, change: &Change) -> FactState {
    let (Some(before), ChangeAction::Update) = (&view.resource().before, change.action) else {
        return FactState::Known(Value::set([]));
    };
    if view.is_unknown_inside("parameter") {
        return FactState::Unknown(Unknown::KnownAfterApply);
    }
    if view.is_sensitive_inside("parameter") || before.is_sensitive_inside("parameter") {
        return FactState::Unknown(Unknown::Sensitive);
    }
    let before = by_name(before.value("parameter").and_then(Json::as_array).map_or(&[], Vec::as_slice));
    let after = by_name(view.blocks("parameter"));
    let names: Vec<&Arc<str>> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|name| {
        let (old, new) = (before.get(*name), after.get(*name));
        old.map(|p| &p.value) != new.map(|p| &p.value) && new.or(old).is_some_and(|p| p.waits_for_reboot)
    });
    FactState::Known(Value::set(changed.map(|name| Value::String(Arc::clone(name)))))
}

#[derive(PartialEq)]
struct Setting {
    value: Option<String>,
    waits_for_reboot: bool,
}

fn by_name(blocks: &[Json]) -> BTreeMap<Arc<str>, Setting> {
    let named = blocks.iter().filter_map(|block| Some((block.get("name")?.as_str()?.to_lowercase(), block)));
    named.map(|(name, block)| (Arc::from(name.as_str()), setting(&name, block))).collect()
}

fn setting(name: &str, block: &Json) -> Setting {
    let method = block.get("apply_method").and_then(Json::as_str).unwrap_or("immediate");
    Setting {
        value: block.get("value").and_then(to_text).map(|value| normalise(name, &value)),
        waits_for_reboot: method.eq_ignore_ascii_case("pending-reboot"),
    }
}

/// Whether the engine refuses connections without TLS, by its effective parameters.
pub(crate) fn tls_required(engine: &str, parameters: &FactMap) -> FactState {
    let Some((name, on)) = tls_parameter(engine) else { return untold(engine) };
    match parameters.entries.get(name).map_or(&parameters.rest, |fact| &fact.state) {
        FactState::Known(Value::String(value)) => FactState::Known(Value::Bool(on(value))),
        FactState::Known(_) | FactState::Missing(_) | FactState::Partial(..) => FactState::Unknown(ENGINE_DEFAULT),
        FactState::Unknown(reason) => FactState::Unknown(reason.clone()),
    }
}

/// The name of a parameter, and which of its values require TLS.
type TlsParameter = (&'static str, fn(&str) -> bool);

/// The parameter that requires TLS.
// Sources: catalogue rows rds-postgres-force-ssl, rds-sqlserver-force-ssl, rds-mysql-require-secure-transport, rds-db2-ssl,
// redshift-require-ssl, redshift-serverless-require-ssl, docdb-tls-parameter (`enabled`, `fips-140-3`, `tls1.2+`, `tls1.3+` all require it).
fn tls_parameter(engine: &str) -> Option<TlsParameter> {
    match engine {
        "postgres" | "aurora-postgresql" => Some(("rds.force_ssl", |value| value == "1")),
        "mysql" | "mariadb" | "aurora-mysql" | "aurora" => Some(("require_secure_transport", |value| value == "1")),
        "docdb" => Some(("tls", |value| value != "disabled")),
        _ if engine.starts_with("sqlserver-") => Some(("rds.force_ssl", |value| value == "1")),
        _ if engine.starts_with("db2-") => Some(("db2comm", |value| value == "ssl")),
        "redshift" | "redshift-serverless" => Some(("require_ssl", |value| value == "1")),
        _ => None,
    }
}

fn untold(engine: &str) -> FactState {
    if engine == "neptune" {
        // docs.aws.amazon.com/neptune/latest/userguide/security-ssl.html: HTTPS only, since engine version 1.0.4.0 of 2020.
        return FactState::Known(Value::Bool(true));
    }
    if engine.contains("oracle-") {
        return FactState::Missing(Text::Static(
            "Oracle requires TLS by an option and its own listener, not by a parameter",
        ));
    }
    FactState::Unknown(Unknown::NotCollected(Text::Static("how this engine requires TLS is not known here")))
}

#[cfg(test)]
mod tests;
